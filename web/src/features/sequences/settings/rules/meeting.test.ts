import { expect, it } from "vitest";
import { met } from "./meeting";

const [A, B, C] = [{ event: "a" }, { event: "b" }, { event: "c" }];

it.each([
  ["a line of each", { any: [A] }, { any: [A, B] }, { any: [A, C] }, { any: [A, C, B] }],
  ["the same line of both", { any: [A] }, { any: [A, B] }, { any: [A, B] }, { any: [A, B] }],
  ["one takes, one adds", { any: [A, B] }, { any: [A] }, { any: [A, B, C] }, { any: [A, C] }],
  [
    "another part each",
    { any: [A], all: B },
    { any: [A, C], all: B },
    { any: [A], all: C },
    { any: [A, C], all: C },
  ],
  ["a part that went", { any: [A], all: B }, { any: [A, C], all: B }, { any: [A] }, { any: [A, C] }],
  ["both take the same", { any: [A, B] }, { any: [A] }, { any: [A] }, { any: [A] }],
])("brings together: %s", (_, base, mine, theirs, both) => {
  expect(met<unknown>(base, mine, theirs)).toEqual({ value: both });
});

it.each([
  ["both write the first rule", null, { any: [A] }, { any: [B] }],
  ["both change one line", { any: [A] }, { any: [B] }, { any: [C] }],
  ["one changes what the other removes", { any: [A, C] }, { any: [B, C] }, { any: [C] }],
  ["one removes the rule", { any: [A] }, { any: [A, B] }, null],
  ["both change one word", { on: "a" }, { on: "b" }, { on: "c" }],
  ["one puts lines in another order", [A, B], [B, A], [A, B, C]],
])("lets a person choose where %s", (_, base, mine, theirs) => {
  expect(met<unknown>(base, mine, theirs)).toBeUndefined();
});

const RULES = [null, { any: [] }, { any: [A] }, { any: [A, B] }, { any: [B, A] }, { any: [A, A], all: C }];
const PAIRS = RULES.flatMap((base) => RULES.map((other) => [base, other] as const));

it.each(PAIRS)("takes what one of them did alone as it is: %j, %j", (base, other) => {
  expect(met<unknown>(base, base, other)).toEqual({ value: other });
  expect(met<unknown>(base, other, base)).toEqual({ value: other });
});
