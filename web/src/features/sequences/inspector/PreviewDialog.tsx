import { Badge, Box, Group, Loader, Modal, SegmentedControl, Stack, Text } from "@mantine/core";
import { IconBulb, IconPaperclip } from "@tabler/icons-react";
import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFocusBack } from "@/ui/useFocusBack";
import { usePreview, type Preview } from "@/api/sequenceContent";
import { MailView } from "@/ui/MailView";
import { Sign } from "../editor/ProblemList";
import { problemText } from "../problemText";
import { kilobytes } from "./Files";
import { ContactPicker } from "./ContactPicker";
import type { InspectorProps } from "./Inspector";
import { Weighed } from "./kinds/Weight";
import { useAdviceText } from "./mail/useAdviceText";

interface PreviewDialogProps extends InspectorProps {
  readonly onClose: () => void;
}

/** The mail as one contact would read it, written by the server as the engine would. */
export function PreviewDialog({ step, document, sequence, onClose }: PreviewDialogProps) {
  const { t } = useTranslation("sequences");
  useFocusBack();
  const [contact, setContact] = useState<number>();
  const [asText, setAsText] = useState(false);
  const preview = usePreview(sequence.id, { step: step.key, document: { ...document }, contact }, true);
  const shown = preview.data;
  const hasHtml = shown !== undefined && shown.html !== "";
  return (
    <Modal opened onClose={onClose} title={t("trial.title")} size={820}>
      <Stack gap="md">
        <Group justify="space-between" align="flex-end">
          <ContactPicker value={contact} onChange={setContact} />
          {hasHtml && (
            <SegmentedControl
              size="xs"
              aria-label={t("trial.form")}
              data={[
                { value: "html", label: t("mail.modes.formatted") },
                { value: "text", label: t("mail.modes.plain") },
              ]}
              value={asText ? "text" : "html"}
              onChange={(form) => {
                setAsText(form === "text");
              }}
            />
          )}
        </Group>
        {preview.isPending && <Loader size="sm" />}
        {preview.error !== null && <Text c="red">{problemText(t, preview.error)}</Text>}
        {shown && <Letter preview={shown} asText={asText || !hasHtml} contact={contact} />}
      </Stack>
    </Modal>
  );
}

const WARNINGS = ["merge_tag_unfilled", "file_unknown"] as const;

/** Say what is wrong with a preview; what names a place of the text is said as the server says it. */
function warningText(
  t: TFunction<"sequences">,
  { code, name, message }: Preview["warnings"][number],
): string {
  const known = WARNINGS.find((each) => each === code);
  return known === undefined ? message : t(`trial.warning.${known}`, { name });
}

interface LetterProps {
  readonly preview: Preview;
  readonly asText: boolean;
  readonly contact: number | undefined;
}

function Letter({ preview, asText, contact }: LetterProps) {
  const { t } = useTranslation("sequences");
  const adviceText = useAdviceText();
  return (
    <>
      {preview.warnings.map((warning) => (
        <Group
          key={`${warning.code}${warning.name}${warning.path}`}
          gap="sm"
          wrap="nowrap"
          align="flex-start"
        >
          <Sign severity={preview.sendable ? "warning" : "error"} />
          <Text fz="xs">{warningText(t, warning)}</Text>
        </Group>
      ))}
      {preview.advice.map((each) => (
        <Group key={each.code} gap="sm" wrap="nowrap" align="flex-start">
          <IconBulb size={14} stroke={1.75} aria-hidden color="var(--db-amber)" style={{ flex: "none" }} />
          <Text fz="xs">{adviceText(each)}</Text>
        </Group>
      ))}
      {preview.channel === "sms" && <Weighed text={preview.text} contact={contact} />}
      <Box bd="1px solid var(--db-line)" bdrs="md">
        <Head preview={preview} />
        {asText ? (
          <Text p="md" fz="md" lh="23px" style={{ whiteSpace: "pre-wrap" }}>
            {preview.text}
          </Text>
        ) : (
          <Box p="sm">
            <MailView html={preview.html} words={t("trial.view", { returnObjects: true })} />
          </Box>
        )}
      </Box>
    </>
  );
}

/** What stands above the text; a text message has nothing there. */
function Head({ preview }: { readonly preview: Preview }) {
  const { t } = useTranslation("sequences");
  const { sender, recipient, subject, files, size } = preview;
  if (`${sender}${recipient}${subject}` === "" && files.length === 0 && size === 0) return null;
  return (
    <Stack gap={2} p="sm" style={{ borderBottom: "1px solid var(--db-line)" }}>
      <Header name={t("trial.from")} value={sender} />
      <Header name={t("trial.to")} value={recipient} />
      <Header name={t("mail.subject")} value={subject} strong />
      <Group gap="xs">
        {files.map(({ name, size: bytes, is_shown }) => (
          <Badge key={name} variant="default" tt="none" leftSection={<IconPaperclip size={12} />}>
            {name} · {is_shown ? t("mail.isShown") : kilobytes(bytes)}
          </Badge>
        ))}
        {size > 0 && (
          <Text fz="xs" c="dimmed" className="tabular">
            {t("trial.weight", { size: Math.ceil(size / 1000) })}
          </Text>
        )}
      </Group>
    </Stack>
  );
}

interface HeaderProps {
  readonly name: string;
  readonly value: string;
  readonly strong?: boolean;
}

function Header({ name, value, strong = false }: HeaderProps) {
  if (value === "") return null;
  return (
    <Group gap="sm" wrap="nowrap">
      <Text fz="xs" c="var(--db-text-3)" w={60} style={{ flex: "none" }}>
        {name}
      </Text>
      <Text fw={strong ? 600 : 400}>{value}</Text>
    </Group>
  );
}
