import { fireEvent, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { expect, it, vi } from "vitest";
import type { Sequence, SequenceSettings } from "@/api/sequences";
import { draw } from "@/app/testing/draw";
import { serve } from "@/app/testing/server";
import { SESSION } from "@/app/testing/session";
import { SaveBar } from "./SaveBar";
import { useRuleDraft } from "./useRuleDraft";

interface Rule {
  readonly any: readonly string[];
}

const PATH = "PATCH /api/sequences/7/settings";

/** One rule whose lines are written here as words; somebody else writes by the last field. */
function Page() {
  const [settings, setSettings] = useState({ triggers: { any: ["a"] } } as unknown as SequenceSettings);
  const draft = useRuleDraft<Rule>({
    sequence: { id: 7, settings } as Sequence,
    read: ({ triggers }) => triggers as unknown as Rule,
    write: (rule) => ({ triggers: { ...rule } }),
    said: () => "Saved.",
    words: ({ any }) => any.join(" or "),
  });
  const words = (text: string): Rule => ({ any: text.split(" ") });
  return (
    <>
      <p>Shown: {draft.value.any.join(" or ")}</p>
      <input
        aria-label="Mine"
        onChange={({ target }) => {
          draft.edit(words(target.value));
        }}
      />
      <input
        aria-label="Theirs"
        onChange={({ target }) => {
          setSettings({ triggers: words(target.value) } as unknown as SequenceSettings);
        }}
      />
      <SaveBar draft={draft} isWhole />
    </>
  );
}

async function opened() {
  const asked = serve({ "GET /api/session": SESSION, [PATH]: { settings: {}, changes: [] } });
  await draw(<Page />);
  return asked;
}

async function bodySent(): Promise<unknown> {
  const requests = vi.mocked(fetch).mock.calls.map(([request]) => request as Request);
  return requests
    .find(({ method }) => method === "PATCH")
    ?.clone()
    .json();
}

const write = (whose: "Mine" | "Theirs", text: string) =>
  fireEvent.change(screen.getByLabelText(whose), { target: { value: text } });

it("brings together what both added, and says so before it is saved", async () => {
  await opened();
  write("Mine", "a b");
  write("Theirs", "a c");
  expect(screen.getByText("Shown: a or c or b")).toBeInTheDocument();
  expect(screen.getByText(/Both changes stand above/)).toBeInTheDocument();
});

it("asks where both changed the same, and overwrites nothing until then", async () => {
  await opened();
  write("Mine", "b");
  write("Theirs", "c");
  expect(screen.getByText(/Nothing was overwritten. It says now: c/)).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Save" })).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Take theirs" }));
  expect(screen.getByText("Shown: c")).toBeInTheDocument();
});

it("goes on with mine once one knows what it replaces", async () => {
  const asked = await opened();
  write("Mine", "b");
  write("Theirs", "c");
  fireEvent.click(screen.getByRole("button", { name: "Go on with mine" }));
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => {
    expect(asked).toContain(PATH);
  });
  expect(await bodySent()).toEqual({ triggers: { any: ["b"] }, was: { triggers: { any: ["c"] } } });
});
