import { Anchor, Button, Group, Skeleton, Text } from "@mantine/core";
import { IconPaperclip } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { MessageFile } from "@/api/attachments";
import { useOriginal } from "@/api/inbox";
import { sizeOf } from "@/ui/sizes";
import classes from "./Mail.module.css";

interface WholeProps {
  readonly id: number;
  /** It came with HTML. */
  readonly hasHtml: boolean;
}

/** A mail as it came: its HTML made harmless in a frame without scripts or an origin, or its text with the quotes. */
export function Whole({ id, hasHtml }: WholeProps) {
  const { t } = useTranslation("mail");
  const original = useOriginal(id, true);
  if (original.isError) {
    return (
      <Text c="dimmed" mt={8}>
        {t("gone")}
      </Text>
    );
  }
  if (original.data === undefined) return <Skeleton height={80} mt={8} />;
  const { text, has_remote: hasRemote } = original.data;
  if (!hasHtml) return <Text className={classes.text}>{text}</Text>;
  return <LaidOut id={id} text={text} hasRemote={hasRemote} />;
}

interface UnfoldProps {
  readonly isWhole: boolean;
  readonly onTurn: () => void;
}

/** Show the whole of a mail in its place, or fold it again. */
export function Unfold({ isWhole, onTurn }: UnfoldProps) {
  const { t } = useTranslation("mail");
  return <Turn label={t(isWhole ? "fold" : "original")} onTurn={onTurn} />;
}

interface LaidOutProps {
  readonly id: number;
  readonly text: string;
  /** It shows pictures that lie elsewhere: loading them tells that it was read. */
  readonly hasRemote: boolean;
}

function LaidOut({ id, text, hasRemote }: LaidOutProps) {
  const { t } = useTranslation("mail");
  const [plain, setPlain] = useState(false);
  const [images, setImages] = useState(false);
  return (
    <>
      {plain ? (
        <Text className={classes.text}>{text}</Text>
      ) : (
        <iframe
          className={classes.frame}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          referrerPolicy="no-referrer"
          src={`/api/messages/${id}/html${images ? "?images=true" : ""}`}
          title={t("frame")}
        />
      )}
      <Group gap="sm">
        <Turn
          label={t(plain ? "html" : "plain")}
          onTurn={() => {
            setPlain(!plain);
          }}
        />
        {!plain && hasRemote && !images && (
          <Turn
            label={t("images")}
            onTurn={() => {
              setImages(true);
            }}
          />
        )}
      </Group>
    </>
  );
}

function Turn({ label, onTurn }: { readonly label: string; readonly onTurn: () => void }) {
  return (
    <Button variant="subtle" size="compact-xs" px={0} onClick={onTurn}>
      {label}
    </Button>
  );
}

interface FilesProps {
  readonly files: readonly MessageFile[];
}

/** What came with a message or went along: saved, never opened here. */
export function Files({ files }: FilesProps) {
  const { t } = useTranslation("mail");
  if (files.length === 0) return null;
  return (
    <ul className={classes.came} aria-label={t("files")}>
      {files.map(({ name, size, address, standing }) => (
        <li key={address}>
          {standing === "here" ? (
            <Anchor href={address} download={name} fz="sm" className={classes.saved}>
              <Named name={name} note={sizeOf(size)} />
            </Anchor>
          ) : (
            <Text fz="sm" className={classes.saved}>
              <Named name={name} note={t(standing)} />
            </Text>
          )}
        </li>
      ))}
    </ul>
  );
}

function Named({ name, note }: { readonly name: string; readonly note: string }) {
  return (
    <>
      <IconPaperclip size={14} stroke={1.75} aria-hidden />
      {name}
      <Text span inherit c="dimmed">
        {note}
      </Text>
    </>
  );
}
