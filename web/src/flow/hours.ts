// When a sender may send: a window as the API keeps it, and as people say it.

const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

/** Spans from and until, by the English name of the day. */
export type Window = Readonly<Record<string, readonly (readonly string[])[]>>;

export interface Group {
  readonly days: readonly number[];
  readonly spans: string;
}

const OFFICE: Group = { days: [0, 1, 2, 3, 4], spans: "09:00–17:00" };

/** Days that open alike, together; those with the most days first. */
export function grouped(window: Window): readonly Group[] {
  const days = DAYS.flatMap((name, index) => {
    const spans = (window[name] ?? []).map((span) => span.join("–")).join(", ");
    return spans === "" ? [] : [{ index, spans }];
  });
  return [...Map.groupBy(days, ({ spans }) => spans)]
    .map(([spans, those]) => ({ spans, days: those.map(({ index }) => index) }))
    .toSorted((one, other) => other.days.length - one.days.length);
}

/** Return a window that opens on these days (Monday is 1) between two times. */
export function windowOf(days: readonly number[], from: string, until: string): Record<string, string[][]> {
  return Object.fromEntries(
    DAYS.filter((_, index) => days.includes(index + 1)).map((name) => [name, [[from, until]]]),
  );
}

/** Read a window back as one span on some days; what it cannot say becomes the usual office hours. */
export function spanOf(window: Window | null): { days: number[]; from: string; until: string } {
  const [group = OFFICE] = window === null ? [] : grouped(window);
  const [first = OFFICE.spans] = group.spans.split(", ");
  const [from = "", until = ""] = first.split("–");
  return { days: group.days.map((day) => day + 1), from, until };
}
