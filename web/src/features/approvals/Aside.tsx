import { Button, Text, Title } from "@mantine/core";
import { IconArrowBackUp, IconCheck } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ApprovalDetail, Concern } from "@/api/approvals";
import { Concerns } from "@/dialogs/drafts/Concerns";
import { KindIcon } from "@/ui/kinds";
import { Moment } from "@/ui/Moment";
import { useNow } from "@/ui/useNow";
import { actsOf } from "./acts";
import classes from "./Draft.module.css";
import type { DraftProps } from "./DraftPane";

interface AsideProps extends DraftProps {
  readonly checks: readonly Concern[];
  /** What is being typed, else what stands. */
  readonly text: string;
}

/** Beside the draft: what is doubtful, what a yes does, what it aimed at, what was said before. */
export function Aside({ detail, desk, checks, text }: AsideProps) {
  const waits = detail.status === "in_approval";
  return (
    <aside className={classes.aside}>
      {detail.status !== "drafting" && <Checks detail={detail} desk={desk} checks={checks} text={text} />}
      {waits && <Consequence detail={detail} />}
      <Hints detail={detail} />
      <SoFar detail={detail} />
      <Made detail={detail} />
    </aside>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <Title order={3} fz="sm" mb={4}>
        {title}
      </Title>
      {children}
    </section>
  );
}

/** Each line that is fine once none of these was found. */
const FINE = {
  unfilled: ["unfilled_tag"],
  facts: ["claim_not_in_facts"],
  promises: ["sensitive_promise"],
  length: ["too_long", "too_short", "empty"],
  links: ["foreign_link"],
  banned: ["banned_word"],
} as const;
function Checks({ detail, desk, checks, text }: AsideProps) {
  const { t } = useTranslation("approvals");
  const { edit, isOpen } = actsOf(desk);
  const found = new Set(checks.map(({ code }) => code));
  const fine = (Object.keys(FINE) as (keyof typeof FINE)[]).filter(
    (name) => text !== "" && FINE[name].every((code) => !found.has(code)),
  );
  return (
    <Part title={t("checks.title")}>
      <Concerns concerns={checks} />
      {checks.length > 0 && isOpen && desk.typing.text === undefined && (
        <Button size="xs" variant="default" mb="xs" onClick={edit}>
          {t("checks.fix")}
        </Button>
      )}
      <ul className={classes.fine}>
        {fine.map((name) => (
          <li key={name}>
            <IconCheck size={14} stroke={1.75} color="var(--db-green)" aria-hidden />
            {t(`checks.${name}`, { words: detail.words, most: detail.limits.most })}
          </li>
        ))}
      </ul>
    </Part>
  );
}

const MINUTE = 60_000;

/** What happens on a yes: when it would leave, and what keeps it. */
function Consequence({ detail: { due_at: due, held, contact } }: { readonly detail: ApprovalDetail }) {
  const { t } = useTranslation("approvals");
  const now = useNow(MINUTE);
  const holds = ["enrollment_paused", "sequence_paused", "emergency_stop"] as const;
  const why = holds.find((each) => each === held);
  return (
    <Part title={t("then.title")}>
      <Text c="dimmed">
        {why !== undefined ? (
          t(`then.${why}`)
        ) : (
          <>
            {Date.parse(due) > now ? (
              <>
                {t("then.leaves")} <Moment at={due} zone={contact.time_zone} />.
              </>
            ) : (
              t("then.soon")
            )}{" "}
            {t("then.holds")}
          </>
        )}
      </Text>
    </Part>
  );
}

const HINTS = ["angle", "call_to_action", "value_proposition"] as const;

function Hints({ detail: { hints } }: { readonly detail: ApprovalDetail }) {
  const { t } = useTranslation("approvals");
  const given = HINTS.filter((name) => hints[name] !== "");
  if (given.length === 0) return null;
  return (
    <Part title={t("hints.title")}>
      <dl className={classes.hints}>
        {given.map((name) => (
          <div key={name}>
            <dt>{t(`hints.${name}`)}</dt>
            <dd>{hints[name]}</dd>
          </div>
        ))}
      </dl>
    </Part>
  );
}

const LATEST = 4;

function SoFar({ detail: { conversation } }: { readonly detail: ApprovalDetail }) {
  const { t } = useTranslation("approvals");
  return (
    <Part title={t("soFar.title")}>
      {conversation.length === 0 && <Text c="dimmed">{t("seen.silent")}</Text>}
      <ul className={classes.sofar}>
        {conversation.slice(-LATEST).map((one, index) => (
          <li key={`${one.at}${String(index)}`}>
            {one.by_contact ? (
              <IconArrowBackUp
                size={14}
                stroke={1.75}
                color="var(--db-green)"
                aria-label={t("soFar.theirs")}
              />
            ) : (
              <KindIcon kind={one.channel} size={14} />
            )}
            <Text span inherit truncate>
              {one.by_contact || one.subject === "" ? one.text : one.subject}
            </Text>
            <Text span fz="xs" c="dimmed" className={classes.when ?? ""}>
              <Moment at={one.at} />
            </Text>
          </li>
        ))}
      </ul>
    </Part>
  );
}

const REASONS = ["autonomy", "policy", "warm_up", "concerns"] as const;

/** Who wrote it, why a person is asked, and what it cost. */
function Made({ detail }: { readonly detail: ApprovalDetail }) {
  const { t } = useTranslation("approvals");
  const why = REASONS.find((each) => each === detail.because);
  const { agent, model, cost, note } = detail;
  return (
    <Part title={t("made.title")}>
      <Text c="dimmed">
        {agent !== null && `${agent.name}. `}
        {why !== undefined && `${t(`made.${why}`)} `}
        {note !== "" && `${t("made.note", { note })} `}
      </Text>
      {model !== "" && (
        <Text fz="xs" c="dimmed" className="tabular">
          {[model, cost !== null && t("made.cost", { cost })].filter(Boolean).join(" · ")}
        </Text>
      )}
    </Part>
  );
}
