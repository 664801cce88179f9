import { Anchor, Button, Group, Skeleton, Text } from "@mantine/core";
import { IconPaperclip } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type ThreadMessage, useOriginal } from "@/api/inbox";
import classes from "./Inbox.module.css";
import looks from "./Mail.module.css";

/** A mail as it came: its HTML made harmless in a frame without scripts or an origin, or its text with the quotes. */
export function Whole({ message }: { readonly message: ThreadMessage }) {
  const { t } = useTranslation("inbox");
  const original = useOriginal(message.id, true);
  if (original.isError) {
    return (
      <Text c="dimmed" mt={8}>
        {t("message.gone")}
      </Text>
    );
  }
  if (original.data === undefined) return <Skeleton height={80} mt={8} />;
  const { text, has_remote: hasRemote } = original.data;
  if (!message.has_html) return <Text className={classes.text}>{text}</Text>;
  return <LaidOut id={message.id} text={text} hasRemote={hasRemote} />;
}

interface LaidOutProps {
  readonly id: number;
  readonly text: string;
  /** It shows pictures that lie elsewhere: loading them tells that it was read. */
  readonly hasRemote: boolean;
}

function LaidOut({ id, text, hasRemote }: LaidOutProps) {
  const { t } = useTranslation("inbox");
  const [plain, setPlain] = useState(false);
  const [images, setImages] = useState(false);
  return (
    <>
      {plain ? (
        <Text className={classes.text}>{text}</Text>
      ) : (
        <iframe
          className={looks.frame}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          referrerPolicy="no-referrer"
          src={`/api/messages/${id}/html${images ? "?images=true" : ""}`}
          title={t("message.frame")}
        />
      )}
      <Group gap="sm">
        <Turn
          label={t(plain ? "message.html" : "message.plain")}
          onTurn={() => {
            setPlain(!plain);
          }}
        />
        {!plain && hasRemote && !images && (
          <Turn
            label={t("message.images")}
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

/** What was attached: saved, never opened here. */
export function Files({ message }: { readonly message: ThreadMessage }) {
  const { t } = useTranslation("inbox");
  if (message.files.length === 0) return null;
  return (
    <ul className={looks.files} aria-label={t("message.files")}>
      {message.files.map((file, number) => (
        <li key={number}>
          <Anchor
            href={`/api/messages/${message.id}/files/${number}`}
            download={file.name}
            fz="sm"
            className={looks.file}
          >
            <IconPaperclip size={14} stroke={1.75} aria-hidden />
            {file.name}
            <Text span inherit c="dimmed">
              {sizeOf(file.size)}
            </Text>
          </Anchor>
        </li>
      ))}
    </ul>
  );
}

const KILO = 1_024;

function sizeOf(bytes: number): string {
  if (bytes < KILO) return `${bytes} B`;
  return bytes < KILO * KILO ? `${Math.round(bytes / KILO)} kB` : `${(bytes / KILO / KILO).toFixed(1)} MB`;
}
