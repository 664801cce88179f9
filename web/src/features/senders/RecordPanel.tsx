import { Button, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type SenderRecord, useRelease, useSenderRecord } from "@/api/grants";
import type { Sender } from "@/api/senders";
import { useMay } from "@/api/session";
import { Figure } from "@/ui/Figure";
import { Panel } from "@/ui/Panel";
import { Problem } from "@/ui/Problem";

const PROVIDERS = { gmail: "Gmail", outlook: "Outlook.com", yahoo: "Yahoo" } as const;

interface RecordProps {
  readonly sender: Sender;
}

/** What became of a sender's mail of the last days, and what follows from it. */
export function RecordPanel({ sender }: RecordProps) {
  const { t, i18n } = useTranslation("senders");
  const record = useSenderRecord(sender.id);
  if (record === undefined) return null;
  const title = t("record.title", { days: record.days });
  if (record.counted_at === null)
    return (
      <Panel title={title}>
        <Text c="dimmed" pb="sm">
          {t("record.uncounted")}
        </Text>
      </Panel>
    );
  const share = (of: number) =>
    of.toLocaleString(i18n.language, { style: "percent", maximumFractionDigits: 1 });
  return (
    <Panel title={title} {...(record.level === "hold" && { tone: "red" as const })}>
      <Verdict sender={sender} record={record} />
      <Group gap={40} pb="xs" align="flex-start">
        <Figure label={t("record.sent")} value={record.sent} />
        {record.measures.map(({ measure, cases, rate, hold }) => (
          <Figure
            key={measure}
            label={t(`record.${measure}`)}
            value={cases}
            {...(hold !== null && { hint: t("record.limits", { hold: share(hold) }) })}
          >
            <Text fz="xs" c="var(--db-text-3)" className="tabular">
              {share(rate)}
            </Text>
          </Figure>
        ))}
      </Group>
      {record.consumers.length > 0 && (
        <Text fz="xs" c="dimmed" pb="xs" className="tabular">
          {t("record.consumers", {
            numbers: record.consumers
              .map(({ consumer, sent }) => `${PROVIDERS[consumer]} ${sent.toLocaleString(i18n.language)}`)
              .join(" · "),
            most: record.consumers[0]?.most.toLocaleString(i18n.language),
          })}
        </Text>
      )}
      {record.consumers
        .filter(({ text }) => text !== "")
        .map(({ consumer, text }) => (
          <Problem key={consumer} tone="amber" title={t("record.near")} text={text} />
        ))}
      <Text fz="xs" c="dimmed" pb="xs">
        {t("record.counted")} {record.counts_from !== null && t("record.since")}
      </Text>
    </Panel>
  );
}

function Verdict({ sender, record }: RecordProps & { readonly record: SenderRecord }) {
  const { t } = useTranslation("senders");
  const may = useMay()("senders.edit");
  const release = useRelease(t("record.released", { name: sender.address }));
  if (record.level === "quiet" || record.level === "good") {
    return (
      <Text c="dimmed" pb="sm">
        {t(`record.${record.level}`)}
      </Text>
    );
  }
  const holds = record.level === "hold";
  return (
    <Problem tone={holds ? "red" : "amber"} title={t(`record.${record.level}`)} text={record.text}>
      {holds && may && (
        <Button
          size="xs"
          variant="default"
          loading={release.isPending}
          onClick={() => {
            release.mutate(sender.id);
          }}
        >
          {t("record.release")}
        </Button>
      )}
    </Problem>
  );
}
