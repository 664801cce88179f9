import { Button, Group, Modal, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

interface RenameProps {
  readonly name: string;
  readonly busy: boolean;
  /** What is wrong with the name. */
  readonly problem?: string | undefined;
  readonly onRename: (name: string) => void;
  readonly onClose: () => void;
}

/** Asks for another name. */
export function Rename({ name, busy, problem, onRename, onClose }: RenameProps) {
  const { t } = useTranslation("lists");
  const [text, setText] = useState(name);
  return (
    <Modal opened onClose={onClose} title={t("rename")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onRename(text);
        }}
      >
        <TextInput
          data-autofocus
          label={t("name")}
          value={text}
          maxLength={200}
          error={problem}
          onChange={(event) => {
            setText(event.currentTarget.value);
          }}
        />
        <Group justify="flex-end" gap="sm" mt="lg">
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button type="submit" disabled={text.trim() === ""} loading={busy}>
            {t("rename")}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
