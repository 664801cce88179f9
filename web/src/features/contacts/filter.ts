// The filters of the table as they stand in the address, and as the API takes them. Pure.
import type { ContactFilter, ContactSort } from "@/api/contacts";

/** What lies in the address; "" is no filter. */
export const DEFAULTS = {
  q: "",
  show: "all",
  stage: "",
  list: "",
  segment: "",
  tag: "",
  owner: "",
  sequence: "",
  sort: "newest",
};

export type Values = { readonly [Name in keyof typeof DEFAULTS]: string };

export const SHOWS = ["all", "running", "paused", "blocked", "none", "never"] as const;
export type Show = (typeof SHOWS)[number];

const SORTS: readonly string[] = ["newest", "oldest", "name", "-name", "company", "-company"];

const SHOWN: Readonly<Record<Show, Pick<ContactFilter, "enrolled" | "state">>> = {
  all: { enrolled: "" },
  running: { enrolled: "yes" },
  paused: { enrolled: "yes", state: "paused" },
  blocked: { enrolled: "yes", state: "blocked" },
  none: { enrolled: "no" },
  never: { enrolled: "never" },
};

export function showOf({ show }: Values): Show {
  return SHOWS.find((each) => each === show) ?? "all";
}

export function sortOf({ sort }: Values): ContactSort {
  return (SORTS.includes(sort) ? sort : "newest") as ContactSort;
}

/** A mistyped number in the address narrows nothing. */
function idOf(text: string): number | undefined {
  const id = Number(text);
  return text !== "" && Number.isSafeInteger(id) && id >= 0 ? id : undefined;
}

export function filterOf(values: Values): ContactFilter {
  const ids = {
    list_id: idOf(values.list),
    segment_id: idOf(values.segment),
    tag_id: idOf(values.tag),
    owner_id: idOf(values.owner),
    sequence_id: idOf(values.sequence),
  };
  const given = Object.fromEntries(Object.entries(ids).filter(([, id]) => id !== undefined));
  return {
    q: values.q,
    ...SHOWN[showOf(values)],
    ...(values.stage === "" ? {} : { stage: values.stage }),
    ...given,
  };
}

/** Whether anything but the order differs from the whole table. */
export function isNarrowed(values: Values): boolean {
  return Object.entries(DEFAULTS).some(
    ([name, otherwise]) => name !== "sort" && values[name as keyof Values] !== otherwise,
  );
}

/** The values as the part of an address after the question mark. */
export function written(values: Values): string {
  const kept = Object.entries(values).filter(([name, value]) => value !== DEFAULTS[name as keyof Values]);
  return new URLSearchParams(kept).toString();
}
