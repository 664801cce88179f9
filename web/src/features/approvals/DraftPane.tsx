import { Anchor, SegmentedControl, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type ApprovalDetail, useChecks } from "@/api/approvals";
import { Outdated } from "@/dialogs/drafts/Outdated";
import { PersonHead } from "@/dialogs/drafts/PersonHead";
import { Moment } from "@/ui/Moment";
import { useWords } from "@/ui/words/useWords";
import { Acts } from "./Acts";
import classes from "./Draft.module.css";
import { Aside } from "./Aside";
import { Editor } from "./Editor";
import { Letter } from "./Letter";
import { Seen } from "./Seen";
import { Standing } from "./Standing";
import type { Desk } from "./useDesk";

export interface DraftProps {
  readonly detail: ApprovalDetail;
  readonly desk: Desk;
}

const TABS = ["draft", "difference", "seen"] as const;
type Tab = (typeof TABS)[number];

/** One draft: to whom, what it says, what is doubtful about it, and what can be done. */
export function DraftPane({ detail, desk }: DraftProps) {
  // Words for a draft that waits no more are of no use; while it is written anew they stay for what comes.
  const typed = detail.status === "in_approval" ? desk.typing.text : undefined;
  const live = useChecks(detail.id, typed).data;
  const checks = (typed === undefined ? undefined : live) ?? detail.checks;
  return (
    <>
      <Head detail={detail} desk={desk} />
      <div className={classes.body}>
        <div className={classes.paper}>
          <Standing detail={detail} />
          {detail.status === "in_approval" && <Outdated origins={detail.outdated} />}
          {typed === undefined ? (
            <Tabs detail={detail} />
          ) : (
            <Editor detail={detail} desk={desk} typed={typed} />
          )}
        </div>
        <Aside detail={detail} desk={desk} checks={checks} text={typed?.text ?? detail.text} />
      </div>
      <Acts detail={detail} desk={desk} />
    </>
  );
}

function Tabs({ detail }: Pick<DraftProps, "detail">) {
  const { t } = useTranslation("approvals");
  const [tab, setTab] = useState<Tab>(detail.is_edited ? "difference" : "draft");
  // Back to what the agent wrote: there is no difference any more.
  const shown = tab === "difference" && !detail.is_edited ? "draft" : tab;
  return (
    <>
      <div className={classes.tabs}>
        <SegmentedControl<Tab>
          size="xs"
          aria-label={t("tab.label")}
          value={shown}
          onChange={setTab}
          data={TABS.map((value) => ({
            value,
            label: t(`tab.${value}`),
            disabled: value === "difference" && !detail.is_edited,
          }))}
        />
        {shown === "difference" && <Legend />}
      </div>
      {shown === "seen" ? (
        <Seen detail={detail} />
      ) : (
        <Letter detail={detail} isCompared={shown === "difference"} />
      )}
    </>
  );
}

function Legend() {
  const { t } = useTranslation("approvals");
  return (
    <span className={classes.legend} aria-hidden>
      <i data-kind="removed" /> {t("legend.agent")} <i data-kind="added" /> {t("legend.you")}
    </span>
  );
}

function Head({ detail, desk }: DraftProps) {
  return (
    <PersonHead
      contact={detail.contact}
      onBack={() => {
        desk.show(undefined);
      }}
    >
      <About detail={detail} />
    </PersonHead>
  );
}

/** Which step of which sequence, when it is due, and until when it may wait. */
function About({ detail }: Pick<DraftProps, "detail">) {
  const { t } = useTranslation("approvals");
  const { word } = useWords();
  const { contact, channel, job_type: job, step_name: name, due_at: due, expires_at: end } = detail;
  const kind = job === "" ? word("kind", channel) : word("jobType", job);
  return (
    <Text fz="xs" c="dimmed">
      <Anchor component={Link} to={`/sequences/${detail.sequence_id}`} inherit underline="always">
        {detail.sequence}
      </Anchor>
      {` · ${name === "" ? kind : name}`}
      {` · ${t("due")} `}
      <Moment at={due} zone={contact.time_zone} />
      {end !== null && detail.status === "in_approval" && (
        <>
          {` · ${t("expires")} `}
          <Moment at={end} />
        </>
      )}
    </Text>
  );
}
