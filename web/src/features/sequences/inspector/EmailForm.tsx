import { Group, Stack, Text } from "@mantine/core";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { EmailContent } from "@/flow/document";
import { stepTitle } from "../stepWords";
import { ChipField } from "../text/ChipField";
import { Memory, type Mode, modeOf, wordsOf } from "../text/modes";
import classes from "../text/Text.module.css";
import { Files } from "./Files";
import type { InspectorProps } from "./Inspector";
import { MailBody } from "./mail/MailBody";
import { MailHints } from "./mail/MailHints";
import { Modes } from "./mail/Modes";
import { TextPart } from "./mail/TextPart";
import { Layout, Preheader } from "./MailLook";
import { Notes } from "./Notes";

/** A mail: its subject, its text with merge tags as chips. */
export function EmailForm(props: InspectorProps) {
  const { step } = props;
  return step.kind === "email" ? <Mail {...props} content={step.content ?? {}} /> : null;
}

function Mail({ content, ...props }: InspectorProps & { readonly content: EmailContent }) {
  const { t } = useTranslation("sequences");
  const { step, acts, readOnly } = props;
  const memory = useRef(new Memory());
  const [asSource, setAsSource] = useState(false);
  const mode = modeOf(content, asSource);
  const write = (changed: EmailContent, about?: string) => {
    const next = Object.entries({ ...content, ...changed }).filter(([, value]) => !isUnsaid(value));
    acts.change(step.key, { content: Object.fromEntries(next) }, about);
  };
  const put = (changed: EmailContent) => {
    write(changed, `${step.key}.content.${Object.keys(changed).join()}`);
  };
  const turn = (to: Mode) => {
    setAsSource(to === "source");
    const words = wordsOf(content);
    const next = memory.current.turn(step.key, words, mode, to);
    if (JSON.stringify(next) !== JSON.stringify(words)) write(next);
  };
  const parts = { content, readOnly, onChange: put };
  return (
    <Stack gap="sm">
      <Group justify="flex-end" gap="sm">
        <Modes mode={mode} html={content.html ?? ""} disabled={readOnly} onTurn={turn} />
      </Group>
      <div className={classes.editor} data-place="content">
        <Subject
          {...props}
          subject={content.subject ?? ""}
          onChange={(subject) => {
            put({ subject });
          }}
        />
        <Preheader {...parts} />
        <MailBody mode={mode} {...parts} />
        <div className={classes.foot}>{t(saysUnsubscribe(content) ? "mail.footLink" : "mail.foot")}</div>
      </div>
      <Notes problems={props.problems(step.key)} place="content" />
      <MailHints {...props} />
      {mode !== "plain" && <TextPart {...parts} />}
      <Files {...parts} />
      {mode !== "mjml" && <Layout {...parts} />}
    </Stack>
  );
}

function saysUnsubscribe(content: EmailContent): boolean {
  return Object.values(wordsOf(content)).some((words) => words.includes("unsubscribe_url"));
}

/** What is at its default is left out of a document. */
function isUnsaid(value: unknown): boolean {
  return value === "" || value === "default" || (Array.isArray(value) && value.length === 0);
}

interface SubjectProps extends InspectorProps {
  readonly subject: string;
  readonly onChange: (subject: string) => void;
}

function Subject({ step, document, readOnly, subject, onChange }: SubjectProps) {
  const { t } = useTranslation("sequences");
  const continues = step.kind === "email" && step.job_type === "follow_up_email" && subject === "";
  const thread = continues ? stepTitle(t, step, document) : "";
  return (
    <div className={classes.subject}>
      <Text span c="var(--db-text-3)" fw={400}>
        {t("mail.subject")}
      </Text>
      <ChipField bare label={t("mail.subject")} value={subject} readOnly={readOnly} onChange={onChange} />
      {continues && (
        <Group gap={4} wrap="nowrap" c="dimmed" maw="62%" pr={10} title={thread}>
          <IconArrowBackUp size={14} stroke={1.75} aria-hidden style={{ flex: "none" }} />
          <Text fz="xs" truncate>
            {t("mail.continues", { thread })}
          </Text>
        </Group>
      )}
    </div>
  );
}
