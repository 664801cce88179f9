import { Group, SegmentedControl, Stack, Text, Textarea, Tooltip } from "@mantine/core";
import { IconArrowBackUp, IconPencil, IconSparkles } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { EmailContent, EmailStep } from "@/flow/document";
import { wordsIn } from "@/flow/merge";
import { stepTitle } from "../stepWords";
import { ChipField } from "../text/ChipField";
import { htmlOf, isSimple, textOfHtml } from "../text/html";
import classes from "../text/Text.module.css";
import { BodyEditor } from "./BodyEditor";
import type { InspectorProps } from "./Inspector";
import { useField } from "./useField";

type Mode = "plain" | "formatted" | "source";

/** A mail: who writes it, its subject, its text with merge tags as chips. */
export function EmailForm(props: InspectorProps) {
  const { t } = useTranslation("sequences");
  const change = useField<EmailStep>(props);
  const { step, readOnly } = props;
  const [asSource, setAsSource] = useState(false);
  if (step.kind !== "email") return null;
  const content = step.content ?? {};
  const mode = modeOf(content, asSource);
  const put = (changed: EmailContent) => {
    const next = { ...content, ...changed };
    change("content", Object.fromEntries(Object.entries(next).filter(([, value]) => value !== "")));
  };
  const turn = (to: Mode) => {
    setAsSource(to === "source");
    if (to === "plain") put({ html: "", text: textOfHtml(content.html ?? "") });
    else if (!content.html) put({ html: htmlOf(content.text ?? "") || "<p></p>", text: "" });
  };
  const read = wordsIn(mode === "plain" ? (content.text ?? "") : (content.html ?? ""));
  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="sm">
        <Author />
        <SegmentedControl
          size="xs"
          disabled={readOnly}
          aria-label={t("mail.mode")}
          data={(["plain", "formatted", "source"] as const).map((each) => ({
            value: each,
            label: t(`mail.modes.${each}`),
            disabled: each === "formatted" && mode === "source" && !isSimple(content.html ?? ""),
          }))}
          value={mode}
          onChange={(to) => {
            turn(to as Mode);
          }}
        />
      </Group>
      <div className={classes.editor}>
        <Subject
          {...props}
          subject={content.subject ?? ""}
          onChange={(subject) => {
            put({ subject });
          }}
        />
        {mode === "source" ? (
          <Textarea
            className={classes.source ?? ""}
            autosize
            minRows={10}
            aria-label={t("mail.source")}
            disabled={readOnly}
            value={content.html ?? ""}
            onChange={(event) => {
              put({ html: event.currentTarget.value });
            }}
          />
        ) : (
          <BodyEditor
            key={mode}
            mode={mode === "formatted" ? "formatted" : "lines"}
            value={(mode === "formatted" ? content.html : content.text) ?? ""}
            readOnly={readOnly}
            words={read}
            onChange={(value) => {
              put(mode === "formatted" ? { html: value } : { text: value });
            }}
          />
        )}
        <div className={classes.foot}>{t(saysUnsubscribe(content) ? "mail.footLink" : "mail.foot")}</div>
      </div>
    </Stack>
  );
}

function modeOf(content: EmailContent, asSource: boolean): Mode {
  if (!content.html) return "plain";
  return asSource || !isSimple(content.html) ? "source" : "formatted";
}

function saysUnsubscribe({ text = "", html = "" }: EmailContent): boolean {
  return `${text}${html}`.includes("unsubscribe_url");
}

/** Who writes: a person. The agent is there to be seen, with what it needs. */
function Author() {
  const { t } = useTranslation("sequences");
  return (
    <Tooltip label={t("mail.agentLacks")} multiline w={260}>
      <div>
        <SegmentedControl
          size="xs"
          aria-label={t("mail.author")}
          value="person"
          data={[
            { value: "person", label: <Labelled icon={IconPencil} text={t("mail.byHand")} /> },
            {
              value: "agent",
              label: <Labelled icon={IconSparkles} text={t("mail.byAgent")} />,
              disabled: true,
            },
          ]}
        />
      </div>
    </Tooltip>
  );
}

function Labelled({ icon: Icon, text }: { readonly icon: typeof IconPencil; readonly text: string }) {
  return (
    <Group gap={6} wrap="nowrap" component="span">
      <Icon size={14} stroke={1.75} aria-hidden />
      {text}
    </Group>
  );
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
        <Group gap={4} wrap="nowrap" c="dimmed" maw="60%" style={{ flex: "none" }}>
          <IconArrowBackUp size={14} stroke={1.75} aria-hidden />
          <Text fz="xs" truncate title={thread}>
            {t("mail.continues")}
          </Text>
        </Group>
      )}
    </div>
  );
}
