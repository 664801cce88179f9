import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { undoToast } from "@/ui/toasts";
import { draw } from "./testing/draw";

afterEach(() => {
  vi.useRealTimers();
});

it("counts down to the moment from which nothing is undone, and goes then", async () => {
  await draw(<p>Room</p>);
  vi.useFakeTimers({ shouldAdvanceTime: true });
  act(() => {
    undoToast({ text: "Approved.", undo: vi.fn(), until: Date.now() + 10_000 });
  });
  expect(screen.getByText(/10 s/)).toBeVisible();
  act(() => {
    vi.advanceTimersByTime(8_500);
  });
  expect(screen.getByText(/[12] s/)).toBeVisible();
  act(() => {
    vi.advanceTimersByTime(2_000);
  });
  expect(screen.queryByText("Approved.")).toBeNull();
});

it("hears the key of the room that it speaks of", async () => {
  const undo = vi.fn();
  await draw(<p>Room</p>);
  act(() => {
    undoToast({ text: "Approved.", undo, undoKey: "u" });
  });
  await userEvent.keyboard("z");
  expect(undo).not.toHaveBeenCalled();
  await userEvent.keyboard("u");
  expect(undo).toHaveBeenCalledOnce();
  expect(screen.queryByText("Approved.")).toBeNull();
});
