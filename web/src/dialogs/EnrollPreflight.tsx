import { Box, Group, Skeleton, Stack, Text, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/client";
import { type EnrollAnswer, type Enrollment, type Preflight, useBehind } from "@/api/enroll";
import { Figure } from "@/ui/Figure";
import { when } from "@/ui/moments";
import { PersonName } from "@/ui/PersonName";
import { Problem } from "@/ui/Problem";
import { useNow } from "@/ui/useNow";
import { useWords } from "@/ui/words/useWords";
import classes from "./EnrollPreflight.module.css";

interface EnrollPreflightProps {
  readonly asked: Enrollment;
  readonly preflight: Preflight | undefined;
  readonly failed: Error | null;
}

const JOINS = new Set(["enrolled", "waiting_for_review"]);

/** What would happen: four figures, then everybody who does not join, with the reason. */
export function EnrollPreflight({ asked, preflight, failed }: EnrollPreflightProps) {
  const { t } = useTranslation("dialogs");
  if (failed !== null) {
    const detail = failed instanceof ApiError ? failed.problem?.detail : undefined;
    return <Problem tone="red" title={detail ?? t("failed")} />;
  }
  if (preflight === undefined) return <Skeleton h={150} radius="lg" />;
  if (preflight.asked > preflight.limit) {
    return <Problem tone="red" title={t("enroll.over", { ...preflight })} text={t("enroll.overHint")} />;
  }
  const left = Object.entries(preflight.counts).filter(([answer]) => !JOINS.has(answer));
  return (
    <Stack gap={0} className={classes.box ?? ""}>
      <Figures preflight={preflight} />
      <Box className={classes.lines}>
        {left.map(([answer, count]) => (
          <LeftOut key={answer} asked={asked} answer={answer as EnrollAnswer} count={count} />
        ))}
        <Warnings preflight={preflight} />
      </Box>
    </Stack>
  );
}

function Figures({ preflight }: { readonly preflight: Preflight }) {
  const { t, i18n } = useTranslation("dialogs");
  const now = useNow(30_000);
  const { joins, first_at, last_at, days, counts } = preflight;
  const moment = (at: string | null | undefined) => (at == null ? "–" : when(Date.parse(at), now, i18n));
  const waits = "waiting_for_review" in counts;
  return (
    <Box className={classes.figures}>
      <Figure size="card" value={joins} label={t(waits ? "enroll.wait" : "enroll.join", { count: joins })} />
      <Figure size="card" value={moment(first_at)} label={t("enroll.first")} />
      <Figure
        size="card"
        value={days > 0 ? t("enroll.days", { count: days }) : "–"}
        label={t("enroll.long")}
      />
      <Figure size="card" value={moment(last_at)} label={t("enroll.last")} />
    </Box>
  );
}

interface LeftOutProps {
  readonly asked: Enrollment;
  readonly answer: EnrollAnswer;
  readonly count: number;
}

/** Some who do not join, and why; their names on demand. */
function LeftOut({ asked, answer, count }: LeftOutProps) {
  const { word } = useWords();
  const [open, setOpen] = useState(false);
  const Chevron = open ? IconChevronDown : IconChevronRight;
  return (
    <div className={classes.line}>
      <UnstyledButton
        className={classes.toggle}
        aria-expanded={open}
        onClick={() => {
          setOpen(!open);
        }}
      >
        <Chevron size={14} stroke={1.75} aria-hidden />
        <Text span inherit fw={500} className="tabular">
          {count}
        </Text>
        <Text span inherit c="dimmed">
          {word("enroll", answer)}
        </Text>
      </UnstyledButton>
      {open && <Names asked={asked} answer={answer} />}
    </div>
  );
}

function Names({ asked, answer }: Omit<LeftOutProps, "count">) {
  const { t } = useTranslation("dialogs");
  const { rows, hasMore, onMore } = useBehind(asked, answer);
  if (rows === undefined) return <Skeleton h={24} mb="xs" />;
  return (
    <Stack gap={6} className={classes.names}>
      {rows.length === 0 && <Text c="dimmed">{t("enroll.unseen")}</Text>}
      {rows.map(({ id, name, company }) => (
        <PersonName key={id} name={name} company={company} to={`/contacts/${id}`} />
      ))}
      {hasMore && (
        <UnstyledButton onClick={onMore} c="var(--db-accent-text)" fw={500}>
          {t("enroll.more")}
        </UnstyledButton>
      )}
    </Stack>
  );
}

function Warnings({ preflight }: { readonly preflight: Preflight }) {
  const { t } = useTranslation("dialogs");
  const { word } = useWords();
  const { later, lacking, without_sender, had_enough, status, joins } = preflight;
  return (
    <>
      {status === "paused" && joins > 0 && (
        <Problem tone="amber" title={t("enroll.paused")} text={t("enroll.pausedHint")} />
      )}
      {without_sender > 0 && (
        <Problem
          tone="amber"
          title={t("enroll.noSender", { count: without_sender })}
          text={t("enroll.noSenderHint")}
        />
      )}
      {lacking.map(({ channel, reason, count }) => (
        <Group key={`${channel}-${reason}`} gap="sm" className={classes.line ?? ""} wrap="nowrap">
          <Text c="dimmed">
            {t("enroll.lacking", { count, channel: word("channel", channel), reason: word("skip", reason) })}
          </Text>
        </Group>
      ))}
      {later > 0 && (
        <Text c="dimmed" className={classes.line ?? ""}>
          {t("enroll.later", { count: later })}
        </Text>
      )}
      {had_enough > 0 && (
        <Text c="dimmed" className={classes.line ?? ""}>
          {t("enroll.hadEnough", { count: had_enough })}
        </Text>
      )}
    </>
  );
}
