import { PickOne } from "@/ui/picks";

interface PickWordProps<Word extends string> {
  readonly label: string;
  readonly words: Readonly<Record<Word, string>>;
  readonly value: Word;
  readonly readOnly: boolean;
  readonly onChange: (word: Word) => void;
}

/** A choice of a few words within a sentence. */
export function PickWord<Word extends string>({
  label,
  words,
  value,
  readOnly,
  onChange,
}: PickWordProps<Word>) {
  const entries = Object.entries<string>(words) as [Word, string][];
  return (
    <PickOne
      label={label}
      disabled={readOnly}
      options={entries.map(([word, text]) => ({ value: word, label: text }))}
      value={value}
      onChange={onChange}
    />
  );
}
