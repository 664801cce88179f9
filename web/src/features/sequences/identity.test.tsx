// One flow, two ways to work on it: what is done in the steps editor and the same done on the canvas give one flow.
import { act } from "@testing-library/react";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { draw } from "@/app/testing/draw";
import { blockOf } from "@/flow/blocks";
import type { FlowDocument, Step } from "@/flow/document";
import { inOrder, places } from "@/flow/outline";
import { namedIn } from "@/flow/references";
import { anyFlow, chance, pick, type Random } from "@/flow/testing/chance";
import { faultsOf } from "@/flow/testing/valid";
import { rewired, START, stepAt, waysOf } from "@/flow/ways";
import { OFFERS } from "./editor/offers";
import type { Acts } from "./editor/useActs";
import { aLine, anyDeed, keyed, opened } from "./testing/deeds";

const SEEDS = Array.from({ length: 40 }, (_, index) => index + 1);
/** All but what ends a way or leads back: what they are put into stays a line. */
const PLAIN = OFFERS.filter(({ kind }) =>
  ["email", "sms", "whatsapp", "voice", "task", "notify", "tag", "set_field", "set_stage", "list"].includes(
    kind,
  ),
);

beforeAll(async () => {
  await draw(<></>);
});

beforeEach(() => {
  vi.useFakeTimers();
  return () => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  };
});

describe.each([
  ["a line", (random: Random) => aLine(random), PLAIN],
  ["a line that branches", (random: Random) => aLine(random), OFFERS],
  ["any flow", (random: Random) => anyFlow(random), OFFERS],
])("%s, edited in the steps editor or on the canvas", (_, begun, offers) => {
  it.each(SEEDS)("becomes the same flow, and undone the one it was (%i)", async (seed) => {
    const random = chance(seed);
    const first = begun(random);
    const [line, canvas] = [await opened(structuredClone(first)), await opened(structuredClone(first))];
    for (let count = 0; count < 15; count++) {
      const { name, inSteps, onCanvas } = anyDeed(line.now(), random, offers);
      keyed(seed * 100 + count, () => {
        inSteps(line.acts);
      });
      keyed(seed * 100 + count, () => {
        onCanvas(canvas.several, canvas.acts);
      });
      expect([name, canvas.now()]).toEqual([name, line.now()]);
      expect([name, faultsOf(line.now())]).toEqual([name, []]);
    }
    for (const page of [line, canvas]) {
      await page.store.flush();
      expect(page.saved()).toEqual(page.now());
      expect(page.now()).not.toEqual(first);
      while (page.canUndo()) page.store.undo();
      expect(page.now()).toEqual(first);
    }
  });
});

describe("a line that becomes a flow with branches", () => {
  it.each(SEEDS)(
    "keeps every step as it was, and is the line again once the branch goes (%i)",
    async (seed) => {
      const random = chance(seed);
      const first = aLine(random);
      const page = await opened(first);
      const fork =
        pick(
          OFFERS.filter(({ kind }) => FORKS.includes(kind)),
          random,
        ) ?? expect.fail("none");
      const slot = pick(places(first), random) ?? START;
      keyed(seed, () => {
        page.several.put(slot, fork);
      });
      const grown = page.now();
      const made =
        grown.steps.find(({ key }) => stepAt(first, key) === undefined) ?? expect.fail("not added");
      for (const step of first.steps) {
        const { next, ...kept } = step;
        expect(stepAt(grown, step.key)).toEqual({ ...kept, next: step.key === slot.step ? made.key : next });
      }
      expect(inOrder(grown).filter((key) => key !== made.key)).toEqual(inOrder(first));
      act(() => {
        page.acts.remove(made.key);
      });
      expect(page.now()).toEqual(first);
    },
  );

  const FORKS: readonly string[] = ["condition", "split", "ai_decide", "ai_qualify", "wait_for"];
});

describe("a flow with branches that is edited line by line", () => {
  it.each(SEEDS)("keeps all that the edit is not about (%i)", async (seed) => {
    const random = chance(seed);
    const page = await opened(anyFlow(random));
    for (let count = 0; count < 15; count++) {
      const before = page.now();
      const key = pick(before.steps, random)?.key ?? "";
      const by = random() < 0.5 ? 1 : -1;
      const moved = { name: `move ${key} by ${String(by)}`, about: key, inSteps: movedBy(key, by) };
      const { name, about, inSteps } = random() < 0.3 ? moved : anyDeed(before, random, OFFERS);
      keyed(seed * 100 + count, () => {
        inSteps(page.acts);
      });
      expect([name, changedBeside(before, page.now(), about)]).toEqual([name, []]);
    }
  });
});

function movedBy(key: string, by: number) {
  return (acts: Acts) => {
    acts.moveBy(key, by);
  };
}

/** List what an edit changed of steps that it is not about: their own fields, or a way that has nothing to do with it. */
function changedBeside(before: FlowDocument, after: FlowDocument, about: string): readonly string[] {
  const keys = (document: FlowDocument) => document.steps.map(({ key }) => key);
  const concerned = new Set([
    about,
    ...without(keys(before), keys(after)),
    ...without(keys(after), keys(before)),
  ]);
  const block = blockOf(before, about).keys;
  return before.steps.flatMap((step) => {
    const now = stepAt(after, step.key);
    if (now === undefined || step.key === about) return [];
    const names = namedIn(step).some((key) => concerned.has(key));
    const isSame = names || JSON.stringify(bare(step)) === JSON.stringify(bare(now));
    const led = waysOf(now);
    const bent = waysOf(step).filter(({ way, to }) => {
      const other = led.find((each) => each.way === way)?.to ?? null;
      return to !== other && way !== "target" && ![to, other].some((each) => concerned.has(each ?? ""));
    });
    const ways = block.has(step.key) ? [] : bent.map(({ way }) => `${step.key}: ${way}`);
    return [...(isSame ? [] : [step.key]), ...ways];
  });
}

function without(keys: readonly string[], others: readonly string[]): readonly string[] {
  return keys.filter((key) => !others.includes(key));
}

/** A step without where it leads. */
function bare(step: Step): Step {
  return rewired(step, () => null);
}
