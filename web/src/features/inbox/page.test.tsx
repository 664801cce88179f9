import { act, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Outgoing, Thread } from "@/api/inbox";
import { draw } from "@/app/testing/draw";
import { serve } from "@/app/testing/server";
import { SESSION } from "@/app/testing/session";
import { Component } from "./page";
import { THREAD } from "./testing/suggested";

type Answer = () => Promise<Response>;

/** What was asked to be sent, and how each try is answered; the last answer stays. */
let sent: Record<string, unknown>[] = [];
let answers: Answer[] = [];

const lost: Answer = () => Promise.reject(new TypeError("connection lost"));
const taken: Answer = () => Promise.resolve(Response.json({ id: 7 }));
const reused: Answer = () =>
  Promise.resolve(
    Response.json(
      { type: "", title: "", status: 409, code: "idempotency_key_reused", detail: "Reused.", fields: {} },
      { status: 409 },
    ),
  );

function threadOf(id: number, name: string, outgoing: readonly Outgoing[] = []): Thread {
  return { ...THREAD, contact: { ...THREAD.contact, id, name }, outgoing: [...outgoing] };
}

const WAITING: Outgoing = {
  id: 7,
  at: null,
  by: "Robin Vale",
  can_take_back: true,
  created_at: "2026-11-20T10:00:00Z",
  files: [],
  hold: "",
  kind: "reply",
  reason: "",
  sender: null,
  status: "scheduled",
  subject: "Re: A second line",
  text: "Hello Ines",
};

function serving(outgoing: readonly Outgoing[] = []) {
  const table: Record<string, unknown> = {
    "GET /api/session": { ...SESSION, rights: ["contacts.view", "contacts.edit"] },
    "GET /api/conversations": { items: [], next_cursor: null },
    "GET /api/conversations/counts": { needs_answer: 2, questions: 0, mine: 0, all: 2, unmatched: 0 },
    "GET /api/conversations/11": threadOf(11, "Ines Moreau", outgoing),
    "GET /api/conversations/12": threadOf(12, "Kofi Mensah"),
    "GET /api/conversations/11/texts": [],
    "GET /api/conversations/12/texts": [],
    "GET /api/conversations/11/answer-draft": null,
    "GET /api/conversations/12/answer-draft": null,
    get "DELETE /api/outgoing/7"() {
      table["GET /api/conversations/11"] = threadOf(11, "Ines Moreau");
      return { text: "Hello Ines", subject: "", files: [] };
    },
  };
  serve(table);
  const served = globalThis.fetch;
  vi.stubGlobal("fetch", async (request: Request) => {
    if (!request.url.endsWith("/messages")) return served(request);
    sent.push((await request.clone().json()) as Record<string, unknown>);
    const [answer = taken] = answers;
    answers = answers.slice(1);
    return answer();
  });
}

async function open() {
  const user = userEvent.setup();
  const { router, unmount } = await draw(<Component />, { address: "/inbox/11", path: "/inbox/:contactId?" });
  return { user, router, unmount, field: await screen.findByRole("textbox", { name: "Message" }) };
}

const send = () => screen.getByRole("button", { name: /^Send/ });
const ids = () => sent.map(({ client_id: id }) => id);

beforeAll(() => {
  // jsdom loads no fonts; text areas that grow listen for them.
  Object.defineProperty(document, "fonts", { value: new EventTarget(), configurable: true });
});

beforeEach(() => {
  sent = [];
  answers = [];
  serving();
});

describe("what is written", () => {
  it("is the same letter when its answer was lost and it is sent again, and another one after that", async () => {
    answers = [lost];
    const { user, field } = await open();
    await user.type(field, "Hello Ines");
    await user.click(send());
    await screen.findByText("connection lost");
    await user.click(send());
    await screen.findByText("Leaves in 10 seconds");
    await waitFor(() => {
      expect(field).toHaveValue("");
    });
    await user.type(field, "And one thing more");
    await user.click(send());
    await waitFor(() => {
      expect(sent).toHaveLength(3);
    });
    const [first, second, third] = ids();
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  it("is another letter once it was changed and an earlier version is known to be sent", async () => {
    answers = [lost, reused];
    const { user, field } = await open();
    await user.type(field, "Hello");
    await user.click(send());
    await screen.findByText("connection lost");
    await user.type(field, " Ines");
    await user.click(send());
    expect(await screen.findByText(/An earlier version of it was sent/)).toBeVisible();
    expect(field).toHaveValue("Hello Ines");
    await user.click(send());
    await screen.findByText("Leaves in 10 seconds");
    const [first, second, third] = ids();
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  it("is another letter after the one whose answer was lost was taken back", async () => {
    serving([WAITING]);
    answers = [lost];
    const { user, field } = await open();
    await user.type(field, "Hello Ines");
    await user.click(send());
    await screen.findByText("connection lost");
    await user.click(screen.getByRole("button", { name: "Take back" }));
    await waitFor(() => {
      expect(screen.queryByRole("button", { name: "Take back" })).toBeNull();
    });
    await user.click(send());
    await waitFor(() => {
      expect(sent).toHaveLength(2);
    });
    expect(new Set(ids()).size).toBe(2);
  });

  it("is at hand again once it was taken back, and has left the list", async () => {
    serving([WAITING]);
    const { user, field } = await open();
    const served = globalThis.fetch;
    const slow = Promise.withResolvers<undefined>();
    vi.stubGlobal("fetch", async (request: Request) => {
      if (request.url.endsWith("/counts")) await slow.promise;
      return served(request);
    });
    await user.click(screen.getByRole("button", { name: "Take back" }));
    await waitFor(() => {
      expect(screen.queryByRole("button", { name: "Take back" })).toBeNull();
    });
    slow.resolve(undefined);
    await waitFor(() => {
      expect(field).toHaveValue("Hello Ines");
    });
  });

  it("keeps what was written on while it was being sent, as another letter", async () => {
    const held = Promise.withResolvers<Response>();
    answers = [() => held.promise];
    const { user, field } = await open();
    await user.type(field, "Hello Ines");
    await user.click(send());
    await user.type(field, ", and one thing more");
    held.resolve(Response.json({ id: 7 }));
    await screen.findByText("Leaves in 10 seconds");
    await waitFor(() => {
      expect(send()).toBeEnabled();
    });
    expect(field).toHaveValue("Hello Ines, and one thing more");
    await user.click(send());
    await waitFor(() => {
      expect(new Set(ids()).size).toBe(2);
    });
  });

  it("stays with its person while one looks at another", async () => {
    const { user, router, field } = await open();
    await user.type(field, "Hello Ines");
    await act(() => router.navigate("/inbox/12"));
    await screen.findByRole("heading", { name: "Kofi Mensah" });
    expect(screen.getByRole("textbox", { name: "Message" })).toHaveValue("");
    await act(() => router.navigate("/inbox/11"));
    expect(await screen.findByRole("textbox", { name: "Message" })).toHaveValue("Hello Ines");
  });

  it("stays while one is in another room", async () => {
    const { user, field, unmount: leave } = await open();
    await user.type(field, "Hello Ines");
    leave();
    expect((await open()).field).toHaveValue("Hello Ines");
  });

  it("is not there any more once it was sent, though another room was open by then", async () => {
    const held = Promise.withResolvers<Response>();
    answers = [() => held.promise];
    const { user, field, unmount: leave } = await open();
    await user.type(field, "Hello Ines");
    await user.click(send());
    leave();
    held.resolve(Response.json({ id: 7 }));
    await waitFor(() => {
      expect(window.sessionStorage.getItem(window.sessionStorage.key(0) ?? "")).not.toContain("Hello Ines");
    });
    expect((await open()).field).toHaveValue("");
  });

  it("is not there any more once it was sent, though another conversation was open by then", async () => {
    const held = Promise.withResolvers<Response>();
    answers = [() => held.promise];
    const { user, router, field } = await open();
    await user.type(field, "Hello Ines");
    await user.click(send());
    await act(() => router.navigate("/inbox/12"));
    await screen.findByRole("heading", { name: "Kofi Mensah" });
    held.resolve(Response.json({ id: 7 }));
    await screen.findByText("Leaves in 10 seconds");
    await act(() => router.navigate("/inbox/11"));
    await screen.findByRole("heading", { name: "Ines Moreau" });
    await waitFor(() => {
      expect(screen.getByRole("textbox", { name: "Message" })).toHaveValue("");
    });
  });
});
