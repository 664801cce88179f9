import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Sequence, SequenceCard } from "@/api/sequences";

type Named = Pick<SequenceCard | Sequence, "id" | "name" | "counts">;

interface DialogProps {
  readonly sequence: Named;
  readonly busy: boolean;
  readonly problem: string | undefined;
  readonly onClose: () => void;
}

export function RenameDialog({ sequence, onDo, ...dialog }: DialogProps & { onDo: (name: string) => void }) {
  const { t } = useTranslation("sequences");
  const [name, setName] = useState(sequence.name);
  return (
    <Modal opened onClose={dialog.onClose} title={t("rename.title")} size={440}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== "") onDo(name.trim());
        }}
      >
        <TextInput
          label={t("create.name")}
          data-autofocus
          maxLength={200}
          value={name}
          error={dialog.problem}
          onChange={(event) => {
            setName(event.currentTarget.value);
          }}
        />
        <Group justify="flex-end" gap="sm" mt="md">
          <Button variant="default" onClick={dialog.onClose}>
            {t("cancel")}
          </Button>
          <Button type="submit" loading={dialog.busy} disabled={name.trim() === ""}>
            {t("rename.do")}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

/** Archiving is final: say for how many people it ends. */
export function ArchiveDialog({ sequence, onDo, ...dialog }: DialogProps & { onDo: () => void }) {
  const { t } = useTranslation("sequences");
  const count = sequence.counts.active + sequence.counts.paused;
  return (
    <Confirm
      {...dialog}
      title={t("archive.title", { name: sequence.name })}
      button={t("archive.do", { count })}
      onDo={onDo}
    >
      <Text>{t("archive.people", { count })}</Text>
      <Text c="dimmed">{t("archive.final")}</Text>
    </Confirm>
  );
}

export function DeleteDialog({ sequence, onDo, ...dialog }: DialogProps & { onDo: () => void }) {
  const { t } = useTranslation("sequences");
  return (
    <Confirm
      {...dialog}
      title={t("delete.title", { name: sequence.name })}
      button={t("delete.do")}
      onDo={onDo}
    >
      <Text>{t("delete.hint")}</Text>
    </Confirm>
  );
}

interface ConfirmProps extends Omit<DialogProps, "sequence"> {
  readonly title: string;
  readonly button: string;
  readonly onDo: () => void;
  readonly children: ReactNode;
}

function Confirm({ title, button, busy, problem, onClose, onDo, children }: ConfirmProps) {
  const { t } = useTranslation("sequences");
  return (
    <Modal opened onClose={onClose} title={title} size={440}>
      <Stack gap="xs">{children}</Stack>
      {problem !== undefined && (
        <Text c="red" mt="sm">
          {problem}
        </Text>
      )}
      <Group justify="flex-end" gap="sm" mt="lg">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t("cancel")}
        </Button>
        <Button color="red" loading={busy} onClick={onDo}>
          {button}
        </Button>
      </Group>
    </Modal>
  );
}
