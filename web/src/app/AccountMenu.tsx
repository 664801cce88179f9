import { Paper } from "@mantine/core";
import { useFocusTrap, useMergedRef } from "@mantine/hooks";
import { type KeyboardEvent, type RefObject, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { AccountItems } from "./AccountItems";
import classes from "./AccountMenu.module.css";

interface AccountMenuProps {
  readonly button: RefObject<HTMLButtonElement | null>;
  readonly onClose: () => void;
}

/** What the foot of the rail opens; it closes by Esc and by a press elsewhere. */
export default function AccountMenu({ button, onClose }: AccountMenuProps) {
  const { t } = useTranslation();
  const panel = useRef<HTMLDivElement>(null);
  const merged = useMergedRef(panel, useFocusTrap());
  useEffect(() => {
    const away = ({ target }: Event) => {
      if (!(target instanceof Node)) return;
      const isInside = [panel, button].some((ref) => ref.current?.contains(target) === true);
      if (!isInside) onClose();
    };
    document.addEventListener("mousedown", away);
    return () => {
      document.removeEventListener("mousedown", away);
    };
  }, [button, onClose]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") onClose();
  };
  return (
    <Paper
      ref={merged}
      role="dialog"
      aria-label={t("account.menu")}
      className={classes.menu}
      withBorder
      radius="lg"
      shadow="xl"
      p="md"
      onKeyDown={onKeyDown}
    >
      <AccountItems onDone={onClose} />
    </Paper>
  );
}
