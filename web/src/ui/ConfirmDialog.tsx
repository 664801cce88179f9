import { Button, Group, Modal, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useKeys } from "./keys";

interface ConfirmDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** What will happen, and to whom. */
  readonly children: ReactNode;
  /** The button, with its count: "Stop 3 people". */
  readonly confirm: string;
  readonly onConfirm: () => void;
  /** The way back; "Cancel" where nothing says it better. */
  readonly keep?: string;
  readonly danger?: boolean;
  readonly busy?: boolean;
}

/** Asks before what sends or destroys. The way back has the focus; Ctrl or Cmd and Enter confirms. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { t } = useTranslation("ui");
  const { opened, onClose, title, children, keep = t("cancel") } = props;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={
        <Text span fz="lg" fw={600}>
          {title}
        </Text>
      }
      closeButtonProps={{ "aria-label": keep }}
    >
      {typeof children === "string" ? <Text c="dimmed">{children}</Text> : children}
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" onClick={onClose} data-autofocus>
          {keep}
        </Button>
        <Confirm {...props} />
      </Group>
    </Modal>
  );
}

function Confirm({ title, confirm, onConfirm, danger = false, busy = false }: ConfirmDialogProps) {
  useKeys(title, [{ keys: "mod+Enter", label: confirm, act: onConfirm, whileTyping: true }], {
    where: "dialog",
    enabled: !busy,
  });
  return (
    <Button {...(danger ? { color: "red" } : {})} onClick={onConfirm} loading={busy}>
      {confirm}
    </Button>
  );
}
