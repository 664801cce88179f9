import { ActionIcon, FileButton, Text, Tooltip } from "@mantine/core";
import { IconPaperclip, IconX } from "@tabler/icons-react";
import { type ClipboardEvent, type DragEvent, type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { LIMITS } from "@/api/attachments";
import { sizeOf } from "@/ui/sizes";
import classes from "./Mail.module.css";
import type { LetterFiles as Files } from "./useLetterFiles";

interface FilesProps {
  readonly files: Files;
}

interface FilesHereProps extends FilesProps {
  readonly children: ReactNode;
}

/** Where a letter is written: files that are dropped or pasted go along with it. */
export function FilesHere({ files, children }: FilesHereProps) {
  const { t } = useTranslation("mail");
  const [isOver, setIsOver] = useState(false);
  const onDrag = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    setIsOver(true);
  };
  const onLeave = (event: DragEvent) => {
    if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setIsOver(false);
  };
  const onDrop = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    setIsOver(false);
    files.add(event.dataTransfer.files);
  };
  const onPaste = (event: ClipboardEvent) => {
    const { files: pasted, types } = event.clipboardData;
    // Text that was copied from a document comes with a picture of itself: the text is meant.
    if (pasted.length === 0 || types.includes("text/plain")) return;
    event.preventDefault();
    files.add(pasted);
  };
  return (
    <div
      className={classes.here}
      onDragEnter={onDrag}
      onDragOver={onDrag}
      onDragLeave={onLeave}
      onDrop={onDrop}
      onPaste={onPaste}
    >
      {children}
      {isOver && (
        <div className={classes.over} aria-hidden>
          {t("drop")}
        </div>
      )}
    </div>
  );
}

/** Choose files; what is possible is said before. */
export function AttachButton({ files }: FilesProps) {
  const { t } = useTranslation("mail");
  const reset = useRef<() => void>(null);
  const limits = t("limits", { files: LIMITS.files, each: sizeOf(LIMITS.each), all: sizeOf(LIMITS.all) });
  return (
    <FileButton
      multiple
      resetRef={reset}
      onChange={(chosen) => {
        files.add(chosen);
        reset.current?.();
      }}
    >
      {(props) => (
        <Tooltip label={limits} multiline maw={280} position="bottom-start" openDelay={400}>
          <ActionIcon {...props} variant="subtle" color="gray" size="lg" aria-label={t("attach")}>
            <IconPaperclip size={18} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      )}
    </FileButton>
  );
}

/** What goes along, what is on its way, and why something is not taken. */
export function LetterFiles({ files: { files, uploads, faults, remove, giveUp } }: FilesProps) {
  const { t } = useTranslation("mail");
  const isEmpty = files.length + uploads.length === 0;
  return (
    <>
      {!isEmpty && (
        <ul className={classes.files} aria-label={t("along")}>
          {files.map(({ id, name, size }) => (
            <Line
              key={id}
              name={name}
              size={size}
              onRemove={() => {
                remove(id);
              }}
            />
          ))}
          {uploads.map(({ key, name, size, share }) => (
            <Line
              key={`upload ${key}`}
              name={name}
              size={size}
              share={share}
              onRemove={() => {
                giveUp(key);
              }}
            />
          ))}
        </ul>
      )}
      <div role="alert">
        {faults.map((fault) => (
          <Text key={fault} fz="sm" c="var(--db-red)" mt={4}>
            {fault}
          </Text>
        ))}
      </div>
    </>
  );
}

interface LineProps {
  readonly name: string;
  readonly size: number;
  /** How much of it is uploaded, 0 to 1; left out once it is there. */
  readonly share?: number;
  readonly onRemove: () => void;
}

function Line({ name, size, share, onRemove }: LineProps) {
  const { t } = useTranslation("mail");
  return (
    <li className={classes.file}>
      <IconPaperclip size={14} stroke={1.75} aria-hidden />
      <span className={classes.name}>{name}</span>
      {share !== undefined && (
        <progress className={classes.progress} value={share} aria-label={t("loading", { name })} />
      )}
      {size > 0 && (
        <Text span fz="xs" c="dimmed">
          {sizeOf(size)}
        </Text>
      )}
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={t("detach", { name })}
        onClick={onRemove}
      >
        <IconX size={14} stroke={1.75} />
      </ActionIcon>
    </li>
  );
}
