import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, describe, expect, it, vi } from "vitest";
import type { Sequence } from "@/api/sequences";
import { draw } from "@/app/testing/draw";
import { serve } from "@/app/testing/server";
import { mail } from "@/flow/testing/steps";
import type { InspectorProps } from "../Inspector";
import { ownWords, type Sendable, withWords } from "./ownWords";
import { WriteThis } from "./WriteThis";

const TAG = '{{ contact.first_name | default: "there" }}';
const MADE = {
  subject: "Bikes, Alex",
  text: "Hi Alex, shall we talk?",
  source_subject: `Bikes, ${TAG}`,
  source_text: `Hi ${TAG}, shall we talk?`,
  concerns: [],
  facts: [],
  agent: { id: 1, name: "Robin" },
  model: "small",
  cost: null,
};

beforeAll(() => {
  // jsdom loads no fonts; text areas that grow listen for them.
  Object.defineProperty(document, "fonts", { value: new EventTarget(), configurable: true });
});

async function open(answers: Readonly<Record<string, unknown>>) {
  serve(answers);
  const step = {
    ...mail("own", null),
    content: { subject: "Bikes", text: "Hi all, shall we talk?" },
  } as Sendable;
  const change = vi.fn();
  const props = { step, sequence: { id: 7 } as Sequence, readOnly: false, acts: { change } };
  await draw(
    <WriteThis {...(props as unknown as InspectorProps & { step: Sendable })} onClose={() => undefined} />,
  );
  return change;
}

describe("letting a model write a step", () => {
  it("shows what changes, and changes nothing before it is taken over", async () => {
    const change = await open({ "POST /api/sequences/7/write": MADE });
    expect(screen.getByRole("button", { name: "Use this text" })).toBeDisabled();
    await userEvent.click(screen.getByText("Shorter"));
    await userEvent.click(screen.getByRole("button", { name: "Write" }));
    expect((await screen.findAllByText(/first_name/, { selector: "ins" })).length).toBeGreaterThan(0);
    expect(screen.getByText("all,", { selector: "del" })).toBeInTheDocument();
    expect(change).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole("button", { name: "Use this text" }));
    expect(change).toHaveBeenCalledWith("own", {
      content: { subject: MADE.source_subject, text: MADE.source_text },
    });
  });
});

describe("a message with other words", () => {
  const words = { subject: "S", text: "A\n\nB" };
  it.each<[string, object, object]>([
    ["a text", { kind: "sms", text: "x" }, { text: "A\n\nB" }],
    ["a script", { kind: "voice", script: "x" }, { script: "A\n\nB" }],
    [
      "a plain mail",
      { kind: "email", content: { text: "x" } },
      { content: { subject: "S", text: "A\n\nB" } },
    ],
    [
      "a formatted mail",
      { kind: "email", content: { html: "<p>x</p>", preheader: "p" } },
      { content: { preheader: "p", subject: "S", html: "<p>A</p><p>B</p>" } },
    ],
  ])("stays %s", (_, step, changed) => {
    expect(withWords(step as Sendable, words)).toEqual(changed);
    expect(ownWords({ ...step, ...changed } as Sendable).text.trim()).toBe(words.text);
  });
});
