import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, describe, expect, it, vi } from "vitest";
import type { Sequence } from "@/api/sequences";
import { draw } from "@/app/testing/draw";
import { serve } from "@/app/testing/server";
import type { EmailContent, EmailStep } from "@/flow/document";
import { mail } from "@/flow/testing/steps";
import { IDLE } from "../../editor/idle";
import { EmailForm } from "../EmailForm";

const ADVICE = { advice: [{ code: "link_shortener", message: "bit.ly hides where a link leads." }] };

async function open(content: EmailContent, language: "en" | "de" = "en") {
  serve({ "GET /api/merge-tags": [], "POST /api/sequences/7/preview": ADVICE });
  const step = { ...mail("own", null), content } as EmailStep;
  const change = vi.fn();
  await draw(
    <EmailForm
      step={step}
      position={0}
      sequence={{ id: 7 } as Sequence}
      document={{ format: 1, start: "own", steps: [step] }}
      days={new Map()}
      chosen="own"
      problems={() => []}
      readOnly={false}
      acts={{ ...IDLE, change }}
    />,
    { language },
  );
  return change;
}

beforeAll(() => {
  // jsdom loads no fonts; text areas that grow listen for them.
  Object.defineProperty(document, "fonts", { value: new EventTarget(), configurable: true });
});

describe("the form of a mail", () => {
  it("turns a text into MJML, as an edit of its own", async () => {
    const change = await open({ subject: "Hi", text: "Hello" });
    await userEvent.click(screen.getByText("MJML"));
    const [key, fields, about] = change.mock.calls[0] as [string, { content: EmailContent }, unknown];
    expect([key, about]).toEqual(["own", undefined]);
    expect(fields.content.text).toBeUndefined();
    expect(fields.content.mjml).toContain("<p>Hello</p>");
  });

  it("shows the source of MJML, with the plain text that is made of it", async () => {
    await open({ mjml: "<mjml><mj-body><mj-text>Hello there</mj-text></mj-body></mjml>" });
    expect(screen.getByRole("textbox", { name: "MJML of the mail" })).toHaveValue(
      "<mjml><mj-body><mj-text>Hello there</mj-text></mj-body></mjml>",
    );
    const part = screen.getByRole("button", { name: /Plain text part/ });
    expect(part).toHaveTextContent("Made of the mail");
    expect(screen.queryByText("Hello there")).not.toBeInTheDocument();
    await userEvent.click(part);
    expect(screen.getByText("Hello there")).toBeInTheDocument();
  });

  it("lets the plain text be written by oneself", async () => {
    const change = await open({ html: "<p>Hello</p>" });
    await userEvent.click(screen.getByRole("button", { name: /Plain text part/ }));
    await userEvent.click(screen.getByRole("button", { name: "Write your own", hidden: true }));
    expect(change).toHaveBeenCalledWith(
      "own",
      { content: { html: "<p>Hello</p>", text: "Hello\n" } },
      "own.content.text",
    );
  });

  it.each([
    ["en", "Bold", "Heading"],
    ["de", "Fett", "Überschrift"],
  ] as const)("names the tools of formatted text, headings too, in %s", async (language, ...names) => {
    await open({ html: "<p>Hello</p>" }, language);
    for (const name of names) expect(screen.getByRole("button", { name })).toBeVisible();
  });

  it("makes it of the mail again", async () => {
    const change = await open({ html: "<p>Hello</p>", text: "Mine" });
    await userEvent.click(screen.getByRole("button", { name: /Plain text part/ }));
    await userEvent.click(screen.getByRole("button", { name: "Make it of the mail again", hidden: true }));
    expect(change).toHaveBeenCalledWith("own", { content: { html: "<p>Hello</p>" } }, "own.content.text");
  });

  it.each([
    ["en", "bit.ly hides where a link leads."],
    ["de", /Ein Kurzlink verbirgt/],
  ] as const)("says what looks like spam, in %s", async (language, said) => {
    await open({ subject: "Hi", text: "https://bit.ly/x" }, language);
    expect(await screen.findByText(said)).toBeVisible();
  });
});
