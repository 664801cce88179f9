// Nodes put anywhere by chance: nothing covers anything else, what was put stands, and what nobody touched stays.
import { describe, expect, it } from "vitest";
import type { FlowDocument } from "./document";
import { END_ID, graphOf, START_ID } from "./graph";
import { layoutOf, type Box, type Layout, type Point } from "./layout";
import { APART, FARTHEST, positioned, roomFor, snapped, stepped, type Positions } from "./positions";
import { anyFlow, chance, type Random } from "./testing/chance";
import { FORK, lineOf } from "./testing/steps";

const wide = () => 90;
const FLOWS = Array.from({ length: 40 }, (_, index) => {
  const random = chance(index + 1);
  const document = anyFlow(random, 3 + Math.floor(random() * 35));
  return [index + 1, document, anywhere(document, random)] as const;
});

/** Put some steps somewhere near the flow, a few of them at one and the same place. */
function anywhere({ steps }: FlowDocument, random: Random): Positions {
  const at = () => Math.round((random() - 0.3) * 1_500);
  const one = { x: at(), y: at() };
  return new Map(
    steps
      .filter(() => random() < 0.5)
      .map(({ key }): [string, Point] => [key, random() < 0.3 ? one : { x: at(), y: at() }]),
  );
}

describe.each(FLOWS)("flow %i with nodes put anywhere", (_, document, positions) => {
  const graph = graphOf(document);
  const home = layoutOf(graph, wide);
  const layout = positioned(graph, home, positions);

  it("covers no node with another", () => {
    expect(covered(layout)).toEqual([]);
    expect([...layout.boxes.keys()]).toEqual([...home.boxes.keys()]);
  });

  it("leaves each where it was put, unless another one stands there already", () => {
    const kept = new Map<string, Box>([[START_ID, boxAt(layout, START_ID)]]);
    for (const { id } of graph.nodes) {
      const at = positions.get(id);
      if (at === undefined) continue;
      const wanted = { ...boxAt(home, id), ...at };
      const isTaken = [...kept.values()].some((other) => near(wanted, other));
      if (!isTaken) expect(boxAt(layout, id)).toEqual(wanted);
      kept.set(id, boxAt(layout, id));
    }
  });

  it("moves nothing else but what something was put upon", () => {
    const put = [...layout.boxes].filter(([id]) => positions.has(id)).map(([, box]) => box);
    for (const [id, box] of home.boxes) {
      if (positions.has(id) || put.some((other) => near(box, other))) continue;
      expect(boxAt(layout, id)).toEqual(box);
    }
  });

  it("leads every edge from its node to its node, level or upright", () => {
    for (const edge of graph.edges) {
      const points = layout.routes.get(edge.id)?.points ?? [];
      expect(touches(boxAt(layout, edge.from), points[0])).toBe(true);
      expect(touches(boxAt(layout, edge.to), points.at(-1))).toBe(true);
      const slanted = points.some((point, index) => {
        const next = points[index + 1] ?? point;
        return point.x !== next.x && point.y !== next.y;
      });
      expect(slanted).toBe(false);
    }
  });

  it("has a name and a place for another step wherever the layout has one", () => {
    for (const [id, { name, plus }] of home.routes) {
      const route = layout.routes.get(id);
      expect([route?.name !== undefined, route?.plus !== undefined]).toEqual([
        name !== undefined,
        plus !== undefined,
      ]);
    }
  });

  it("is the same each time", () => {
    const again = positioned(graphOf(structuredClone(document)), home, new Map([...positions].reverse()));
    expect([...again.boxes]).toEqual([...layout.boxes]);
    expect([...again.routes]).toEqual([...layout.routes]);
  });

  it("finds room for one that is put down upon another", () => {
    const [key] = positions.keys();
    const [id, other] = [...layout.boxes].find(([each]) => each !== key && positions.has(each)) ?? [];
    if (key === undefined || id === undefined || other === undefined) return;
    const at = roomFor(layout, positions, key, other);
    const after = positioned(graph, home, new Map([...positions, [key, at]]));
    const there = { ...boxAt(layout, key), ...at };
    for (const [each, box] of layout.boxes) {
      if (each !== key && positions.has(each)) expect(near(there, box)).toBe(false);
    }
    expect(covered(after)).toEqual([]);
  });
});

describe("positions", () => {
  const graph = graphOf(FORK);
  const home = layoutOf(graph, wide);

  it("cost nothing where nobody put anything, or only steps that are gone", () => {
    expect(positioned(graph, home, new Map())).toBe(home);
    expect(positioned(graph, home, new Map([["gone", { x: 0, y: 0 }]]))).toBe(home);
  });

  it("lead a way around what stands between", () => {
    const line = graphOf(lineOf("a", "b", "c"));
    const at = layoutOf(line, wide);
    const layout = positioned(line, at, new Map([["b", { x: 600, y: boxAt(at, "b").y }]]));
    expect(boxAt(layout, "c")).toEqual(boxAt(at, "c"));
    const points = layout.routes.get("b:next")?.points ?? [];
    expect([...layout.boxes.values()].filter((box) => runsOver(points, box))).toEqual([]);
  });

  it("keep a way off a node that was put upon it", () => {
    const away = { x: 900, y: 0 };
    const random = { x: boxAt(home, "last").x, y: boxAt(home, "yes").y };
    const layout = positioned(
      graph,
      home,
      new Map([
        ["no", away],
        ["yes", random],
      ]),
    );
    for (const [id, { points }] of layout.routes) {
      const over = [...layout.boxes].filter(([, box]) => runsOver(points, box)).map(([key]) => key);
      expect([id, over]).toEqual([id, []]);
    }
  });

  it("push the end aside, and nothing pushes the start", () => {
    const upon = new Map([
      ["yes", boxAt(home, END_ID)],
      ["no", boxAt(home, START_ID)],
    ]);
    const layout = positioned(graph, home, upon);
    expect(boxAt(layout, START_ID)).toEqual(boxAt(home, START_ID));
    expect(boxAt(layout, "no")).not.toEqual(boxAt(home, START_ID));
    expect(boxAt(layout, END_ID)).not.toEqual(boxAt(home, END_ID));
    expect(covered(layout)).toEqual([]);
  });

  it.each([Number.NaN, Infinity, -Infinity, 1e300, -1e300])("that no sheet has (%d) do no harm", (far) => {
    const layout = positioned(graph, home, new Map([["yes", { x: far, y: far }]]));
    expect(covered(layout)).toEqual([]);
    for (const { x, y } of layout.boxes.values())
      expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThanOrEqual(FARTHEST);
  });

  it("may put five hundred steps at one place", () => {
    const keys = Array.from({ length: 500 }, (_, index) => `s${index}`);
    const long = graphOf(lineOf(...keys));
    const layout = positioned(long, layoutOf(long, wide), new Map(keys.map((key) => [key, { x: 0, y: 0 }])));
    expect(covered(layout)).toEqual([]);
  });
});

describe("a node that is dragged", () => {
  const other: Box = { x: 100, y: 300, width: 212, height: 88, row: 1 };
  const box = (x: number, y: number): Box => ({ x, y, width: 212, height: 88, row: 1 });

  it("snaps to the grid where no neighbour has a line", () => {
    expect(snapped(box(1_003, 1_003), [])).toEqual({ point: { x: 1_008, y: 1_008 }, guides: [] });
  });

  it("snaps to the edges and the middle of a neighbour, and shows the line", () => {
    const { point, guides } = snapped(box(105, 700), [other]);
    expect(point.x).toBe(100);
    expect(guides).toEqual([{ axis: "x", at: 100, from: 300, to: point.y + 88 }]);
    const pill: Box = { ...other, height: 34 };
    expect(snapped(box(600, 300 + 17 - 44 + 3), [pill]).point.y).toBe(300 + 17 - 44);
  });

  it("does not look at those far away", () => {
    expect(snapped(box(105, 2_000), [other]).guides).toEqual([]);
  });

  it("goes to the next line of the grid by a key, wherever it stands", () => {
    expect([stepped(7, 1), stepped(7, -1), stepped(16, 1), stepped(16, -1), stepped(7, 0)]).toEqual([
      16, 0, 32, 0, 7,
    ]);
  });
});

function boxAt({ boxes }: Layout, id: string): Box {
  const box = boxes.get(id);
  if (box === undefined) throw new Error(`no box for ${id}`);
  return box;
}

function covered({ boxes }: Layout): readonly Box[] {
  const all = [...boxes.values()];
  return all.filter((box, index) => all.some((other, at) => at > index && isOver(box, other)));
}

function isOver(a: Box, b: Box, { x, y }: Point = { x: 0, y: 0 }): boolean {
  const isBeside = a.x >= b.x + b.width + x || b.x >= a.x + a.width + x;
  return !isBeside && a.y < b.y + b.height + y && b.y < a.y + a.height + y;
}

function near(a: Box, b: Box): boolean {
  return isOver(a, b, APART);
}

function touches(box: Box, point: Point | undefined): boolean {
  if (point === undefined) return false;
  const isBeside = point.x >= box.x && point.x <= box.x + box.width;
  return isBeside && point.y >= box.y && point.y <= box.y + box.height;
}

function runsOver(points: readonly Point[], box: Box): boolean {
  return points.some((point, index) => {
    const next = points[index + 1] ?? point;
    const line = {
      ...box,
      x: Math.min(point.x, next.x),
      y: Math.min(point.y, next.y),
      width: Math.abs(point.x - next.x),
      height: Math.abs(point.y - next.y),
    };
    return isOver(line, box);
  });
}
