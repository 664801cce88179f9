import { Button, Group, Modal, SegmentedControl, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/client";
import { useFound } from "@/api/persons";
import { useSession } from "@/api/session";
import { type TaskIn, useColleagues, useCreateTask } from "@/api/tasks";
import { useKeys } from "@/ui/keys";

interface Person {
  readonly id: number;
  readonly name: string;
}

interface TaskDialogProps {
  /** Left out: it is asked for whom. */
  readonly contact?: Person;
  readonly opened: boolean;
  readonly onClose: () => void;
}

const TITLE_LONGEST = 300;
const TEXT_LONGEST = 10_000;

/** Write a to-do or a call for a person by hand, without a sequence. */
export function TaskDialog({ contact, opened, onClose }: TaskDialogProps) {
  const { t } = useTranslation("dialogs");
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size={520}
      title={contact === undefined ? t("task.title") : t("task.titleFor", { name: contact.name })}
      closeButtonProps={{ "aria-label": t("cancel") }}
    >
      {opened && <Form contact={contact} onClose={onClose} />}
    </Modal>
  );
}

interface FormProps {
  readonly contact: Person | undefined;
  readonly onClose: () => void;
}

function Form({ contact, onClose }: FormProps) {
  const { t } = useTranslation("dialogs");
  const [whom, setWhom] = useState(contact?.id);
  const [wanted, setWanted] = useState<Wanted>({ title: "", kind: "to_do", text: "", due: "" });
  const create = useCreateTask(() => t("task.said"));
  const isReady = whom !== undefined && wanted.title.trim() !== "" && !create.isPending;
  const save = () => {
    if (!isReady) return;
    const { due, ...rest } = wanted;
    const due_at = due === "" ? null : new Date(due).toISOString();
    create.mutate({ ...rest, contact_id: whom, due_at }, { onSuccess: onClose });
  };
  useKeys(t("task.save"), [{ keys: "mod+Enter", label: t("task.save"), act: save, whileTyping: true }], {
    where: "dialog",
    enabled: isReady,
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Stack gap="md">
        {contact === undefined && <Whom whom={whom} onWhom={setWhom} />}
        <Fields
          wanted={wanted}
          hasFocus={contact !== undefined}
          problem={problemOf(create.error)}
          onChange={(changed) => {
            setWanted((before) => ({ ...before, ...changed }));
          }}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button type="submit" disabled={!isReady} loading={create.isPending}>
            {t("task.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function problemOf(error: Error | null): string | undefined {
  return error instanceof ApiError ? error.problem?.detail : error?.message;
}

interface Wanted {
  readonly title: string;
  readonly kind: TaskIn["kind"];
  readonly text: string;
  /** As the field writes it, in the reader's zone; empty: now. */
  readonly due: string;
  readonly assignee_id?: number;
}

interface FieldsProps {
  readonly wanted: Wanted;
  readonly hasFocus: boolean;
  readonly problem: string | undefined;
  readonly onChange: (changed: Partial<Wanted>) => void;
}

function Fields({ wanted, hasFocus, problem, onChange }: FieldsProps) {
  const { t } = useTranslation("dialogs");
  const me = useSession().data?.member_id;
  return (
    <>
      <SegmentedControl
        fullWidth
        value={wanted.kind}
        data={[
          { value: "to_do", label: t("task.to_do") },
          { value: "call", label: t("task.call") },
        ]}
        onChange={(kind) => {
          onChange({ kind });
        }}
      />
      <TextInput
        data-autofocus={hasFocus || undefined}
        label={t("task.what")}
        required
        maxLength={TITLE_LONGEST}
        value={wanted.title}
        error={problem}
        onChange={(event) => {
          onChange({ title: event.currentTarget.value });
        }}
      />
      <Textarea
        label={t("task.text")}
        autosize
        minRows={2}
        maxLength={TEXT_LONGEST}
        value={wanted.text}
        onChange={(event) => {
          onChange({ text: event.currentTarget.value });
        }}
      />
      <TextInput
        type="datetime-local"
        label={t("task.due")}
        description={t("task.dueHint")}
        value={wanted.due}
        onChange={(event) => {
          onChange({ due: event.currentTarget.value });
        }}
      />
      <Who
        chosen={wanted.assignee_id ?? me}
        onChosen={(assignee_id) => {
          onChange({ assignee_id });
        }}
      />
    </>
  );
}

const TYPING = 200;

interface WhomProps {
  readonly whom: number | undefined;
  readonly onWhom: (id: number | undefined) => void;
}

function Whom({ whom, onWhom }: WhomProps) {
  const { t } = useTranslation("dialogs");
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState<Person>();
  const [q] = useDebouncedValue(typed, TYPING);
  const found = useFound(q).data ?? [];
  const shown = chosen === undefined || found.some(({ id }) => id === chosen.id) ? found : [chosen, ...found];
  return (
    <Select
      data-autofocus
      label={t("task.contact")}
      placeholder={t("task.contactHint")}
      searchable
      required
      value={whom === undefined ? null : String(whom)}
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options }) => options}
      nothingFoundMessage={q.trim().length > 1 ? t("task.nobodyFound") : t("task.contactHint")}
      data={shown.map(({ id, name }) => ({ value: String(id), label: name }))}
      onChange={(value) => {
        const person = shown.find(({ id }) => String(id) === value);
        setChosen(person);
        onWhom(person?.id);
      }}
    />
  );
}

interface WhoProps {
  readonly chosen: number | undefined;
  readonly onChosen: (id: number) => void;
}

function Who({ chosen, onChosen }: WhoProps) {
  const { t } = useTranslation("dialogs");
  const colleagues = useColleagues();
  if (colleagues.length < 2) return null;
  return (
    <Select
      label={t("task.assignee")}
      allowDeselect={false}
      value={chosen === undefined ? null : String(chosen)}
      data={colleagues.map(({ id, name }) => ({ value: String(id), label: name }))}
      onChange={(id) => {
        if (id !== null) onChosen(Number(id));
      }}
    />
  );
}
