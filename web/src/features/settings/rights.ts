// Rights as a table: resources down, acts across.
import type { english } from "./messages.en";

export type Resource = keyof (typeof english)["roles"]["resource"];
export type Act = keyof (typeof english)["roles"]["act"];

export const RESOURCES: readonly Resource[] = [
  "sequences",
  "enrollments",
  "contacts",
  "reviews",
  "approvals",
  "tasks",
  "senders",
  "suppressions",
  "settings",
  "users",
];
export const ACTS: readonly Act[] = ["view", "create", "edit", "delete"];

/** Return the rights with this one given or taken. Who may do something may see it; who sees nothing does nothing. */
export function toggled(rights: ReadonlySet<string>, resource: Resource, act: Act): ReadonlySet<string> {
  const right = `${resource}.${act}`;
  const after = new Set(rights);
  if (!after.delete(right)) {
    after.add(right).add(`${resource}.view`);
  } else if (act === "view") {
    for (const other of ACTS) after.delete(`${resource}.${other}`);
  }
  return after;
}

/** Return each resource that the rights reach, with what may be done there. */
export function byResource(
  rights: readonly string[],
): readonly { resource: Resource; acts: readonly Act[] }[] {
  return RESOURCES.map((resource) => ({
    resource,
    acts: ACTS.filter((act) => rights.includes(`${resource}.${act}`)),
  })).filter(({ acts }) => acts.length > 0);
}
