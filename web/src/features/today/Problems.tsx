import { Button, Group } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { TodayProblem } from "@/api/today";
import { Panel } from "@/ui/Panel";
import { Problem } from "@/ui/Problem";
import { when } from "@/ui/moments";
import { useNow } from "@/ui/useNow";

const MINUTE = 60_000;

/** What lasts until somebody acts: what, whom it touches, the one fix. */
export function Problems({ problems }: { readonly problems: readonly TodayProblem[] }) {
  const { t } = useTranslation("today");
  return (
    <Panel
      title={t("problems.title")}
      count={problems.length}
      tone="red"
      link={{ to: "/doctor", label: t("doctor") }}
    >
      {problems.map((problem, index) => (
        <One key={`${problem.code}${problem.object_id ?? index}`} problem={problem} />
      ))}
    </Panel>
  );
}

function One({ problem }: { readonly problem: TodayProblem }) {
  const { t } = useTranslation("today");
  const text = useText(problem);
  const to = linkOf(problem);
  return (
    <Problem
      tone={problem.code.startsWith("blocked_missing") ? "amber" : "red"}
      title={t(`problem.${problem.code}` as "problem.sender_down", {
        defaultValue: problem.code,
        name: problem.name,
      })}
      text={
        <>
          {text}
          <Group mt={8} gap="sm">
            <Button component={Link} to={to} size="xs" variant="default">
              {t(`act.${problem.act}` as "act.open_sender", { defaultValue: problem.act })}
            </Button>
          </Group>
        </>
      }
    />
  );
}

function useText({ code, name, text, count, until }: TodayProblem): string {
  const { t, i18n } = useTranslation("today");
  const now = useNow(MINUTE);
  if (code.startsWith("blocked_")) return t("problem.blocked_text", { count, name });
  if (code.startsWith("inbound_")) return t("problem.inbound_text", { count });
  const parts = [
    text === "" ? t(`problem.${code}_text` as "problem.no_sender_text", { defaultValue: "", name }) : text,
    ...(code === "sender_down" && count > 0 ? [t("problems.people", { count })] : []),
    ...(until === null ? [] : [t("problems.until", { at: when(Date.parse(until), now, i18n) })]),
  ];
  return parts.filter((part) => part !== "").join(" ");
}

function linkOf({ act, code, object_id: id }: TodayProblem): string {
  const reason = code.replace("blocked_", "");
  const links: Readonly<Record<string, string>> = {
    lift_stop: "/settings/stop",
    open_sender: `/senders/${id ?? ""}`,
    open_senders: "/senders",
    resolve: `/sequences/${id ?? ""}/enrollments?group=blocked&reason=${reason}`,
    open_enrollments: `/sequences/${id ?? ""}/enrollments?group=blocked&reason=${reason}`,
    open_conversation: `/inbox/${id ?? ""}`,
  };
  return links[act] ?? "/doctor";
}
