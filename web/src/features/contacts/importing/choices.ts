// What a person decides about the columns of a file. Pure.
import type { ImportChoices, ImportColumn } from "@/api/imports";

export const OWN = [
  "email",
  "first_name",
  "last_name",
  "company",
  "title",
  "phone",
  "whatsapp",
  "stage",
  "time_zone",
  "language",
] as const;

export const IGNORED = "";
export const CUSTOM = "custom.";

export type Type = ImportColumn["type"];

/** One column as it stands: where it goes, and of which type a new field is. */
export interface Column {
  readonly name: string;
  readonly samples: readonly string[];
  readonly target: string;
  readonly type: Type;
  /** The field that would be made for it. */
  readonly own: string;
}

/** Begin with what the server took the columns for; an empty column is left out. */
export function begun(columns: readonly ImportColumn[]): readonly Column[] {
  return columns.map(({ name, samples, target, type }, index) => ({
    name: name === "" ? `#${index + 1}` : name,
    samples,
    target: samples.length === 0 && target.startsWith(CUSTOM) ? IGNORED : target,
    type,
    own: target.startsWith(CUSTOM) ? target : `${CUSTOM}${slug(name, index)}`,
  }));
}

function slug(name: string, index: number): string {
  const key = name
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 60);
  return key === "" || /^\d/.test(key) ? `column_${index + 1}` : key;
}

/** Give a column another target; whoever had it before goes to its own field. */
export function retarget(columns: readonly Column[], index: number, target: string): readonly Column[] {
  return columns.map((column, at) => {
    if (at === index) return { ...column, target };
    return target !== IGNORED && column.target === target ? { ...column, target: IGNORED } : column;
  });
}

export function retype(columns: readonly Column[], index: number, type: Type): readonly Column[] {
  return columns.map((column, at) => (at === index ? { ...column, type } : column));
}

export function hasAddress(columns: readonly Column[]): boolean {
  return columns.some(({ target }) => target === "email" || target === "phone");
}

interface Options {
  readonly onDuplicate: NonNullable<ImportChoices["on_duplicate"]>;
  readonly list: string;
  readonly tags: string[];
  readonly sequence?: number | null | undefined;
}

/** The choices as the API takes them; fields that are there already are not made again. */
export function choicesOf(
  columns: readonly Column[],
  known: ReadonlySet<string>,
  { onDuplicate, list, tags, sequence }: Options,
): ImportChoices {
  const made = columns.filter(
    ({ target }) => target.startsWith(CUSTOM) && !known.has(target.slice(CUSTOM.length)),
  );
  return {
    targets: columns.map(({ target }) => target),
    new_fields: Object.fromEntries(
      made.map(({ target, name, type }) => [target.slice(CUSTOM.length), { label: name, type }]),
    ),
    on_duplicate: onDuplicate,
    list_name: list,
    tags,
    ...(sequence !== undefined && { sequence_id: sequence }),
  };
}
