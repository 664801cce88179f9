// What two edits of one flow do not agree on, and what was chosen.

export type Side = "mine" | "theirs";

/**
 * Something that both changed, with both values; undefined: one of them took it out.
 * `order` is about the whole flow: both led the same ways elsewhere, or what came of it would not hang together.
 */
export interface Conflict {
  readonly id: string;
  readonly kind: "field" | "removed" | "order";
  /** The step; null for the flow. */
  readonly step: string | null;
  /** The path of the field in its step; "" for the whole step. */
  readonly field: string;
  readonly mine: unknown;
  readonly theirs: unknown;
}

/** Whose value is taken, by the `id` of a conflict. */
export type Choices = ReadonlyMap<string, Side>;

export class Judge {
  readonly conflicts: Conflict[] = [];

  /** `byDefault`: whose value is taken where nobody chose. `strict`: new ways out of a removed step count. */
  constructor(
    readonly choices: Choices,
    readonly byDefault: Side,
    readonly strict: boolean,
  ) {}

  /** Take one of two values that both changed. */
  chosen<Value>(step: string, field: string, mine: Value, theirs: Value): Value {
    const id = `${step}/${field}`;
    const side = this.choices.get(id);
    if (side === undefined) this.conflicts.push({ id, kind: "field", step, field, mine, theirs });
    return (side ?? this.byDefault) === "mine" ? mine : theirs;
  }

  /** Tell whether something stays that one of them changed and the other took out; until chosen it does. */
  keeps(step: string, field: string, left: unknown, whose: Side): boolean {
    const id = `${step}/${field}`;
    const side = this.choices.get(id);
    const both = whose === "mine" ? { mine: left, theirs: undefined } : { mine: undefined, theirs: left };
    if (side === undefined) this.conflicts.push({ id, kind: "removed", step, field, ...both });
    return side === undefined || side === whose;
  }
}
