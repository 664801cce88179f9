import { Button, Checkbox, Group, SegmentedControl, Text, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type ContactDetail, useAddNote } from "@/api/contacts";
import { newClientId, useWrite } from "@/api/inbox";
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
  const [text, setText] = useState("");
  const add = useAddNote(contact.id, { said: () => t("composer.noted") });
  return (
    <Field
      text={text}
      label={t("composer.notePlace", { name: contact.first_name || contact.name })}
      act={t("composer.keep")}
      busy={add.isPending}
      onText={setText}
      onAct={() => {
        add.mutate(text, {
          onSuccess: () => {
            setText("");
          },
        });
      }}
    />
  );
}

function Mail({ contact }: { readonly contact: ContactDetail }) {
  const { t } = useTranslation("contacts");
  const [text, setText] = useState("");
  const [subject, setSubject] = useState("");
  const [clientId, setClientId] = useState(newClientId);
  const [atOnce, setAtOnce] = useState(false);
  const write = useWrite(() => t("composer.sent", { name: contact.name }));
  return (
    <>
      {text !== "" && (
        <TextInput
          mt="xs"
          variant="unstyled"
          placeholder={t("composer.subject")}
          aria-label={t("composer.subject")}
          value={subject}
          onChange={(event) => {
            setSubject(event.currentTarget.value);
          }}
        />
      )}
      <Field
        text={text}
        label={t("composer.place", { name: contact.first_name || contact.name })}
        act={t("composer.send")}
        busy={write.isPending}
        onText={setText}
        onAct={() => {
          write.mutate(
            { contactId: contact.id, clientId, text, subject, atOnce },
            {
              onSuccess: () => {
                setText("");
                setSubject("");
                setAtOnce(false);
                setClientId(newClientId());
              },
            },
          );
        }}
      />
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
    </>
  );
}

interface FieldProps {
  readonly text: string;
  readonly label: string;
  readonly act: string;
  readonly busy: boolean;
  readonly onText: (text: string) => void;
  readonly onAct: () => void;
}

function Field({ text, label, act, busy, onText, onAct }: FieldProps) {
  const isReady = text.trim() !== "" && !busy;
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
      <Button disabled={!isReady} loading={busy} onClick={onAct}>
        {act}
      </Button>
    </Group>
  );
}
