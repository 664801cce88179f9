// What can be chosen before a simulation, and what it asks the server for.
import type { SimulationAsked } from "@/api/simulations";

export interface Choices {
  /** "draft", or "" for the version that new enrollments get. */
  readonly version: string;
  /** "imagined", "list 7" or "segment 3". */
  readonly whom: string;
  readonly people: number;
  readonly days: number;
  readonly seed: number;
  /** Of a hundred messages, and tasks. */
  readonly percent: Readonly<Record<Happening, number>>;
}

export const HAPPENINGS = ["replied", "opened", "bounced", "opted_out"] as const;
export type Happening = (typeof HAPPENINGS)[number] | "tasks";

export const USUAL: Omit<Choices, "version"> = {
  whom: "imagined",
  people: 200,
  days: 60,
  seed: 1,
  percent: { replied: 5, opened: 0, bounced: 1, opted_out: 1, tasks: 90 },
};

/** Bounces come within minutes; people answer within two days. */
const WITHIN = { replied: "2d", opened: "2d", bounced: "1h", opted_out: "2d" } as const;

/** Return what the server is asked for. */
export function askedOf({ version, whom, people, days, seed, percent }: Choices): SimulationAsked {
  const [kind, id] = whom.split(" ");
  return {
    version: version === "draft" ? "draft" : null,
    ...(kind === "imagined" && { people }),
    ...(kind === "list" && { list_id: Number(id) }),
    ...(kind === "segment" && { segment_id: Number(id) }),
    days,
    script: {
      seed,
      rates: HAPPENINGS.filter((event) => percent[event] > 0).map((event) => ({
        event,
        percent: percent[event],
        step: "",
        within: WITHIN[event],
      })),
      tasks: { percent: percent.tasks, after: "1d" },
      decisions: [],
      stories: [],
    },
  };
}
