import { describe, expect, it } from "vitest";
import type { FlowDocument, Step } from "./document";
import { outline } from "./outline";
import { FORK, lineOf, mail } from "./testing/steps";
import { linear, plainLine, reachable } from "./ways";

const flow = (...steps: Step[]): FlowDocument => ({ format: 1, start: steps[0]?.key ?? null, steps });

describe("a line", () => {
  it.each<[string, FlowDocument, string[] | undefined]>([
    ["is an empty flow", flow(), []],
    [
      "is steps one after the other, in whatever order they are written",
      flow(mail("b", "a"), mail("a", null)),
      ["b", "a"],
    ],
    ["is not a flow with branches", FORK, undefined],
    ["is not a flow with a step left over", flow(mail("a", null), mail("b", null)), undefined],
    ["is not a circle", flow(mail("a", "b"), mail("b", "a")), undefined],
    [
      "is not a flow with a detour",
      flow({ ...mail("a", "b"), on_skip: { kind: "step", step: "c" } }, mail("b", "c"), mail("c", null)),
      undefined,
    ],
    ["ends at an end", flow(mail("a", "e"), { key: "e", kind: "end", delay: "0m", next: null }), ["a", "e"]],
  ])("%s", (_, document, expected) => {
    expect(linear(document)).toEqual(expected);
  });
});

it("is no plain line with a condition whose branches lead the same way: each has its own place", () => {
  const branches = [{ name: "x", condition: {}, next: "b" }];
  const document = flow({ key: "a", kind: "condition", delay: "0m", branches, next: "b" }, mail("b", null));
  expect(linear(document)).toEqual(["a", "b"]);
  expect(plainLine(document)).toBeUndefined();
  expect(plainLine(lineOf("a", "b"))).toEqual(["a", "b"]);
});

describe("the outline", () => {
  const written = (document: FlowDocument) =>
    outline(document).map((row) => {
      const indent = "depth" in row ? "  ".repeat(row.depth) : "";
      return (
        indent +
        ("key" in row ? row.key : "way" in row ? `[${row.way}]` : "to" in row ? `> ${row.to}` : row.row)
      );
    });

  it("is the line itself for a line", () => {
    expect(written(lineOf("a", "b"))).toEqual(["a", "b", "end"]);
  });

  it("sets ways below their step and what they share below all", () => {
    expect(written(FORK)).toEqual([
      "ask",
      "  [branches.0]",
      "  yes",
      "  below",
      "  [next]",
      "  no",
      "  below",
      "last",
      "end",
    ]);
  });

  it("names a step shown elsewhere and ends that differ", () => {
    const document = flow(
      {
        key: "ask",
        kind: "condition",
        delay: "0m",
        branches: [{ name: "x", condition: {}, next: "a" }],
        next: null,
      },
      mail("a", "ask"),
    );
    expect(written(document)).toEqual([
      "ask",
      "  [branches.0]",
      "  a",
      "  > ask",
      "  [next]",
      "  below",
      "end",
    ]);
  });

  it("lets the others go on below where a way ends early", () => {
    const document = flow(
      {
        key: "ask",
        kind: "condition",
        delay: "0m",
        branches: [{ name: "x", condition: {}, next: "stop" }],
        next: "a",
      },
      { key: "stop", kind: "end", delay: "0m", next: null },
      mail("a", null),
    );
    expect(written(document)).toEqual(["ask", "  [branches.0]", "  stop", "  [next]", "  below", "a", "end"]);
  });

  it("does not fork where a step leads back", () => {
    const endless = { key: "back", kind: "go_to", delay: "1d", target: "a" } as const;
    const back: Step = { ...endless, max_rounds: 2, next: "b" };
    expect(written(flow(mail("a", "back"), back, mail("b", null)))).toEqual(["a", "back", "b", "end"]);
    expect(written(flow(mail("a", "back"), { ...endless, next: null }))).toEqual(["a", "back"]);
  });

  it("sets a fork within a branch inside it", () => {
    const inner: Step = {
      key: "in",
      kind: "split",
      delay: "0m",
      arms: [
        { name: "A", next: "x" },
        { name: "B", next: "y" },
      ],
      next: "y",
    };
    const document = flow(
      {
        key: "ask",
        kind: "condition",
        delay: "0m",
        branches: [{ name: "n", condition: {}, next: "in" }],
        next: "last",
      },
      inner,
      mail("x", "last"),
      mail("y", "last"),
      mail("last", null),
    );
    expect(written(document)).toEqual([
      "ask",
      "  [branches.0]",
      "  in",
      "    [arms.0]",
      "    x",
      "    below",
      "    [arms.1]",
      "    y",
      "    below",
      "    [next]",
      "    > y",
      "  below",
      "  [next]",
      "  below",
      "last",
      "end",
    ]);
  });

  it("lists what no way reaches last", () => {
    expect(written(flow(mail("a", null), mail("b", null)))).toEqual(["a", "end", "unreached", "b"]);
  });
});

it("reaches what lies ahead and nothing else", () => {
  expect([...reachable(FORK, "no")]).toEqual(["no", "last"]);
  expect([...reachable(FORK, null)]).toEqual([]);
});
