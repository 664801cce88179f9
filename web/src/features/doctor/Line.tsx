import { Button, Group, Text, VisuallyHidden } from "@mantine/core";
import { IconAlertOctagon, IconAlertTriangle, IconCheck, IconInfoCircle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Finding } from "@/api/doctor";
import { when } from "@/ui/moments";
import { useNow } from "@/ui/useNow";
import { type Section, useWords } from "@/ui/words/useWords";
import { nameOf, shapeOf } from "./shape";

const LOOKS = {
  error: [IconAlertOctagon, "var(--db-red)"],
  warning: [IconAlertTriangle, "var(--db-amber)"],
  note: [IconInfoCircle, "var(--db-text-3)"],
  ok: [IconCheck, "var(--db-green)"],
} as const;

/** One finding: what is so, its number, why, and the fix. */
export function Line({ finding }: { readonly finding: Finding }) {
  const { t } = useTranslation("doctor");
  const [Icon, color] = LOOKS[finding.level];
  const { counts, fix } = shapeOf(finding);
  const { title, why } = useSaid(finding);
  const { level, count } = finding;
  return (
    <Group component="li" gap="sm" py={8} align="flex-start">
      <Icon size={16} stroke={1.75} color={color} aria-hidden style={{ flex: "none", marginTop: 2 }} />
      <Text component="div" inherit flex="1 1 220px" miw={0} style={{ overflowWrap: "anywhere" }}>
        <VisuallyHidden>{t(`level.${level}`)}: </VisuallyHidden>
        <Text span inherit fw={level === "ok" ? 400 : 500}>
          {title}
        </Text>
        {why !== "" && (
          <Text component="div" inherit c="dimmed">
            {why}
          </Text>
        )}
      </Text>
      {counts !== undefined && count !== null && count > 0 && (
        <Text span inherit className="tabular">
          {t(`count.${counts}`, { count })}
        </Text>
      )}
      {fix !== undefined && level !== "ok" && (
        <Button component={Link} to={fix[1](finding.object_id)} size="xs" variant="default">
          {t(`fix.${fix[0]}`)}
        </Button>
      )}
    </Group>
  );
}

const REASONS: Readonly<Partial<Record<string, Section>>> = { blocked: "blockReason", held: "hold" };
const MINUTE = 60_000;

/** In the reader's words; what this page does not know is said as the server says it. */
function useSaid(finding: Finding): { readonly title: string; readonly why: string } {
  const { t, i18n } = useTranslation("doctor");
  const { word } = useWords();
  const now = useNow(MINUTE / 2);
  const name = nameOf(finding);
  const section = REASONS[name] ?? "failure";
  const values = {
    name: finding.name,
    detail: finding.detail,
    at: finding.at === null ? "" : when(Date.parse(finding.at), now, i18n),
    reason: finding.reason === "" ? "" : word(section, finding.reason),
  };
  return {
    title: t(`finding.${name}` as "finding.no_sender", { ...values, defaultValue: finding.text }),
    why: t(`why.${name}` as "why.no_sender", { ...values, defaultValue: "" }).trim(),
  };
}
