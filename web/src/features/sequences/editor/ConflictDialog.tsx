import { Button, Modal, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useCreateSequence, type Sequence } from "@/api/sequences";
import { Moment } from "@/ui/Moment";
import { problemText } from "../problemText";
import type { Editor } from "./useDraft";

interface ConflictDialogProps {
  readonly sequence: Sequence;
  readonly editor: Editor;
}

/** Somebody else saved meanwhile. Nothing is overwritten: take theirs, or keep ours as another sequence. */
export function ConflictDialog({ sequence, editor }: ConflictDialogProps) {
  const { t } = useTranslation("sequences");
  const navigate = useNavigate();
  const create = useCreateSequence();
  const { theirs } = editor.copy;
  const keep = () => {
    create.mutate(
      {
        name: t("conflict.copyName", { name: sequence.name }).slice(0, 200),
        description: sequence.description,
        document: { ...editor.document },
      },
      {
        onSuccess: ({ id }) => {
          editor.store.takeTheirs();
          void navigate(`/sequences/${id}`);
        },
      },
    );
  };
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      title={t("conflict.title")}
      size={480}
    >
      <Stack gap="md">
        <Text>
          {t("conflict.who", { name: theirs?.savedBy ?? t("conflict.somebody") })}{" "}
          {theirs && <Moment at={theirs.savedAt} />}
        </Text>
        <Text c="dimmed">{t("conflict.hint")}</Text>
        {create.error !== null && <Text c="red">{problemText(t, create.error)}</Text>}
        <Button
          disabled={theirs === undefined}
          onClick={() => {
            editor.store.takeTheirs();
          }}
        >
          {t("conflict.theirs")}
        </Button>
        <Button variant="default" loading={create.isPending} disabled={theirs === undefined} onClick={keep}>
          {t("conflict.mine")}
        </Button>
      </Stack>
    </Modal>
  );
}
