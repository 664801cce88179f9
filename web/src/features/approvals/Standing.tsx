import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ApprovalDetail } from "@/api/approvals";
import { Moment } from "@/ui/Moment";
import { Problem } from "@/ui/Problem";

/** How it stands with a draft that is not simply waiting: being written, a stand-in, decided, or taken away. */
export function Standing({ detail }: { readonly detail: ApprovalDetail }) {
  const { t } = useTranslation("approvals");
  const { status } = detail;
  if (status === "drafting") return <Writing detail={detail} />;
  if (status !== "in_approval") return <Over detail={detail} />;
  if (detail.is_fallback) {
    return <Problem tone="amber" title={t("standing.fallback")} text={detail.reason} />;
  }
  if (FAULTS.has(detail.because)) {
    return <Problem tone="red" title={t("standing.fault")} text={detail.reason} />;
  }
  return null;
}

const FAULTS: ReadonlySet<string> = new Set(["no_agent", "no_model", "model_fault", "disabled"]);

function Writing({ detail: { because, reason, retry_at: again } }: { readonly detail: ApprovalDetail }) {
  const { t } = useTranslation("approvals");
  if (reason === "") return <Text c="dimmed">{t("standing.writing")}</Text>;
  if (because === "rests") {
    // It is roused when the pause ends: there is no moment to name.
    return <Problem tone="amber" title={t("standing.waits")} text={t("standing.rests")} />;
  }
  return (
    <Problem
      tone="amber"
      title={t("standing.waits")}
      text={
        <>
          {reason}
          {again !== null && (
            <>
              {" "}
              {t("standing.again")} <Moment at={again} />
            </>
          )}
        </>
      }
    />
  );
}

const DECISIONS = ["approved", "edited", "autonomous", "rejected"] as const;
const GONE: ReadonlySet<string> = new Set(["cancelled", "skipped"]);

function Over({ detail }: { readonly detail: ApprovalDetail }) {
  const { t } = useTranslation("approvals");
  const { decision, decided_by: by, decided_at: at, status } = detail;
  const isGone = GONE.has(status);
  const words = DECISIONS.find((each) => each === decision) ?? (isGone ? "gone" : "sent");
  return (
    <Problem
      tone={isGone ? "amber" : "green"}
      title={t(`standing.${words}`, { name: by })}
      text={
        <>
          {at !== null && <Moment at={at} />}
          <Leaves detail={detail} />
          {words === "gone" && detail.reason}
        </>
      }
    />
  );
}

function Leaves({ detail: { status, due_at: due, contact } }: { readonly detail: ApprovalDetail }) {
  const { t } = useTranslation("approvals");
  if (status !== "scheduled") return null;
  return (
    <>
      {" · "}
      {t("standing.leaves")} <Moment at={due} zone={contact.time_zone} />
    </>
  );
}
