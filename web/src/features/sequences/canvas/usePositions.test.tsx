import { act, renderHook, waitFor } from "@testing-library/react";
import { useSyncExternalStore } from "react";
import { expect, it } from "vitest";
import { draw } from "@/app/testing/draw";
import { serve } from "@/app/testing/server";
import { change } from "@/flow/edits";
import { lineOf } from "@/flow/testing/steps";
import { server } from "../editor/testing";
import { usePositions } from "./usePositions";

const HERE = { x: 16, y: 32 };

async function opened() {
  await draw(<i />); // the words
  serve({ "GET /api/sequences/7/positions": { positions: {} } });
  const { store } = server(lineOf("a", "b"));
  await store.refresh();
  const page = renderHook(() => {
    const copy = useSyncExternalStore(store.subscribe, store.current);
    if (copy === undefined) throw new Error("not open");
    const { history, saved } = copy;
    return usePositions(7, { history, saved, store, readOnly: false });
  });
  await waitFor(() => {
    expect(page.result.current.asked).toBe(true);
  });
  const delay = (key: string, text: string) => {
    act(() => {
      store.edit((document) => change(document, key, { delay: text }));
    });
  };
  const steps = () => store.current()?.history.present.steps.map((step) => step.delay);
  return { placing: () => page.result.current, delay, steps };
}

it("does again in the order in which it was undone, moves and edits alike", async () => {
  const { placing, delay, steps } = await opened();
  delay("a", "5d");
  act(() => {
    placing().move(new Map([["a", HERE]]));
  });
  for (const back of [placing().undo, placing().undo]) act(back);
  expect([placing().positions.size, steps()]).toEqual([0, ["0m", "2d"]]);
  for (const again of [placing().redo, placing().redo]) act(again);
  expect([placing().positions.get("a"), steps()]).toEqual([HERE, ["5d", "2d"]]);
});

it("does no move again after another edit", async () => {
  const { placing, delay, steps } = await opened();
  delay("a", "5d");
  act(() => {
    placing().move(new Map([["a", HERE]]));
  });
  for (const back of [placing().undo, placing().undo]) act(back);
  delay("b", "7d");
  expect(placing().mayRedo).toBe(false);
  act(placing().redo);
  expect([placing().positions.size, steps()]).toEqual([0, ["0m", "7d"]]);
});
