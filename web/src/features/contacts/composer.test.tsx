import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, beforeEach, expect, it, vi } from "vitest";
import type { ContactDetail } from "@/api/contacts";
import { draw } from "@/app/testing/draw";
import { serve } from "@/app/testing/server";
import { SESSION } from "@/app/testing/session";
import { Composer } from "./person/Composer";

const KIM = { id: 11, name: "Kim Lee", first_name: "Kim", reach: { email: "" } } as unknown as ContactDetail;
let keys: (string | null)[] = [];
let fails = true;

beforeAll(() => {
  // jsdom loads no fonts; text areas that grow listen for them.
  Object.defineProperty(document, "fonts", { value: new EventTarget(), configurable: true });
});

beforeEach(() => {
  keys = [];
  fails = true;
  serve({ "GET /api/session": SESSION });
  const served = globalThis.fetch;
  vi.stubGlobal("fetch", async (request: Request) => {
    if (request.method !== "POST" || !request.url.endsWith("/conversations/11/messages"))
      return served(request);
    keys.push(request.headers.get("Idempotency-Key"));
    if (!fails) return Response.json({ id: 7 });
    fails = false;
    return Response.json(
      { type: "", title: "", status: 409, code: "idempotency_key_reused", detail: "Reused.", fields: {} },
      { status: 409 },
    );
  });
});

it("keeps a letter whose key another one had, and sends it by a key of its own", async () => {
  const user = userEvent.setup();
  await draw(<Composer contact={KIM} mayEdit mayWrite />, { address: "/", path: "/" });
  const field = await screen.findByRole("textbox", { name: /Kim/ });
  await user.type(field, "Hello Kim");
  await user.click(screen.getByRole("button", { name: /^Send/ }));
  expect(await screen.findByText(/earlier version/)).toBeVisible();
  expect(field).toHaveValue("Hello Kim");
  await user.click(screen.getByRole("button", { name: /^Send/ }));
  await waitFor(() => {
    expect(field).toHaveValue("");
  });
  expect(new Set(keys).size).toBe(2);
});

it.each([
  ["a mail", /^Write to Kim/, "Email"],
  ["a note", /^Note about/, "Note"],
])("keeps %s that is not sent yet while something else is open", async (_, name, mode) => {
  const user = userEvent.setup();
  const first = await draw(<Composer contact={KIM} mayEdit mayWrite />);
  await user.click(await screen.findByRole("radio", { name: mode }));
  await user.type(await screen.findByRole("textbox", { name }), "Half a wo");
  first.unmount();
  await draw(<Composer contact={KIM} mayEdit mayWrite />);
  await user.click(await screen.findByRole("radio", { name: mode }));
  expect(await screen.findByRole("textbox", { name })).toHaveValue("Half a wo");
});
