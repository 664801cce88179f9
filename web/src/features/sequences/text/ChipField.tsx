import { Input } from "@mantine/core";
import { EditorContent } from "@tiptap/react";
import classes from "./Text.module.css";
import { MergeTagMenu } from "./MergeTagMenu";
import { useChipEditor } from "./useChipEditor";

interface ChipFieldProps {
  readonly label: string;
  readonly value: string;
  /** More than one line. */
  readonly lines?: boolean;
  /** Without frame and label, for a line within a larger field. */
  readonly bare?: boolean;
  readonly readOnly: boolean;
  readonly onChange: (value: string) => void;
}

/** A text field in which merge tags are chips. */
export function ChipField({ label, value, lines = false, bare = false, readOnly, onChange }: ChipFieldProps) {
  const editor = useChipEditor({
    value,
    mode: lines ? "lines" : "line",
    label,
    className: classes.typed ?? "",
    readOnly,
    onChange,
  });
  const field = (
    <div className={classes.field} data-bare={bare || undefined}>
      <EditorContent editor={editor} />
      {!readOnly && <MergeTagMenu editor={editor} compact />}
    </div>
  );
  return bare ? field : <Input.Wrapper label={label}>{field}</Input.Wrapper>;
}
