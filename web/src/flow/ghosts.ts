// A flow with the steps that it has no more, each where it stood: what a comparison of two versions draws.
import { entriesOf } from "./branches";
import type { FlowDocument, Step } from "./document";
import { pruned } from "./fields";
import { partsOf } from "./parts";
import { leadsTo, onwards, rewired, stepAt, waysOf } from "./ways";

type To = string | null;

export interface Haunted {
  readonly document: FlowDocument;
  /** The steps that are gone. */
  readonly ghosts: ReadonlySet<string>;
  /** By step, how many of its named ways there are still; those behind them are gone. */
  readonly kept: ReadonlyMap<string, number>;
}

/**
 * Put the steps of `before` that `after` has no more on the ways on which they stood. A step that is gone leads on to
 * where the way leads now, whatever it led to once, so that the flow stays one. What stood on no way that there is still
 * hangs on none.
 */
export function haunted(before: FlowDocument, after: FlowDocument): Haunted {
  const haunt = new Haunt(before, after);
  return haunt.done();
}

class Haunt {
  private readonly steps: Map<string, Step>;
  private readonly gone: ReadonlyMap<string, Step>;
  private readonly placed = new Map<string, Step>();
  private readonly kept = new Map<string, number>();
  private start: To;

  constructor(
    private readonly before: FlowDocument,
    private readonly after: FlowDocument,
  ) {
    this.steps = new Map(after.steps.map((step) => [step.key, step]));
    this.gone = new Map(
      before.steps.filter(({ key }) => !this.steps.has(key)).map((step) => [step.key, step]),
    );
    this.start = after.start;
  }

  done(): Haunted {
    this.start = this.put(this.before.start, this.start);
    for (const was of this.before.steps) {
      const is = this.steps.get(was.key);
      if (is?.kind === was.kind) this.steps.set(was.key, this.withGhosts(was, is));
    }
    for (const step of this.gone.values()) {
      if (!this.placed.has(step.key)) this.placed.set(step.key, this.leading(step, null));
    }
    const steps = [
      ...this.after.steps.map((step) => this.steps.get(step.key) ?? step),
      ...this.placed.values(),
    ];
    return {
      document: { ...this.after, start: this.start, steps },
      ghosts: new Set(this.gone.keys()),
      kept: this.kept,
    };
  }

  /** Put what stood on the ways of a step on them again, and the ways that are gone beside them. */
  private withGhosts(was: Step, is: Step): Step {
    const parts = partsOf(is, was);
    const led = new Map(waysOf(was).map(({ way, to }) => [idOf(way), to]));
    const list = is.kind === "split" ? "arms" : "branches";
    const back = rewired(is, (way, to) => {
      const [, place] = way.split(".");
      const id = place === undefined ? way : (parts.entries[Number(place)] ?? "");
      return way === "target" ? to : this.put(led.get(id) ?? null, to);
    });
    const lost = entriesOf(was).filter((_, place) => !parts.entries.includes(`ways.${place}`));
    this.kept.set(is.key, parts.entries.length);
    if (lost.length === 0) return back;
    const again = lost.map((entry) => ({ ...entry, next: this.put(entry.next, back.next) }));
    return { ...back, [list]: [...entriesOf(back), ...again] };
  }

  /** Return where a way leads once the ghost stands on it that it led to; where it leads now if there is none. */
  private put(was: To, to: To): To {
    const ghost = was === null ? undefined : this.gone.get(was);
    if (ghost === undefined || this.placed.has(ghost.key)) return to;
    const cluster = this.clusterOf(ghost);
    const goesOn = cluster.some((step) =>
      onwards(step).some((next) => next === null || !this.gone.has(next)),
    );
    if (to !== null && !goesOn) return to;
    for (const step of cluster) this.placed.set(step.key, this.leading(step, to));
    return ghost.key;
  }

  /** Return the ghosts that a ghost leads to without a step between that is there still. */
  private clusterOf(ghost: Step): readonly Step[] {
    const found = new Map<string, Step>();
    const open = [ghost];
    for (let step = open.pop(); step !== undefined; step = open.pop()) {
      if (found.has(step.key)) continue;
      found.set(step.key, step);
      for (const key of leadsTo(step)) {
        const next = key === null || this.placed.has(key) ? undefined : this.gone.get(key);
        if (next !== undefined) open.push(next);
      }
    }
    return [...found.values()];
  }

  private leading(step: Step, on: To): Step {
    const led = rewired(step, (way, to) => {
      if (way === "target") return stepAt(this.after, to) === undefined ? null : to;
      return to !== null && this.gone.has(to) ? to : on;
    });
    return pruned({ ...led, on_skip: {}, on_failure: {} });
  }
}

/** Return by what name `partsOf` knows a way of the step that it compares with. */
function idOf(way: string): string {
  const [, place] = way.split(".");
  return place === undefined ? way : `ways.${place}`;
}
