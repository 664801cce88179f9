import { Group, SegmentedControl, Stack, Text, Textarea } from "@mantine/core";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { EmailContent, EmailStep } from "@/flow/document";
import { wordsIn } from "@/flow/merge";
import { stepTitle } from "../stepWords";
import { ChipField } from "../text/ChipField";
import { htmlOf, isSimple, textOfHtml } from "../text/html";
import classes from "../text/Text.module.css";
import { BodyEditor } from "./BodyEditor";
import { Files } from "./Files";
import type { InspectorProps } from "./Inspector";
import { Layout, Preheader } from "./MailLook";
import { Notes } from "./Notes";
import { useField } from "./useField";

type Mode = "plain" | "formatted" | "source";

/** Formatted text that says nothing stays formatted. */
const EMPTY_HTML = "<p></p>";

/** A mail: its subject, its text with merge tags as chips. */
export function EmailForm(props: InspectorProps) {
  const { step } = props;
  return step.kind === "email" ? <Mail {...props} content={step.content ?? {}} /> : null;
}

function Mail({ content, ...props }: InspectorProps & { readonly content: EmailContent }) {
  const { t } = useTranslation("sequences");
  const change = useField<EmailStep>(props);
  const [asSource, setAsSource] = useState(false);
  const mode = modeOf(content, asSource);
  const put = (changed: EmailContent) => {
    const next = Object.entries({ ...content, ...changed }).filter(([, value]) => !isUnsaid(value));
    change("content", Object.fromEntries(next));
  };
  const turn = (to: Mode) => {
    setAsSource(to === "source");
    if (to === "plain") put({ html: "", text: textOfHtml(content.html ?? "") });
    else if (content.html === undefined) put({ html: htmlOf(content.text ?? ""), text: "" });
  };
  return (
    <Stack gap="sm">
      <Group justify="flex-end" gap="sm">
        <Modes mode={mode} html={content.html ?? ""} disabled={props.readOnly} onTurn={turn} />
      </Group>
      <div className={classes.editor} data-place="content">
        <Subject
          {...props}
          subject={content.subject ?? ""}
          onChange={(subject) => {
            put({ subject });
          }}
        />
        <Preheader content={content} readOnly={props.readOnly} onChange={put} />
        <Body mode={mode} content={content} readOnly={props.readOnly} onChange={put} />
        <div className={classes.foot}>{t(saysUnsubscribe(content) ? "mail.footLink" : "mail.foot")}</div>
      </div>
      <Files content={content} readOnly={props.readOnly} onChange={put} />
      <Layout content={content} readOnly={props.readOnly} onChange={put} />
      <Notes problems={props.problems(props.step.key)} place="content" />
    </Stack>
  );
}

interface BodyProps {
  readonly mode: Mode;
  readonly content: EmailContent;
  readonly readOnly: boolean;
  readonly onChange: (content: EmailContent) => void;
}

function Body({ mode, content: { html = "", text = "" }, readOnly, onChange }: BodyProps) {
  const { t } = useTranslation("sequences");
  if (mode === "source") {
    return (
      <Textarea
        className={classes.source ?? ""}
        autosize
        minRows={10}
        aria-label={t("mail.source")}
        disabled={readOnly}
        value={html}
        onChange={(event) => {
          onChange({ html: event.currentTarget.value });
        }}
      />
    );
  }
  const isFormatted = mode === "formatted";
  const value = isFormatted ? html : text;
  return (
    <BodyEditor
      key={mode}
      mode={isFormatted ? "formatted" : "lines"}
      value={value}
      readOnly={readOnly}
      words={wordsIn(value)}
      onChange={(changed) => {
        onChange(isFormatted ? { html: changed || EMPTY_HTML } : { text: changed });
      }}
    />
  );
}

interface ModesProps {
  readonly mode: Mode;
  readonly html: string;
  readonly disabled: boolean;
  readonly onTurn: (mode: Mode) => void;
}

function Modes({ mode, html, disabled, onTurn }: ModesProps) {
  const { t } = useTranslation("sequences");
  const isShowable = mode !== "source" || isSimple(html);
  return (
    <SegmentedControl<Mode>
      size="xs"
      disabled={disabled}
      aria-label={t("mail.mode")}
      data={[
        { value: "plain", label: t("mail.modes.plain") },
        { value: "formatted", label: t("mail.modes.formatted"), disabled: !isShowable },
        { value: "source", label: t("mail.modes.source") },
      ]}
      value={mode}
      onChange={onTurn}
    />
  );
}

function modeOf(content: EmailContent, asSource: boolean): Mode {
  if (content.html === undefined) return "plain";
  return asSource || !isSimple(content.html) ? "source" : "formatted";
}

function saysUnsubscribe({ text = "", html = "" }: EmailContent): boolean {
  return `${text}${html}`.includes("unsubscribe_url");
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
