import { Text, Textarea } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { EmailContent } from "@/flow/document";
import { wordsIn } from "@/flow/merge";
import { isSimple } from "../../text/html";
import type { Mode } from "../../text/modes";
import classes from "../../text/Text.module.css";
import { BodyEditor } from "../BodyEditor";

interface MailBodyProps {
  readonly mode: Mode;
  readonly content: EmailContent;
  readonly readOnly: boolean;
  readonly onChange: (content: EmailContent) => void;
}

/** Formatted text that says nothing stays formatted, and so does a source. */
const EMPTY_HTML = "<p></p>";
const EMPTY_MJML = "<mjml></mjml>";

/** What a mail says, in the form in which it is written. */
export function MailBody({
  mode,
  content: { html = "", text = "", mjml = "" },
  readOnly,
  onChange,
}: MailBodyProps) {
  const { t } = useTranslation("sequences");
  if (mode === "mjml") {
    return (
      <>
        <Source
          label={t("compose.mjmlLabel")}
          value={mjml}
          readOnly={readOnly}
          onChange={(changed) => {
            onChange({ mjml: changed || EMPTY_MJML });
          }}
        />
        <Foot>{t("compose.mjmlHint")}</Foot>
      </>
    );
  }
  if (mode === "source") {
    return <Html html={html} readOnly={readOnly} onChange={onChange} />;
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

type HtmlProps = Pick<MailBodyProps, "readOnly" | "onChange"> & { readonly html: string };

function Html({ html, readOnly, onChange }: HtmlProps) {
  const { t } = useTranslation("sequences");
  return (
    <>
      <Source
        label={t("mail.source")}
        value={html}
        readOnly={readOnly}
        onChange={(changed) => {
          onChange({ html: changed || EMPTY_HTML });
        }}
      />
      {!isSimple(html) && <Foot>{t("mail.notSimple")}</Foot>}
    </>
  );
}

function Foot({ children }: { readonly children: string }) {
  return (
    <div className={classes.foot}>
      <Text fz="xs" c="dimmed">
        {children}
      </Text>
    </div>
  );
}

interface SourceProps {
  readonly label: string;
  readonly value: string;
  readonly readOnly: boolean;
  readonly onChange: (value: string) => void;
}

function Source({ label, value, readOnly, onChange }: SourceProps) {
  return (
    <Textarea
      className={classes.source ?? ""}
      autosize
      minRows={10}
      maxRows={28}
      spellCheck={false}
      aria-label={label}
      disabled={readOnly}
      value={value}
      onChange={(event) => {
        onChange(event.currentTarget.value);
      }}
    />
  );
}
