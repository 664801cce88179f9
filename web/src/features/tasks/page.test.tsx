import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, describe, expect, it, vi } from "vitest";
import type { TaskDetail } from "@/api/tasks";
import { draw } from "@/app/testing/draw";
import { serve } from "@/app/testing/server";
import { SESSION } from "@/app/testing/session";
import { Component } from "./page";

function taskOf(id: number, title: string): TaskDetail {
  return {
    id,
    title,
    kind: "to_do",
    text: "",
    note: "",
    outcome: "",
    outcomes: ["done"],
    again: [],
    tries: 0,
    status: "ready",
    assignee: null,
    created_by: null,
    settled_by: null,
    settled_at: null,
    can_take_back: false,
    contact: { id: 11, name: "Ines Moreau", email: "ines@cobalt.test", company: "", time_zone: "" },
    contact_phone: "",
    contact_title: "",
    due_at: "2026-11-20T10:00:00Z",
    overdue: false,
    escalated_at: null,
    escalated_from: null,
    enrollment_id: null,
    sequence: "",
    sequence_id: null,
    others: [],
    said: [],
    strip: [],
  };
}

const OFFER = taskOf(1, "Send the offer");
const ROOM = taskOf(2, "Book a room");

/** `refused`: the server takes nothing that is said of a task. */
async function open({ refused = false } = {}) {
  serve({
    "GET /api/session": { ...SESSION, rights: ["tasks.view", "tasks.edit"] },
    "GET /api/tasks": { items: [OFFER, ROOM], next_cursor: null },
    "GET /api/tasks/counts": { overdue: 0, today: 2, upcoming: 0 },
    "GET /api/tasks/1": OFFER,
    "GET /api/tasks/2": ROOM,
    ...(!refused && {
      "POST /api/tasks/1/complete": { id: 1, state: "", call_logged: false },
      "POST /api/tasks/1/skip": { id: 1, state: "", call_logged: false },
      "POST /api/tasks/1/snooze": OFFER,
    }),
  });
  const said: unknown[] = [];
  const served = globalThis.fetch;
  vi.stubGlobal("fetch", async (request: Request) => {
    if (request.method === "POST") said.push(await request.clone().json());
    return served(request);
  });
  const user = userEvent.setup();
  const { router, unmount: leave } = await draw(<Component />, {
    address: "/tasks/1",
    path: "/tasks/:taskId?",
  });
  await user.type(await screen.findByRole("textbox", { name: "Note" }), "Wants a demo");
  await user.keyboard("{Escape}");
  const back = async () => {
    await screen.findByRole("heading", { name: "Book a room" });
    expect(await screen.findByRole("textbox", { name: "Note" })).toHaveValue("");
    await act(() => router.navigate("/tasks/1"));
    return screen.findByRole("textbox", { name: "Note" });
  };
  return { user, said, back, leave };
}

beforeAll(() => {
  // jsdom loads no fonts; text areas that grow listen for them.
  Object.defineProperty(document, "fonts", { value: new EventTarget(), configurable: true });
});

describe("a note", () => {
  it("goes along with the outcome, and is the server's from then on", async () => {
    const { user, said, back } = await open();
    await user.keyboard("1");
    await screen.findByText("Send the offer: Done");
    expect(await back()).toHaveValue("");
    expect(said).toEqual([{ outcome: "done", note: "Wants a demo", undo_within: 10 }]);
  });

  it("is kept while the outcome could not be said", async () => {
    const { user, back } = await open({ refused: true });
    await user.keyboard("1");
    expect(await back()).toHaveValue("Wants a demo");
  });

  it("says why a task is left undone", async () => {
    const { user, said, back } = await open();
    await user.keyboard("k");
    await screen.findByText("Send the offer: skipped");
    expect(await back()).toHaveValue("");
    expect(said).toEqual([{ note: "Wants a demo", undo_within: 10 }]);
  });

  it("says why a task is put off", async () => {
    const { user, said, back } = await open();
    await user.keyboard("s");
    await screen.findByText("When is it due again?");
    await user.keyboard("1");
    await screen.findByText("Send the offer: put off");
    expect(await back()).toHaveValue("");
    expect(said).toEqual([{ note: "Wants a demo", until: expect.any(String) as string }]);
  });

  it("is kept while a task could not be put off", async () => {
    const { user, back } = await open({ refused: true });
    await user.keyboard("s");
    await screen.findByText("When is it due again?");
    await user.keyboard("1");
    expect(await back()).toHaveValue("Wants a demo");
  });

  it("is kept while one is in another room", async () => {
    const { leave } = await open();
    leave();
    await draw(<Component />, { address: "/tasks/1", path: "/tasks/:taskId?" });
    expect(await screen.findByRole("textbox", { name: "Note" })).toHaveValue("Wants a demo");
  });

  it("is kept while one looks at another task", async () => {
    const { user, back } = await open();
    await user.keyboard("j");
    expect(await back()).toHaveValue("Wants a demo");
  });
});

describe("several tasks at once", () => {
  it("are answered for as they were asked about, whatever is chosen meanwhile", async () => {
    serve({
      "GET /api/session": { ...SESSION, rights: ["tasks.view", "tasks.edit"] },
      "GET /api/tasks": { items: [OFFER, ROOM], next_cursor: null },
      "GET /api/tasks/counts": { overdue: 0, today: 2, upcoming: 0 },
    });
    const served = globalThis.fetch;
    let reply: (response: Response) => void = () => undefined;
    vi.stubGlobal("fetch", (request: Request) =>
      request.method === "POST"
        ? new Promise<Response>((resolve) => {
            reply = resolve;
          })
        : served(request),
    );
    const user = userEvent.setup();
    await draw(<Component />, { address: "/tasks", path: "/tasks/:taskId?" });
    await user.click(await screen.findByRole("checkbox", { name: /Send the offer/ }));
    await user.click(screen.getByRole("button", { name: "Done 1" }));
    await user.click(screen.getByRole("checkbox", { name: /Book a room/ }));
    const answers = [{ id: 1, code: "done", detail: "" }];
    act(() => {
      reply(Response.json({ answers, counts: { done: 1 } }));
    });
    expect(await screen.findByText("1 task changed")).toBeVisible();
    expect(screen.getByRole("checkbox", { name: /Book a room/ })).toBeChecked();
  });
});
