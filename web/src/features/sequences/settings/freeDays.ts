// The days on which a sequence rests next.

interface FreeDay {
  /** `2026-12-25`. */
  readonly day: string;
  /** "" for a day of one's own. */
  readonly name: string;
}

const FEW = 3;

/** Return the first few from `today` on, each day once: several countries may rest on it. */
export function nextFree(all: readonly FreeDay[], today: string): readonly FreeDay[] {
  const byDay = new Map<string, FreeDay>();
  for (const free of all) {
    if (free.day >= today && (byDay.get(free.day)?.name ?? "") === "") byDay.set(free.day, free);
  }
  return [...byDay.values()].toSorted((one, other) => one.day.localeCompare(other.day)).slice(0, FEW);
}
