// What an entry of the audit log changed, in one line for each value.
type Values = Readonly<Record<string, unknown>>;

/** "settings.change" and "cap_per_day" in plain letters. */
export function plain(code: string): string {
  return code.replaceAll(/[._]/g, " ");
}

/** Return "cap per day: 50 → 80" for each value that differs. */
export function changesOf(before: Values, after: Values): readonly string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .map((name) => `${plain(name)}: ${changed(before[name], after[name])}`);
}

function changed(before: unknown, after: unknown): string {
  if (before === undefined) return shown(after);
  return `${shown(before)} → ${shown(after)}`;
}

function shown(value: unknown): string {
  if (value === null || value === undefined || value === "") return "–";
  if (Array.isArray(value)) return value.map(shown).join(", ") || "–";
  return typeof value === "string" ? value : JSON.stringify(value);
}
