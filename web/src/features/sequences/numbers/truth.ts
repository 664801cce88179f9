// What is known of the steps: what came of them, or what would by a simulation.
import { createContext, useContext } from "react";
import type { Simulation } from "@/api/simulations";
import type { StepNumbers } from "@/api/stepNumbers";
import type { Step } from "@/flow/document";
import { nameOfWay, shareOf } from "./figures";

export type Simulated = Simulation["steps"][number];

export interface Truth {
  readonly sequenceId: number;
  readonly numbers: ReadonlyMap<string, StepNumbers>;
  /** undefined while nobody looks at a simulation: then the numbers are shown. */
  readonly simulated: ReadonlyMap<string, Simulated> | undefined;
}

const NOTHING: Truth = { sequenceId: 0, numbers: new Map(), simulated: undefined };

export const TruthContext = createContext(NOTHING);

export function useTruth(): Truth {
  return useContext(TruthContext);
}

/** Return how many took a way out of a step, and their share; undefined where nobody came past it. */
export function takenOf({ numbers, simulated }: Truth, step: Step, way: string) {
  const counted = numbers.get(step.key)?.ways.map(({ name, people }): [string, number] => [name, people]);
  const ways = simulated ? (simulated.get(step.key)?.ways ?? {}) : Object.fromEntries(counted ?? []);
  const name = nameOfWay(step, way);
  const share = shareOf(ways, name);
  return share === undefined ? undefined : { count: ways[name] ?? 0, share };
}
