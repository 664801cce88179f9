import type { FlowDocument, Step } from "../document";

/** A short mail, for tests. */
export function mail(key: string, next: string | null, delay = "2d"): Step {
  return { key, kind: "email", delay, next, content: { subject: key, text: "Hello" } };
}

/** A line of mails two days apart, for tests. */
export function lineOf(...keys: readonly string[]): FlowDocument {
  return {
    format: 1,
    start: keys[0] ?? null,
    steps: keys.map((key, index) => mail(key, keys[index + 1] ?? null, index === 0 ? "0m" : "2d")),
  };
}

/** Two ways that meet again: `ask` leads to `yes` or `no`, both to `last`. */
export const FORK: FlowDocument = {
  format: 1,
  start: "ask",
  steps: [
    {
      key: "ask",
      kind: "condition",
      delay: "1d",
      branches: [{ name: "replied", condition: { rules: [] }, next: "yes" }],
      next: "no",
    },
    mail("yes", "last", "1d"),
    mail("no", "last", "3d"),
    mail("last", null, "1d"),
  ],
};
