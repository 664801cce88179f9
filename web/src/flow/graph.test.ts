// Flows by chance as pictures: nothing is missing, nothing is there twice, nothing covers anything else.
import { describe, expect, it } from "vitest";
import { forks, meeting } from "./blocks";
import type { FlowDocument, Step } from "./document";
import { EMPTY } from "./edits";
import { END_ID, graphOf, START_ID } from "./graph";
import { layoutOf, type Box } from "./layout";
import { meetings } from "./meetings";
import { inOrder, outline } from "./outline";
import { anyEdit, anyFlow, chance } from "./testing/chance";
import { FORK, lineOf, mail } from "./testing/steps";
import { onwards, waysOf } from "./ways";

const wide = () => 90;
const FLOWS: readonly (readonly [string, FlowDocument])[] = [
  ["nothing", EMPTY],
  ["a line", lineOf("a", "b", "c")],
  ["a fork", FORK],
  ...Array.from({ length: 25 }, (_, index) => {
    const random = chance(index + 1);
    return [`flow ${index + 1}`, anyFlow(random, 3 + Math.floor(random() * 35))] as const;
  }),
  // Edits by chance cut steps off, lead ways into other lanes, and in circles.
  ...Array.from({ length: 25 }, (_, index) => {
    const random = chance(100 + index);
    let document = anyFlow(random, 8);
    for (let count = 0; count < 20; count++) document = anyEdit(document, random);
    return [`flow ${index + 1} after twenty edits`, document] as const;
  }),
];

describe.each(FLOWS)("the picture of %s", (_, document) => {
  const graph = graphOf(document);
  const { boxes, routes } = layoutOf(graph, wide);

  it("has each step once, in the order of the outline", () => {
    const keys = graph.nodes.flatMap(({ step }) => step?.key ?? []);
    expect(keys).toEqual(inOrder(document));
    expect([...boxes.keys()].toSorted()).toEqual(graph.nodes.map(({ id }) => id).toSorted());
  });

  it("has an edge for each way that somebody may take, and no other", () => {
    const drawn = graph.edges.filter(({ way }) => way !== undefined).map(({ id }) => id);
    expect(new Set(drawn).size).toBe(drawn.length);
    const ways = document.steps.flatMap((step) => taken(step).map((way) => `${step.key}:${way}`));
    const moot = document.steps.filter(({ kind }) => kind === "split").map(({ key }) => `${key}:next`);
    expect([...drawn, ...moot]).toEqual(expect.arrayContaining(["start:start", ...ways]));
    expect(["start:start", ...ways]).toEqual(expect.arrayContaining(drawn));
  });

  it("covers no node with another", () => {
    const all = [...boxes.values()];
    const covered = all.filter((box, index) => all.some((other, at) => at > index && overlap(box, other)));
    expect(covered).toEqual([]);
  });

  it("leads every edge from its node to its node", () => {
    for (const edge of graph.edges) {
      const points = routes.get(edge.id)?.points ?? [];
      expect(touches(boxes.get(edge.from), points[0])).toBe(true);
      expect(touches(boxes.get(edge.to), points.at(-1))).toBe(true);
    }
  });

  it("lets ways down the lanes run beside the nodes, never over them", () => {
    const order = inOrder(document);
    const crossing = graph.edges
      .filter(({ role, to, from }) => role === "way" && !isCrossing(document, from, to, order))
      .filter(({ id }) => [...boxes.values()].some((box) => runsOver(routes.get(id)?.points ?? [], box)));
    expect(crossing.map(({ id }) => id)).toEqual([]);
  });

  it("is the same each time", () => {
    const again = layoutOf(graphOf(structuredClone(document)), wide);
    expect([...again.boxes]).toEqual([...boxes]);
    expect([...again.routes]).toEqual([...routes]);
  });

  it("offers the places that the outline offers", () => {
    const rows = outline(document);
    const lost = new Set(
      rows.flatMap((row) => (row.row === "step" && row.slot === undefined ? [row.key] : [])),
    );
    const slots = graph.nodes.flatMap(({ id, slot }) => (slot !== undefined && !lost.has(id) ? [slot] : []));
    const offered = rows.flatMap((row) => ("slot" in row ? [row.slot] : []));
    expect(offered).toEqual(expect.arrayContaining(slots));
  });

  it("knows where ways meet, as an edit does", () => {
    const found = meetings(document);
    for (const step of document.steps.filter(forks)) {
      expect([step.key, found.get(step.key)]).toEqual([step.key, meeting(document, step)]);
    }
  });
});

describe("a picture", () => {
  it("sets the ways of a step side by side, in their order, below it", () => {
    const { boxes } = layoutOf(graphOf(FORK), wide);
    const at = (key: string) => boxes.get(key) ?? { x: Number.NaN, y: Number.NaN, row: Number.NaN };
    expect(at("yes").x).toBeLessThan(at("no").x);
    expect(at("yes").row).toBe(at("no").row);
    expect(at("last").row).toBe(at("no").row + 1);
    expect(at("ask").x).toBe((at("yes").x + at("no").x) / 2);
  });

  it("has no kink in the middle way of three that are nearly even", () => {
    const names = ["one", "two", "three"];
    const branches = names.map((name) => ({ name, condition: { rules: [] }, next: name }));
    const ask: Step = {
      key: "ask",
      kind: "condition",
      delay: "0m",
      branches: branches.slice(0, 2),
      next: "three",
    };
    const steps = [ask, ...names.map((name) => mail(name, null))];
    const uneven = (edge: { readonly id: string }) => (edge.id === "ask:branches.0" ? 230 : 90);
    const { boxes, routes } = layoutOf(graphOf({ format: 1, start: "ask", steps }), uneven);
    expect(boxes.get("two")?.x).toBe(boxes.get("ask")?.x);
    expect(routes.get("ask:branches.1")?.points).toHaveLength(2);
  });

  it("leads a way into another lane in from above, over no step, its words beside them", () => {
    const wait: Step = {
      key: "w",
      kind: "wait_for",
      delay: "0m",
      event: "replied",
      next: "yes",
      timed_out: null,
    };
    const steps = FORK.steps.map((step) => (step.key === "no" ? { ...wait, key: "no" } : step));
    const { boxes, routes } = layoutOf(graphOf({ ...FORK, steps }), wide);
    const { points = [], name } = routes.get("no:next") ?? {};
    const [yes, no] = [sidesOf(boxes.get("yes")), sidesOf(boxes.get("no"))];
    expect(yes.top).toBe(no.top);
    expect(points.at(-1)).toEqual({ x: yes.middle, y: yes.top });
    expect([...boxes.values()].filter((box) => runsOver(points, box))).toEqual([]);
    expect(name?.x).toBeGreaterThanOrEqual(no.right + wide() / 2);
  });

  it("moves nothing above an edit", () => {
    const before = layoutOf(graphOf(lineOf("a", "b", "c")), wide).boxes;
    const after = layoutOf(graphOf(lineOf("a", "b", "x", "c")), wide).boxes;
    for (const id of [START_ID, "a", "b"]) expect(after.get(id)).toEqual(before.get(id));
  });

  it("shows what no way leads to beside the flow", () => {
    const graph = graphOf({ ...lineOf("a"), steps: [mail("a", null), mail("b", null)] });
    const { boxes } = layoutOf(graph, wide);
    expect(boxes.get("b")?.x).toBeGreaterThan((boxes.get("a")?.x ?? 0) + 212);
    expect(graph.nodes.find(({ id }) => id === "b")?.slot).toBeUndefined();
  });

  it("needs no end where every way stops", () => {
    const end: Step = { key: "e", kind: "end", delay: "0m", next: null };
    expect(graphOf({ format: 1, start: "e", steps: [end] }).nodes.map(({ id }) => id)).toEqual([
      START_ID,
      "e",
    ]);
    expect(graphOf(EMPTY).nodes.map(({ id }) => id)).toEqual([START_ID, END_ID]);
  });
});

function sidesOf(box: Box | undefined) {
  const { x, y, width } = box ?? { x: Number.NaN, y: Number.NaN, width: Number.NaN };
  return { top: y, middle: x + width / 2, right: x + width };
}

function taken(step: Step): readonly string[] {
  const ways = waysOf(step).map(({ way }) => way);
  return onwards(step).length > 0 ? ways : ways.filter((way) => way === "target");
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function touches(box: Box | undefined, point: { x: number; y: number } | undefined): boolean {
  if (box === undefined || point === undefined) return false;
  const isBeside = point.x >= box.x && point.x <= box.x + box.width;
  return isBeside && point.y >= box.y && point.y <= box.y + box.height;
}

function runsOver(points: readonly { x: number; y: number }[], box: Box): boolean {
  return points.some((point, index) => {
    const next = points[index + 1];
    if (next === undefined) return false;
    const [left, right] = [Math.min(point.x, next.x), Math.max(point.x, next.x)];
    const [top, bottom] = [Math.min(point.y, next.y), Math.max(point.y, next.y)];
    return right > box.x && left < box.x + box.width && bottom > box.y && top < box.y + box.height;
  });
}

/** Tell whether an edge leads into another lane, or back: it cannot run down its own. */
function isCrossing(document: FlowDocument, from: string, to: string, order: readonly string[]): boolean {
  if (order.includes(to) && order.indexOf(to) <= order.indexOf(from)) return true;
  return outline(document).some((row) => row.row === "joins" && row.to === to);
}
