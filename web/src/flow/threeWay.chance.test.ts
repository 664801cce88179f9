// Two people edit one flow by chance: nothing of either is overwritten, and what comes of it is a flow.
import { describe, expect, it } from "vitest";
import type { FlowDocument } from "./document";
import { same } from "./fields";
import { namedIn } from "./references";
import { anyEdit, anyFlow, chance, pick, type Random } from "./testing/chance";
import { decided } from "./testing/decided";
import { faultsOf } from "./testing/valid";
import { merged } from "./threeWay";
import type { Side } from "./threeWayJudge";
import { reachable, stepAt } from "./ways";

function edited(document: FlowDocument, random: Random, count: number): FlowDocument {
  return Array.from({ length: count }).reduce<FlowDocument>((held) => anyEdit(held, random), document);
}

describe.each(Array.from({ length: 150 }, (_, seed) => seed))("two who edit by chance (%i)", (seed) => {
  const random = chance(seed + 5_000);
  const base = anyFlow(random);
  const [mine, theirs] = [edited(base, random, 1 + (seed % 4)), edited(base, random, 1 + (seed % 3))];
  const both = merged(base, mine, theirs);

  it("is what one did where the other did nothing", () => {
    expect(merged(base, mine, base)).toEqual({ document: mine, conflicts: [] });
    expect(merged(base, base, theirs)).toEqual({ document: theirs, conflicts: [] });
    expect(merged(base, mine, mine)).toEqual({ document: mine, conflicts: [] });
  });

  it("is the same for both", () => {
    const other = merged(base, theirs, mine);
    const turned = other.conflicts.map(({ mine: one, theirs: two, ...said }) => ({
      ...said,
      mine: two,
      theirs: one,
    }));
    const byId = (one: { id: string }, two: { id: string }) => (one.id < two.id ? -1 : 1);
    expect(turned.toSorted(byId)).toEqual(both.conflicts.toSorted(byId));
    if (both.conflicts.length === 0) expect(other.document).toEqual(both.document);
  });

  it.each<[string, (random: Random) => Side]>([
    ["mine", () => "mine"],
    ["theirs", () => "theirs"],
    ["now one, now the other", (by) => (by() < 0.5 ? "mine" : "theirs")],
  ])("can be decided: %s, and the server takes it", (_, side) => {
    const document = decided(base, mine, theirs, () => side(random));
    expect(faultsOf(document)).toEqual([]);
  });

  it("keeps every step that either added and loses none where nobody has to choose", () => {
    const was = new Set(base.steps.map(({ key }) => key));
    const added = [...mine.steps, ...theirs.steps].map(({ key }) => key).filter((key) => !was.has(key));
    expect(added.filter((key) => stepAt(both.document, key) === undefined)).toEqual([]);
    if (both.conflicts.length > 0) return;
    const found = reachable(both.document, both.document.start);
    const sides = [mine, theirs].map((side) => ({ side, found: reachable(side, side.start) }));
    const lost = both.document.steps.filter(
      ({ key }) =>
        !found.has(key) && sides.every(({ side, found: there }) => !stepAt(side, key) || there.has(key)),
    );
    expect(lost).toEqual([]);
  });

  it.each(["name", "delay", "text", "content"] as const)("overwrites nothing: %s", (field) => {
    const ids = new Set(both.conflicts.map(({ id }) => id));
    const said = (document: FlowDocument, key: string) =>
      (stepAt(document, key) as unknown as Record<string, unknown> | undefined)?.[field];
    for (const { key } of base.steps) {
      if (stepAt(mine, key) === undefined || stepAt(theirs, key) === undefined) continue;
      const [was, one, other, is] = [base, mine, theirs, both.document].map((each) => said(each, key));
      const [didOne, didOther] = [!same(one, was), !same(other, was)];
      if (didOne && didOther && !same(one, other)) expect(ids).toContain(`${key}/${field}`);
      else expect(is).toEqual(didOne ? one : other);
    }
  });
});

describe("what the two of them did", () => {
  it("was often different enough to matter", () => {
    const random = chance(99);
    const results = Array.from({ length: 200 }, () => {
      const base = anyFlow(random);
      return merged(base, edited(base, random, 4), edited(base, random, 4)).conflicts.length;
    });
    expect(results.filter((count) => count === 0).length).toBeGreaterThan(20);
    expect(results.filter((count) => count > 0).length).toBeGreaterThan(20);
  });

  it("names only steps that are there", () => {
    const random = chance(7);
    for (let count = 0; count < 50; count++) {
      const base = anyFlow(random);
      const { document } = merged(base, edited(base, random, 2), edited(base, random, 2));
      const detours = document.steps.flatMap((step) => namedIn({ ...step, only_if: null }));
      expect(pick(detours, random)).not.toBe("");
    }
  });
});
