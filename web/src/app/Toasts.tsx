import { Button, CloseButton, Group, Kbd, Text } from "@mantine/core";
import { IconAlertOctagon } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useKeys } from "@/ui/keys";
import { useEntries } from "@/ui/registry";
import { closeToast, type Toast, toasts } from "@/ui/toasts";
import classes from "./Toasts.module.css";

const DONE = 6_000;
const FAILED = 12_000;

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
  useEffect(() => {
    if (held) return undefined;
    const timer = setTimeout(close, toast.tone === "failed" ? FAILED : DONE);
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
      {toast.undo !== undefined && <Undo undo={toast.undo} onDone={close} />}
      <CloseButton size="sm" className={classes.close ?? ""} aria-label={t("close")} onClick={close} />
    </Group>
  );
}

interface UndoProps {
  readonly undo: () => unknown;
  readonly onDone: () => void;
}

function Undo({ undo, onDone }: UndoProps) {
  const { t } = useTranslation();
  const act = () => {
    onDone();
    undo();
  };
  useKeys(t("toast.title"), [{ keys: "z", label: t("toast.undo"), act }]);
  return (
    <Button
      size="xs"
      variant="transparent"
      className={classes.undo ?? ""}
      onClick={act}
      rightSection={
        <Kbd size="xs" className={classes.key} aria-hidden>
          Z
        </Kbd>
      }
    >
      {t("toast.undo")}
    </Button>
  );
}
