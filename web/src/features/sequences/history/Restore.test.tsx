import { act, fireEvent, screen } from "@testing-library/react";
import { useSyncExternalStore } from "react";
import { expect, it } from "vitest";
import { draw } from "@/app/testing/draw";
import { SESSION } from "@/app/testing/session";
import { serve } from "@/app/testing/server";
import type { Sequence } from "@/api/sequences";
import { change } from "@/flow/edits";
import { lineOf } from "@/flow/testing/steps";
import { linear } from "@/flow/ways";
import type { Failure } from "../editor/copy";
import { server } from "../editor/testing";
import type { DraftStore } from "../editor/store";
import { Restore } from "./Restore";

const NOW = lineOf("a", "b", "c");
const THEN = lineOf("a", "c");

function Page({ store }: { readonly store: DraftStore }) {
  const copy = useSyncExternalStore(store.subscribe, store.current);
  if (copy === undefined) return null;
  const document = copy.history.present;
  const editor = { copy, document, store, readOnly: false };
  const sequence = { id: 7 } as Sequence;
  return <Restore {...{ sequence, editor }} name="Version 2" sides={{ before: THEN, after: document }} />;
}

const RESTORE = "Restore into the working copy";

/** Press the button and confirm, with a server that fails so. */
async function asked(failure?: Failure) {
  serve({ "GET /api/session": SESSION });
  const { store, held } = server(NOW);
  await store.refresh();
  await draw(<Page store={store} />);
  held.failure = failure;
  fireEvent.click(screen.getByRole("button", { name: RESTORE }));
  const buttons = await screen.findAllByRole("button", { name: RESTORE, hidden: true });
  for (const button of buttons.slice(1)) fireEvent.click(button);
  const order = () => linear(store.current()?.history.present ?? NOW)?.join("");
  return { store, held, order };
}

async function restored() {
  const { store, held, order } = await asked();
  const undo = await screen.findByRole("button", { name: /Undo/, hidden: true });
  expect([order(), linear(held.document)?.join("")]).toEqual(["ac", "ac"]);
  return { store, undo, order };
}

it("is undone as a whole", async () => {
  const { undo, order } = await restored();
  act(() => {
    fireEvent.click(undo);
  });
  expect(order()).toBe("abc");
});

it("is undone beneath what was edited since", async () => {
  const { store, undo, order } = await restored();
  act(() => {
    store.edit((held) => change(held, "c", { delay: "9d" }));
  });
  act(() => {
    fireEvent.click(undo);
  });
  const steps = store.current()?.history.present.steps ?? [];
  expect([order(), steps.at(-1)?.delay]).toEqual(["abc", "9d"]);
});

it("says when the server refuses it, and leaves the working copy as it was", async () => {
  const { order } = await asked({ kind: "refused", why: "There are too many." });
  expect(await screen.findByText("Not restored: Version 2. There are too many.")).toBeInTheDocument();
  expect([order(), screen.queryByText(/^Restored/)]).toEqual(["abc", null]);
});

it("says when it is not saved yet, and keeps it", async () => {
  const { order, held } = await asked({ kind: "offline" });
  expect(await screen.findByText(/^Restored here: Version 2\. Nobody answers/)).toBeInTheDocument();
  expect([order(), linear(held.document)?.join("")]).toEqual(["ac", "abc"]);
});
