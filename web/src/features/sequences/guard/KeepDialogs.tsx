// Keeping a sequence as a template, and its tags.
import { Button, Group, Modal, Stack, TagsInput, Text, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useChangeTags, useSaveTemplate } from "@/api/sequenceCare";
import { useSequenceTotals } from "@/api/sequences";
import { undoToast } from "@/ui/toasts";
import { problemText } from "../problemText";

interface KeepProps {
  readonly sequence: { readonly id: number; readonly name: string; readonly description: string };
  readonly onClose: () => void;
}

export function TemplateDialog({ sequence, onClose }: KeepProps) {
  const { t } = useTranslation("sequences");
  const save = useSaveTemplate();
  return (
    <TemplateForm
      title={t("template.title")}
      hint={t("template.hint")}
      button={t("template.do")}
      begins={sequence}
      busy={save.isPending}
      problem={problemText(t, save.error)}
      onClose={onClose}
      onDo={(named) => {
        const onSuccess = () => {
          undoToast({ text: t("template.saved", { name: named.name }) });
          onClose();
        };
        save.mutate({ id: sequence.id, ...named }, { onSuccess });
      }}
    />
  );
}

interface Named {
  readonly name: string;
  readonly description: string;
}

interface TemplateFormProps {
  readonly title: string;
  readonly hint?: string;
  readonly button: string;
  readonly begins: Named;
  readonly busy: boolean;
  readonly problem: string | undefined;
  readonly onClose: () => void;
  readonly onDo: (named: Named) => void;
}

/** How a template is called, and what it is for. */
export function TemplateForm({ begins, busy, problem, onClose, onDo, ...words }: TemplateFormProps) {
  const { t } = useTranslation("sequences");
  const [name, setName] = useState(begins.name);
  const [description, setDescription] = useState(begins.description);
  return (
    <Modal
      opened
      onClose={onClose}
      title={words.title}
      size={460}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onDo({ name: name.trim(), description: description.trim() });
        }}
      >
        <Stack gap="md">
          {words.hint !== undefined && <Text c="dimmed">{words.hint}</Text>}
          <TextInput
            label={t("create.name")}
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
            autosize
            minRows={2}
            maxLength={2000}
            value={description}
            onChange={(event) => {
              setDescription(event.currentTarget.value);
            }}
          />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t("cancel")}
            </Button>
            <Button type="submit" loading={busy} disabled={name.trim() === ""}>
              {words.button}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

interface TagsProps extends KeepProps {
  readonly tags: readonly string[];
}

export function TagsDialog({ sequence, tags: held, onClose }: TagsProps) {
  const { t } = useTranslation("sequences");
  const [tags, setTags] = useState<string[]>([...held]);
  const known = useSequenceTotals().data?.tags ?? [];
  const change = useChangeTags();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("tags.title", { name: sequence.name })}
      size={460}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Stack gap="md">
        <TagsInput
          label={t("tags.label")}
          description={t("tags.hint")}
          data-autofocus
          acceptValueOnBlur
          splitChars={[","]}
          maxTags={20}
          data={known}
          value={tags}
          error={problemText(t, change.error)}
          onChange={setTags}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button
            loading={change.isPending}
            onClick={() => {
              change.mutate({ id: sequence.id, tags }, { onSuccess: onClose });
            }}
          >
            {t("tags.do")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
