import { ActionIcon, Button, FileButton, Group, Stack, Text } from "@mantine/core";
import { IconPaperclip, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { type Attachment, useKeepFile } from "@/api/attachments";
import type { FileRef } from "@/flow/document";
import { problemText } from "../problemText";
import type { MailPartProps } from "./MailLook";

const IMAGE = /\.(png|jpe?g|gif|webp)$/i;

/** The files that go along with a mail; images of formatted text can be shown within it. */
export function Files({ content, readOnly, onChange }: MailPartProps) {
  const { t } = useTranslation("sequences");
  const keep = useKeepFile();
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
          html={content.html}
          readOnly={readOnly}
          onShow={(html) => {
            onChange({ html });
          }}
          onRemove={() => {
            onChange({
              attachments: files.filter(({ id }) => id !== file.id),
              ...(content.html !== undefined && { html: withoutPicture(content.html, file) }),
            });
          }}
        />
      ))}
      {!readOnly && (
        <Group gap="sm">
          <FileButton
            onChange={(file) => {
              if (file !== null) keep.mutate(file, { onSuccess: add });
            }}
          >
            {(props) => (
              <Button
                {...props}
                size="compact-xs"
                variant="subtle"
                leftSection={<IconPaperclip size={14} aria-hidden />}
                loading={keep.isPending}
                disabled={files.length >= 10}
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
  readonly html: string | undefined;
  readonly readOnly: boolean;
  readonly onShow: (html: string) => void;
  readonly onRemove: () => void;
}

function Line({ file, html, readOnly, onShow, onRemove }: LineProps) {
  const { t } = useTranslation("sequences");
  const isShown = shows(html, file);
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
      {canShow && html !== undefined && (
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() => {
            onShow(html + picture(file));
          }}
        >
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

function shows(html: string | undefined, { id }: FileRef): boolean {
  return html?.includes(`cid:file-${String(id)}"`) ?? false;
}

function picture({ id, name }: FileRef): string {
  const words = name.replace(/\.[^.]*$/, "").replaceAll(/[<>"&{}]/g, " ");
  return `<p><img src="cid:file-${String(id)}" alt="${words}"></p>`;
}

/** Return HTML without the images that show the file. */
function withoutPicture(html: string, { id }: FileRef): string {
  return html.replaceAll(new RegExp(`(<p>)?<img [^>]*cid:file-${String(id)}"[^>]*>(</p>)?`, "g"), "");
}

/** Return a size as people read it. */
export function kilobytes(size: number): string {
  return size >= 1_000_000 ? `${(size / 1_000_000).toFixed(1)} MB` : `${String(Math.ceil(size / 1000))} kB`;
}
