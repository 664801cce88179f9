import { Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type Sender, useWebhook } from "@/api/senders";
import { CopyField } from "@/ui/CopyField";
import { Panel } from "@/ui/Panel";
import { Problem } from "@/ui/Problem";
import { when } from "@/ui/moments";
import { useNow } from "@/ui/useNow";

interface WebhookPanelProps {
  readonly sender: Sender;
}

const MINUTE = 60_000;

/** Where the provider has to call so that bounces and complaints are known here, and when it did last. */
export function WebhookPanel({ sender }: WebhookPanelProps) {
  return sender.account === null ? null : <Told id={sender.id} title={sender.account.title} />;
}

function Told({ id, title }: { readonly id: number; readonly title: string }) {
  const { t } = useTranslation("senders");
  const { data: webhook } = useWebhook(id);
  if (webhook === undefined) return null;
  return (
    <Panel title={t("webhook.title", { title })}>
      <Stack gap="sm" pb="xs">
        <Text c="dimmed">{t("webhook.hint", { title })}</Text>
        <CopyField label={t("webhook.events")} value={webhook.events} />
        {webhook.inbound !== "" && <CopyField label={t("webhook.inbound")} value={webhook.inbound} />}
        {webhook.missing.length > 0 ? (
          <Problem tone="amber" title={t("webhook.missing", { title })} text={t("webhook.missingWhy")} />
        ) : (
          <Heard heardAt={webhook.heard_at} />
        )}
        <Refused at={webhook.refused_at} text={webhook.refused_text} heardAt={webhook.heard_at} />
      </Stack>
    </Panel>
  );
}

function Heard({ heardAt }: { readonly heardAt: string | null }) {
  const { t, i18n } = useTranslation("senders");
  const now = useNow(MINUTE);
  if (heardAt === null) return <Text c="dimmed">{t("webhook.never")}</Text>;
  return <Problem tone="green" title={t("webhook.heard", { at: when(Date.parse(heardAt), now, i18n) })} />;
}

interface RefusedProps {
  readonly at: string | null;
  readonly text: string;
  readonly heardAt: string | null;
}

/** The last call that was turned away, unless a good one came since. */
function Refused({ at, text, heardAt }: RefusedProps) {
  const { t, i18n } = useTranslation("senders");
  const now = useNow(MINUTE);
  if (at === null || (heardAt !== null && heardAt > at)) return null;
  return (
    <Problem
      tone="red"
      title={t("webhook.refused", { at: when(Date.parse(at), now, i18n) })}
      text={text === "not_proven" ? t("webhook.notProven") : text}
    />
  );
}
