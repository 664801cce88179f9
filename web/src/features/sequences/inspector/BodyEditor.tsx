import "@mantine/tiptap/styles.css";
import { Text } from "@mantine/core";
import { RichTextEditor } from "@mantine/tiptap";
import { EditorContent } from "@tiptap/react";
import { useTranslation } from "react-i18next";
import { MergeTagMenu } from "../text/MergeTagMenu";
import classes from "../text/Text.module.css";
import { useChipEditor } from "../text/useChipEditor";

interface BodyEditorProps {
  readonly mode: "lines" | "formatted";
  readonly value: string;
  readonly readOnly: boolean;
  readonly words: number;
  readonly onChange: (value: string) => void;
}

const WORDS_A_SECOND = 3.6;

/** The text of a mail with its tools. */
export function BodyEditor({ mode, value, readOnly, words, onChange }: BodyEditorProps) {
  const { t } = useTranslation("sequences");
  const editor = useChipEditor({
    value,
    mode,
    label: t("mail.body"),
    className: classes.body ?? "",
    readOnly,
    onChange,
  });
  const seconds = Math.max(5, Math.round(words / WORDS_A_SECOND / 5) * 5);
  return (
    <>
      <div className={classes.bar}>
        {mode === "formatted" && !readOnly && <Formats editor={editor} />}
        {!readOnly && <MergeTagMenu editor={editor} />}
        <Text fz="xs" c="dimmed" ml="auto" className="tabular" pr={6}>
          {t("mail.length", { count: words, seconds })}
        </Text>
      </div>
      <EditorContent editor={editor} />
    </>
  );
}

function Formats({ editor }: { readonly editor: ReturnType<typeof useChipEditor> }) {
  const { t } = useTranslation("sequences");
  const labels = {
    boldControlLabel: t("format.bold"),
    italicControlLabel: t("format.italic"),
    h2ControlLabel: t("format.heading"),
    h3ControlLabel: t("format.smallHeading"),
    bulletListControlLabel: t("format.bullets"),
    orderedListControlLabel: t("format.numbers"),
    linkControlLabel: t("format.link"),
    linkEditorInputLabel: t("format.address"),
    linkEditorInputPlaceholder: t("format.placeholder"),
    linkEditorExternalLink: t("format.newTab"),
    linkEditorInternalLink: t("format.sameTab"),
    linkEditorSave: t("format.save"),
  };
  return (
    <RichTextEditor editor={editor} labels={labels} style={{ border: 0, background: "none" }}>
      <RichTextEditor.ControlsGroup>
        <RichTextEditor.Bold />
        <RichTextEditor.Italic />
        <RichTextEditor.H2 />
        <RichTextEditor.H3 />
        <RichTextEditor.Link />
        <RichTextEditor.BulletList />
        <RichTextEditor.OrderedList />
      </RichTextEditor.ControlsGroup>
    </RichTextEditor>
  );
}
