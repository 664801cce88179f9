import { Button, Group, Modal, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

interface CreateDialogProps {
  readonly opened: boolean;
  readonly busy: boolean;
  readonly problem: string | undefined;
  readonly onClose: () => void;
  readonly onCreate: (name: string, description: string) => void;
}

/** Ask for a name, and a description if one likes: everything else can be said later. */
export function CreateDialog({ opened, busy, problem, onClose, onCreate }: CreateDialogProps) {
  const { t } = useTranslation("sequences");
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("create.title")}
      size={440}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== "") onCreate(name.trim(), description.trim());
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t("create.name")}
            placeholder={t("create.example")}
            data-autofocus
            maxLength={200}
            value={name}
            error={problem}
            onChange={(event) => {
              setName(event.currentTarget.value);
            }}
          />
          <Textarea
            label={t("create.description")}
            description={t("create.optional")}
            autosize
            minRows={2}
            maxLength={2000}
            value={description}
            onChange={(event) => {
              setDescription(event.currentTarget.value);
            }}
          />
          <Text fz="xs" c="dimmed">
            {t("create.hint")}
          </Text>
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t("cancel")}
            </Button>
            <Button type="submit" disabled={name.trim() === ""} loading={busy}>
              {t("create.do")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
