import { act, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Thread, ThreadMessage } from "@/api/inbox";
import type { TextWay } from "@/api/texting";
import { draw } from "@/app/testing/draw";
import { serve } from "@/app/testing/server";
import { SESSION } from "@/app/testing/session";
import { Component } from "./page";
import { SMS, THREAD } from "./testing/suggested";

let sent: Record<string, unknown>[] = [];

function said(channel: string): ThreadMessage {
  return {
    id: 5,
    at: "2026-11-20T10:00:00Z",
    by: "",
    channel,
    direction: "in",
    files: [],
    from_address: "+12125550159",
    has_html: false,
    has_original: false,
    is_doubtful: false,
    kind: "reply",
    number: 0,
    sentiment: "",
    sequence: "",
    status: "",
    step: "",
    subject: "",
    text: "Who is this?",
    to_address: "+12025550198",
  };
}

function way(channel: TextWay["channel"], more: Partial<TextWay> = {}): TextWay {
  return { ...SMS, channel, ...more };
}

const TEMPLATE = { account_id: 1, sid: "HX1", name: "hello", language: "en", values: { "1": "Ann" } };
const TEMPLATES = [
  { ...TEMPLATE, body: "Hi {{1}}, may I write?", status: "approved" },
  { ...TEMPLATE, sid: "HX2", name: "rejected", body: "Buy", status: "rejected" },
];

async function open(channel: string, ways: readonly TextWay[], more: readonly ThreadMessage[] = []) {
  serve({
    "GET /api/session": { ...SESSION, rights: ["contacts.view", "contacts.edit"] },
    "GET /api/conversations": { items: [], next_cursor: null },
    "GET /api/conversations/counts": { needs_answer: 1, questions: 0, mine: 0, all: 1, unmatched: 0 },
    "GET /api/conversations/11": { ...THREAD, messages: [said(channel), ...more] },
    "GET /api/conversations/11/texts": ways,
    "GET /api/conversations/11/answer-draft": null,
    "GET /api/whatsapp-templates": { read_at: null, templates: TEMPLATES },
    "POST /api/texts/weigh": { segments: 1 },
  });
  const served = globalThis.fetch;
  vi.stubGlobal("fetch", async (request: Request) => {
    if (request.method !== "POST" || !request.url.endsWith("/conversations/11/texts")) return served(request);
    sent.push((await request.clone().json()) as Record<string, unknown>);
    return Response.json({ id: 7 });
  });
  await draw(<Component />, { address: "/inbox/11", path: "/inbox/:contactId?" });
  await screen.findByText("Who is this?");
  return userEvent.setup();
}

/** The server, with another state of the conversation. */
function withThread(thread: Thread) {
  const served = globalThis.fetch as (request: Request) => Promise<Response>;
  return (request: Request) =>
    request.method === "GET" && request.url.endsWith("/conversations/11")
      ? Promise.resolve(Response.json(thread))
      : served(request);
}

beforeAll(() => {
  // jsdom loads no fonts; text areas that grow listen for them.
  Object.defineProperty(document, "fonts", { value: new EventTarget(), configurable: true });
});

beforeEach(() => {
  sent = [];
});

describe("an answer to a text", () => {
  it("goes by text", async () => {
    const user = await open("sms", [way("sms")]);
    expect(await screen.findByRole("radio", { name: "Text message" })).toBeChecked();
    await user.type(screen.getByRole("textbox", { name: "Message" }), "Mira from Castell");
    await user.click(screen.getByRole("button", { name: /^Send/ }));
    await waitFor(() => {
      expect(sent).toMatchObject([{ channel: "sms", text: "Mira from Castell" }]);
    });
  });

  it("can go by mail instead, with the words that stand there", async () => {
    const user = await open("sms", [way("sms")]);
    await user.type(await screen.findByPlaceholderText(/^Text Ines/), "Hello");
    await user.click(screen.getByText("Mail"));
    expect(screen.getByPlaceholderText(/^Write to Ines/)).toHaveValue("Hello");
  });

  it("goes over WhatsApp while WhatsApp takes any text, and not after it", async () => {
    const later = new Date(Date.now() + 3_600_000).toISOString();
    await open("whatsapp", [way("whatsapp", { free_until: later })]);
    expect(await screen.findByPlaceholderText(/^Text Ines/)).toBeVisible();
  });

  it("is a template with its places filled once WhatsApp takes no text any more", async () => {
    const user = await open("whatsapp", [way("whatsapp", { free_until: "2020-01-01T00:00:00Z" })]);
    expect(await screen.findByText(/24 hours/)).toBeVisible();
    expect(screen.queryByRole("textbox", { name: "Message" })).toBeNull();
    await user.click(await screen.findByRole("combobox", { name: "Template" }));
    expect(screen.queryByRole("option", { name: /rejected/ })).toBeNull();
    await user.click(await screen.findByRole("option", { name: "hello · en" }));
    expect(screen.getByRole("button", { name: /^Send/ })).toBeDisabled();
    await user.type(screen.getByRole("textbox", { name: "What stands for 1" }), "Ines");
    expect(screen.getByRole("group", { name: "As it will be read" })).toHaveTextContent(
      "Hi Ines, may I write?",
    );
    await user.click(screen.getByRole("button", { name: /^Send/ }));
    await waitFor(() => {
      expect(sent).toMatchObject([{ channel: "whatsapp", template_sid: "HX1", values: { "1": "Ines" } }]);
    });
  });
});

describe("an answer that is being written", () => {
  it("stays what it is when a message comes in by another way", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const user = await open("email", [way("sms")]);
    await user.type(await screen.findByPlaceholderText(/^Write to Ines/), "Dear Ines,");
    const come = { ...said("sms"), id: 6, text: "Are you there?" };
    vi.stubGlobal("fetch", withThread({ ...THREAD, messages: [said("email"), come] }));
    await act(() => vi.advanceTimersByTimeAsync(11_000));
    expect(await screen.findByText("Are you there?")).toBeVisible();
    expect(screen.getByPlaceholderText(/^Write to Ines/)).toHaveValue("Dear Ines,");
    expect(screen.getByRole("radio", { name: "Mail" })).toBeChecked();
    await user.clear(screen.getByPlaceholderText(/^Write to Ines/));
    expect(await screen.findByPlaceholderText(/^Text Ines/)).toBeVisible();
    vi.useRealTimers();
  });
});

describe("where nobody can be texted", () => {
  it("is answered by mail, and no way is asked for", async () => {
    await open("email", [way("sms", { unreachable: "opted_out" }), way("whatsapp", { sender_id: null })]);
    expect(await screen.findByPlaceholderText(/^Write to Ines/)).toBeVisible();
    expect(screen.queryByRole("radio")).toBeNull();
  });
});

describe("texts of both sides", () => {
  it("say that they were read, and which of their files are here", async () => {
    const file = { address: "/a", content_type: "image/jpeg", name: "image 1.jpg", size: 2048 };
    await open(
      "whatsapp",
      [],
      [
        { ...said("whatsapp"), id: 6, text: "Good morning", direction: "out", status: "read" },
        {
          ...said("whatsapp"),
          id: 7,
          text: "Look",
          files: [
            { ...file, standing: "here" },
            { ...file, address: "/b", name: "image 2.jpg", standing: "coming" },
            { ...file, address: "/c", name: "video 3.mp4", standing: "lost" },
          ],
        },
      ],
    );
    expect(screen.getByText("Read")).toBeVisible();
    const files = screen.getByRole("list", { name: "Attached files" });
    expect(files).toHaveTextContent(
      "image 1.jpg2 kBimage 2.jpgis being fetchedvideo 3.mp4could not be fetched",
    );
    expect(screen.getAllByRole("link", { name: /image|video/ })).toHaveLength(1);
  });
});
