import { ActionIcon, Button, FileButton, Group, Stack, Text } from "@mantine/core";
import { IconPaperclip, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Attachment, LIMITS, useKeepFile } from "@/api/attachments";
import type { EmailContent, FileRef } from "@/flow/document";
import { problemText } from "../problemText";
import { shows, withoutPicture, withPicture } from "../text/pictures";
import type { MailPartProps } from "./MailLook";

const IMAGE = /\.(png|jpe?g|gif|webp)$/i;

/** The files that go along with a mail; images of formatted text can be shown within it. */
export function Files({ content, readOnly, onChange }: MailPartProps) {
  const { t } = useTranslation("sequences");
  const keep = useKeepFile();
  const [refused, setRefused] = useState<File>();
  const files = content.attachments ?? [];
  const add = ({ id, name }: Attachment) => {
    onChange({ attachments: [...files.filter((file) => file.id !== id), { id, name }] });
  };
  return (
    <Stack gap={4} data-place="content.attachments">
      {files.map((file) => (
        <Line
          key={file.id}
          file={file}
          content={content}
          readOnly={readOnly}
          onShow={() => {
            onChange(withPicture(content, file));
          }}
          onRemove={() => {
            onChange({
              attachments: files.filter(({ id }) => id !== file.id),
              ...withoutPicture(content, file),
            });
          }}
        />
      ))}
      {!readOnly && (
        <Group gap="sm">
          <FileButton
            onChange={(file) => {
              if (file === null) return;
              const fits = file.size > 0 && file.size <= LIMITS.each;
              setRefused(fits ? undefined : file);
              if (fits) keep.mutate(file, { onSuccess: add });
            }}
          >
            {(props) => (
              <Button
                {...props}
                size="compact-xs"
                variant="subtle"
                leftSection={<IconPaperclip size={14} aria-hidden />}
                loading={keep.isPending}
                disabled={files.length >= LIMITS.files}
              >
                {t("mail.attach")}
              </Button>
            )}
          </FileButton>
          <Text fz="xs" c="dimmed">
            {t("mail.attachHint")}
          </Text>
        </Group>
      )}
      {files.length >= LIMITS.files && !readOnly && (
        <Text fz="xs" c="dimmed">
          {t("compose.file.count")}
        </Text>
      )}
      {refused !== undefined && (
        <Text fz="xs" c="red" role="alert">
          {t(refused.size === 0 ? "compose.file.none" : "compose.file.each", { name: refused.name })}
        </Text>
      )}
      {keep.error !== null && (
        <Text fz="xs" c="red" role="alert">
          {problemText(t, keep.error)}
        </Text>
      )}
    </Stack>
  );
}

interface LineProps {
  readonly file: FileRef;
  readonly content: EmailContent;
  readonly readOnly: boolean;
  readonly onShow: () => void;
  readonly onRemove: () => void;
}

function Line({ file, content, readOnly, onShow, onRemove }: LineProps) {
  const { t } = useTranslation("sequences");
  const isShown = shows(content, file);
  const canShow = !isShown && IMAGE.test(file.name) && !readOnly;
  return (
    <Group gap="xs" wrap="nowrap" aria-label={t("mail.file", { name: file.name })}>
      <IconPaperclip size={14} aria-hidden />
      <Text fz="sm" truncate>
        {file.name}
      </Text>
      {isShown && (
        <Text fz="xs" c="dimmed">
          {t("mail.isShown")}
        </Text>
      )}
      {canShow && (content.html ?? content.mjml) !== undefined && (
        <Button size="compact-xs" variant="subtle" onClick={onShow}>
          {t("mail.show")}
        </Button>
      )}
      {!readOnly && (
        <ActionIcon
          size="sm"
          variant="subtle"
          aria-label={t("mail.detach", { name: file.name })}
          onClick={onRemove}
        >
          <IconX size={14} />
        </ActionIcon>
      )}
    </Group>
  );
}

/** Return a size as people read it. */
export function kilobytes(size: number): string {
  return size >= 1_000_000 ? `${(size / 1_000_000).toFixed(1)} MB` : `${String(Math.ceil(size / 1000))} kB`;
}
