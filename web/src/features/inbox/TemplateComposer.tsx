import { Button, Group, Paper, Select, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useTemplates, type WhatsAppTemplate } from "@/api/numbers";
import { type TextWay, useWriteText } from "@/api/texting";
import { blank, useAfterwards } from "@/dialogs/mail/letter";
import type { ComposerProps } from "./Composer";
import classes from "./Inbox.module.css";

interface TemplateComposerProps extends Pick<ComposerProps, "thread"> {
  readonly way: TextWay;
}

/** What WhatsApp takes of us once its time for any text is over: a template that was approved, with its places filled. */
export function TemplateComposer({ thread, way }: TemplateComposerProps) {
  const { t } = useTranslation("inbox");
  const { data, isLoading } = useTemplates();
  const [sid, choose] = useState<string | null>(null);
  const approved = (data?.templates ?? []).filter(({ status }) => status === "approved");
  const template = approved.find((one) => one.sid === sid);
  return (
    <Paper withBorder radius="lg" p="sm" className={classes.composer}>
      <Text fz="sm" c="dimmed">
        {t("texting.closed")}
        {approved.length === 0 && !isLoading && ` ${t("texting.noTemplate")}`}
      </Text>
      {approved.length > 0 && (
        <Select
          mt="sm"
          maw={460}
          searchable
          label={t("texting.template")}
          placeholder={t("texting.choose")}
          value={sid}
          data={approved.map((one) => ({ value: one.sid, label: `${one.name} · ${one.language}` }))}
          onChange={choose}
        />
      )}
      {template !== undefined && (
        <Filling
          key={template.sid}
          template={template}
          thread={thread}
          way={way}
          onSent={() => {
            choose(null);
          }}
        />
      )}
    </Paper>
  );
}

interface FillingProps extends TemplateComposerProps {
  readonly template: WhatsAppTemplate;
  readonly onSent: () => void;
}

function Filling({ template, thread, way, onSent }: FillingProps) {
  const { t } = useTranslation("inbox");
  const [draft, setDraft] = useState(blank);
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const afterwards = useAfterwards(setDraft);
  const write = useWriteText(
    () => t("said.sent"),
    () => undefined,
  );
  const places = Object.entries(template.values);
  const isWhole = places.every(([name]) => (values[name] ?? "").trim() !== "");
  return (
    <Stack gap="sm" mt="sm">
      {places.map(([name, example]) => (
        <TextInput
          key={name}
          maw={460}
          label={t("texting.place", { name })}
          description={t("texting.example", { example })}
          value={values[name] ?? ""}
          onChange={(event) => {
            const typed = event.currentTarget.value;
            setValues((now) => ({ ...now, [name]: typed }));
          }}
        />
      ))}
      <Text className={classes.text} aria-label={t("texting.seen")} role="group">
        {filled(template.body, values)}
      </Text>
      <Group justify="flex-end" gap="sm">
        <Text fz="xs" c="dimmed" truncate>
          {t("texting.from", { number: way.from_number })}
        </Text>
        <Button
          disabled={!isWhole}
          loading={write.isPending}
          onClick={() => {
            const { id: contactId } = thread.contact;
            const { clientId } = draft;
            const written = { contactId, clientId, channel: way.channel, text: "" };
            afterwards(
              draft,
              write.mutateAsync({ ...written, template: { sid: template.sid, values } }),
              onSent,
            );
          }}
        >
          {t("compose.send")}
        </Button>
      </Group>
    </Stack>
  );
}

/** The template as the person reads it; a place without a value stays as it is. */
export function filled(body: string, values: Readonly<Record<string, string>>): string {
  return body.replace(/\{\{\s*(\w+)\s*\}\}/g, (place, name: string) => (values[name] ?? "").trim() || place);
}
