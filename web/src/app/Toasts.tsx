import { Button, CloseButton, Group, Kbd, Text } from "@mantine/core";
import { IconAlertOctagon } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useKeys } from "@/ui/keys";
import { useEntries } from "@/ui/registry";
import { closeToast, type Toast, toasts } from "@/ui/toasts";
import { useNow } from "@/ui/useNow";
import classes from "./Toasts.module.css";

const DONE = 6_000;
const FAILED = 12_000;
const SECOND = 1_000;

/** The toast of the last act of one's own: dark, bottom left, with its Undo. */
export function Toasts() {
  const shown = useEntries(toasts);
  // The region is there before anything is said in it: only then do screen readers say it.
  return (
    <div role="status" className={classes.corner}>
      {shown.map((toast) => (
        <One key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function One({ toast }: { readonly toast: Toast }) {
  const { t } = useTranslation();
  const [held, setHeld] = useState(false);
  const close = () => {
    closeToast(toast.id);
  };
  // A moment that passes is not held up by a pointer.
  const { until } = toast;
  useEffect(() => {
    if (held && until === undefined) return undefined;
    const shown = toast.tone === "failed" ? FAILED : DONE;
    const timer = setTimeout(close, until === undefined ? shown : until - Date.now());
    return () => {
      clearTimeout(timer);
    };
  });
  return (
    <Group
      wrap="nowrap"
      gap="sm"
      className={classes.toast}
      onMouseEnter={() => {
        setHeld(true);
      }}
      onMouseLeave={() => {
        setHeld(false);
      }}
      onFocus={() => {
        setHeld(true);
      }}
      onBlur={() => {
        setHeld(false);
      }}
    >
      {toast.tone === "failed" && (
        <IconAlertOctagon size={16} stroke={1.75} className={classes.failed} aria-hidden />
      )}
      <Text inherit flex={1}>
        {toast.text}
      </Text>
      {toast.undo !== undefined && (
        <Undo undo={toast.undo} name={toast.undoKey ?? "z"} until={until} onDone={close} />
      )}
      <CloseButton size="sm" className={classes.close ?? ""} aria-label={t("close")} onClick={close} />
    </Group>
  );
}

interface UndoProps {
  readonly undo: () => unknown;
  readonly name: string;
  readonly until: number | undefined;
  readonly onDone: () => void;
}

function Undo({ undo, name, until, onDone }: UndoProps) {
  const { t } = useTranslation();
  const act = () => {
    onDone();
    undo();
  };
  useKeys(t("toast.title"), [{ keys: name, label: t("toast.undo"), act }]);
  return (
    <Button
      size="xs"
      variant="transparent"
      className={classes.undo ?? ""}
      onClick={act}
      rightSection={
        <Kbd size="xs" className={classes.key} aria-hidden>
          {name.toUpperCase()}
        </Kbd>
      }
    >
      {t("toast.undo")}
      {until !== undefined && <Left until={until} />}
    </Button>
  );
}

/** The seconds that are left. Not read out: a voice that counts says nothing else. */
function Left({ until }: { readonly until: number }) {
  const { t } = useTranslation();
  const left = Math.max(0, Math.ceil((until - useNow(SECOND)) / SECOND));
  return (
    <span className="tabular" aria-hidden>
      {t("toast.left", { count: left })}
    </span>
  );
}
