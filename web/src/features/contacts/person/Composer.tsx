import { Button, Checkbox, Group, SegmentedControl, Text, Textarea, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { type ContactDetail, useAddNote } from "@/api/contacts";
import { useWrite } from "@/api/inbox";
import { AttachButton, FilesHere, LetterFiles } from "@/dialogs/mail/LetterFiles";
import { useAfterwards } from "@/dialogs/mail/letter";
import { useLetter } from "@/dialogs/mail/useLetter";
import { useLetterFiles } from "@/dialogs/mail/useLetterFiles";
import { useTyped } from "@/dialogs/useTyped";
import { useKeys } from "@/ui/keys";
import classes from "./Person.module.css";

type Mode = "email" | "note";

interface ComposerProps {
  readonly contact: ContactDetail;
  readonly mayEdit: boolean;
  readonly mayWrite: boolean;
}

/** Write a mail or a note. The same checks apply as in a sequence. */
export function Composer({ contact, mayEdit, mayWrite }: ComposerProps) {
  const { t } = useTranslation("contacts");
  const [mode, setMode] = useState<Mode>(mayWrite ? "email" : "note");
  if (!mayEdit) return null;
  const why = contact.reach.email;
  return (
    <section id="composer" className={classes.composer} aria-label={t("composer.label")}>
      <SegmentedControl
        size="xs"
        value={mode}
        data={[
          { value: "email", label: t("composer.email"), disabled: !mayWrite },
          { value: "note", label: t("composer.note") },
        ]}
        onChange={setMode}
      />
      {mode === "note" ? (
        <Note contact={contact} />
      ) : why === "" ? (
        <Mail contact={contact} />
      ) : (
        <Text c="dimmed" py="sm">
          {t("composer.unreachable", { name: contact.name })}
        </Text>
      )}
    </section>
  );
}

function Note({ contact }: { readonly contact: ContactDetail }) {
  const { t } = useTranslation("contacts");
  const typed = useTyped("notes of contacts", isText);
  const text = typed.of(contact.id) ?? "";
  const add = useAddNote(contact.id, { said: () => t("composer.noted") });
  return (
    <Field
      text={text}
      label={t("composer.notePlace", { name: contact.first_name || contact.name })}
      act={t("composer.keep")}
      busy={add.isPending}
      onText={(now) => {
        typed.put(contact.id, now);
      }}
      onAct={() => {
        add.mutate(text, {
          onSuccess: () => {
            typed.drop(contact.id);
          },
        });
      }}
    />
  );
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function Mail({ contact }: { readonly contact: ContactDetail }) {
  const { t } = useTranslation("contacts");
  const [draft, setDraft] = useLetter("mails", contact.id);
  const [atOnce, setAtOnce] = useState(false);
  const write = useWrite(() => t("composer.sent", { name: contact.name }));
  const afterwards = useAfterwards(setDraft);
  const files = useLetterFiles(`mails ${String(contact.id)}`, draft.files, (change) => {
    setDraft((now) => ({ ...now, files: change(now.files) }));
  });
  const { text, subject } = draft;
  return (
    <FilesHere files={files}>
      {text !== "" && (
        <TextInput
          mt="xs"
          variant="unstyled"
          placeholder={t("composer.subject")}
          aria-label={t("composer.subject")}
          value={subject}
          onChange={(event) => {
            const typed = event.currentTarget.value;
            setDraft((now) => ({ ...now, subject: typed }));
          }}
        />
      )}
      <Field
        text={text}
        label={t("composer.place", { name: contact.first_name || contact.name })}
        act={t("composer.send")}
        busy={write.isPending}
        isHeld={files.uploads.length > 0}
        beside={<AttachButton files={files} />}
        onText={(typed) => {
          setDraft((now) => ({ ...now, text: typed }));
        }}
        onAct={() => {
          afterwards(draft, write.mutateAsync({ contactId: contact.id, ...draft, atOnce }), () => {
            setAtOnce(false);
          });
        }}
      />
      <LetterFiles files={files} />
      {text !== "" && (
        <Checkbox
          size="xs"
          mt={4}
          label={t("composer.atOnce")}
          title={t("composer.atOnceHint")}
          checked={atOnce}
          onChange={(event) => {
            setAtOnce(event.currentTarget.checked);
          }}
        />
      )}
    </FilesHere>
  );
}

interface FieldProps {
  readonly text: string;
  readonly label: string;
  readonly act: string;
  readonly busy: boolean;
  /** Something else is to be done first. */
  readonly isHeld?: boolean;
  readonly beside?: ReactNode;
  readonly onText: (text: string) => void;
  readonly onAct: () => void;
}

function Field({ text, label, act, busy, isHeld = false, beside, onText, onAct }: FieldProps) {
  const isReady = text.trim() !== "" && !busy && !isHeld;
  useKeys(label, [{ keys: "mod+Enter", label: act, act: onAct, whileTyping: true }], { enabled: isReady });
  return (
    <Group align="flex-end" gap="sm" wrap="nowrap" mt={4}>
      <Textarea
        flex={1}
        variant="unstyled"
        autosize
        minRows={1}
        maxRows={10}
        placeholder={label}
        aria-label={label}
        value={text}
        onChange={(event) => {
          onText(event.currentTarget.value);
        }}
      />
      {beside}
      <Button disabled={!isReady} loading={busy} onClick={onAct}>
        {act}
      </Button>
    </Group>
  );
}
