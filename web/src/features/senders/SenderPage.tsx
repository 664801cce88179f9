import { Button, Group, Skeleton, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  type Sender,
  type SenderVerb,
  useSender,
  useSenderVerb,
  useSendTestMail,
  useTestMail,
  useTryServer,
} from "@/api/senders";
import { useMay } from "@/api/session";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { Figure } from "@/ui/Figure";
import { Panel } from "@/ui/Panel";
import { Problem } from "@/ui/Problem";
import { Room } from "@/ui/Room";
import { useWords } from "@/ui/words/useWords";
import { Budget } from "./columns";
import { HealthLabel } from "./HealthLabel";
import { RecordPanel } from "./RecordPanel";
import classes from "./Senders.module.css";
import { SenderDialog } from "./SenderDialog";
import { SenderSettings } from "./SenderSettings";
import { TriedLine } from "./TriedLine";
import { WebhookPanel } from "./WebhookPanel";

/** One mailbox: how it stands, its day, its settings. */
export function SenderPage({ id }: { readonly id: number }) {
  const { t } = useTranslation("senders");
  const { data: sender, error } = useSender(id);
  if (sender === undefined) {
    return (
      <Room title={t("title")} within={{ to: "/senders", title: t("title") }}>
        {error === null ? (
          <Skeleton height={280} m="xl" />
        ) : (
          <EmptyRoom picture={null} title={t("missing.title")} hint={t("missing.hint")} />
        )}
      </Room>
    );
  }
  return <One sender={sender} />;
}

interface SenderProps {
  readonly sender: Sender;
}

function One({ sender }: SenderProps) {
  const { t } = useTranslation("senders");
  const may = useMay()("senders.edit");
  const [edits, setEdits] = useState(false);
  return (
    <Room
      title={sender.name || sender.address}
      within={{ to: "/senders", title: t("title") }}
      beside={<HealthLabel sender={sender} pill />}
      meta={sender.address}
      actions={
        may && (
          <Verbs
            sender={sender}
            onEdit={() => {
              setEdits(true);
            }}
          />
        )
      }
      padded
    >
      <div className={classes.columns}>
        <Stack gap="lg">
          {sender.health === "down" && sender.down_reason !== "reputation" && <Down sender={sender} />}
          <Day sender={sender} />
          <RecordPanel sender={sender} />
          {may && <Trials sender={sender} />}
          {may && <WebhookPanel sender={sender} />}
        </Stack>
        <SenderSettings sender={sender} />
      </div>
      {edits && (
        <SenderDialog
          sender={sender}
          onClose={() => {
            setEdits(false);
          }}
        />
      )}
    </Room>
  );
}

function Verbs({ sender, onEdit }: SenderProps & { readonly onEdit: () => void }) {
  const { t } = useTranslation("senders");
  const ask = useSenderVerb(({ verb }) => t(`said.${verb}`, { name: sender.address }));
  const verbs: readonly SenderVerb[] = [
    ...(sender.is_default || !sender.enabled ? [] : (["default"] as const)),
    sender.enabled ? "disable" : "enable",
  ];
  return (
    <>
      {verbs.map((verb) => (
        <Button
          key={verb}
          variant="default"
          title={verb === "disable" ? t("danger") : undefined}
          {...(verb === "default" && { visibleFrom: "sm" as const })}
          onClick={() => {
            ask.mutate({ id: sender.id, verb });
          }}
        >
          {t(`verb.${verb}`)}
        </Button>
      ))}
      <Button onClick={onEdit}>{t("edit")}</Button>
    </>
  );
}

function Down({ sender }: SenderProps) {
  const { t } = useTranslation("senders");
  const { word } = useWords();
  const ask = useSenderVerb(({ verb }) => t(`said.${verb}`, { name: sender.address }));
  return (
    <Panel title={t("health.down")} tone="red">
      <Problem tone="red" title={word("failure", sender.down_reason)} text={sender.down_text}>
        <Button
          size="xs"
          variant="default"
          loading={ask.isPending}
          onClick={() => {
            ask.mutate({ id: sender.id, verb: "retry" });
          }}
        >
          {t("verb.retry")}
        </Button>
      </Problem>
    </Panel>
  );
}

function Day({ sender }: SenderProps) {
  const { t } = useTranslation("senders");
  const { cap_per_day: cap, used } = sender;
  return (
    <Panel title={t("day.title")}>
      <Stack gap="sm" pb="xs">
        <Budget sender={sender} />
        <Group gap={40}>
          <Figure label={t("day.sent")} value={sender.sent} />
          <Figure label={t("day.waiting")} value={sender.waiting} />
          <Figure label={t("day.due")} value={sender.due} />
          {cap !== null && <Figure label={t("day.room")} value={Math.max(0, cap - used)} />}
        </Group>
      </Stack>
    </Panel>
  );
}

function Trials({ sender }: SenderProps) {
  const { t } = useTranslation("senders");
  const tried = useTryServer();
  const send = useSendTestMail();
  return (
    <Panel title={sender.account?.title ?? t("form.server")}>
      <Stack gap="sm" pb="xs">
        <Group gap="sm">
          <Button
            variant="default"
            loading={tried.isPending}
            onClick={() => {
              tried.mutate({ id: sender.id });
            }}
          >
            {t("verb.try")}
          </Button>
          <Button
            variant="default"
            loading={send.isPending}
            onClick={() => {
              send.mutate(sender.id);
            }}
          >
            {t("verb.test")}
          </Button>
        </Group>
        <TriedLine tried={tried.data} error={tried.error} />
        <TestLine id={send.data?.id} />
      </Stack>
    </Panel>
  );
}

function TestLine({ id }: { readonly id: number | undefined }) {
  const { t } = useTranslation("senders");
  const { word } = useWords();
  const { data: mail } = useTestMail(id);
  if (mail === undefined) return null;
  const { to, hold, reason, status } = mail;
  if (status === "sent" || status === "delivered")
    return <Problem tone="green" title={t("test.sent", { to })} />;
  if (status === "failed")
    return <Problem tone="red" title={t("test.failed", { reason: word("failure", reason) })} />;
  if (status === "skipped")
    return <Problem tone="amber" title={t("test.failed", { reason: word("skip", reason) })} />;
  return (
    <Text c="dimmed">
      {hold === "" ? t("test.planned", { to }) : t("test.held", { reason: word("hold", hold) })}
    </Text>
  );
}
