import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, describe, expect, it, vi } from "vitest";
import type { FlowProblem } from "@/api/sequenceContent";
import type { Sequence } from "@/api/sequences";
import { draw } from "@/app/testing/draw";
import { serve } from "@/app/testing/server";
import { entriesOf } from "@/flow/branches";
import type { FlowDocument, Kind, Step } from "@/flow/document";
import { newStep } from "@/flow/edits";
import { KINDS } from "@/flow/fields";
import { mail } from "@/flow/testing/steps";
import { stepAt } from "@/flow/ways";
import { IDLE } from "../editor/idle";
import { Inspector } from "./Inspector";

const ANSWERS = {
  "GET /api/step-kinds": [],
  "GET /api/merge-tags": [],
  "GET /api/contacts/facets": {
    stages: [{ id: null, value: "won", count: 3 }],
    tags: [{ id: 1, value: "vip", count: 2 }],
    lists: [{ id: 1, value: "Newsletter", count: 9 }],
    owners: [],
    total: 14,
  },
  "GET /api/members": { items: [{ name: "Mira", email: "mira@example.test" }], next_cursor: null },
  "GET /api/enroll/options": {
    senders: [{ id: 1, name: "Mira", address: "mira@example.test" }],
    sequences: [],
    limit: 100,
  },
  "GET /api/agents": { items: [], next_cursor: null },
  "GET /api/agents/model": { configured: false, model: "", host: "", personal_data: true, priced: false },
  "GET /api/contact-fields": [{ id: 1, key: "seats", label: "Seats", type: "number", values: 0 }],
  "POST /api/conditions/matches": { count: 2, is_more: false, examples: [], problems: [] },
};
const SEQUENCE = { id: 7, name: "Founder outreach", settings: { agent_id: null } } as Sequence;

const filled: Partial<Record<Kind, Partial<Step>>> = {
  condition: { branches: [{ name: "Won", condition: { rules: [] }, next: "last" }] },
  split: {
    arms: [
      { name: "A", next: "last" },
      { name: "B", next: "last" },
    ],
  },
  ai_decide: { branches: [{ name: "Price", next: null }] },
  go_to: { target: "first", max_rounds: 2 },
};

/** The side panel of a step between two mails; edits are kept in `held`. */
async function open(step: Step, problems: readonly FlowProblem[] = [], language: "en" | "de" = "en") {
  serve(ANSWERS);
  const made = { ...step, next: "last" };
  const held: { document: FlowDocument } = {
    document: { format: 1, start: "first", steps: [mail("first", step.key), made, mail("last", null)] },
  };
  const edit = vi.fn((next: (document: FlowDocument) => FlowDocument) => {
    held.document = next(held.document);
  });
  const change = vi.fn();
  await draw(
    <Inspector
      step={made}
      position={1}
      sequence={SEQUENCE}
      saving={{ state: "saved" }}
      document={held.document}
      days={new Map()}
      chosen={step.key}
      problems={() => problems}
      readOnly={false}
      acts={{
        ...IDLE,
        change,
        edit,
        drop: (_key, _said, next) => {
          edit(next);
        },
      }}
    />,
    { language },
  );
  return { held, change };
}

beforeAll(() => {
  // jsdom loads no fonts; text areas that grow listen for them.
  Object.defineProperty(document, "fonts", { value: new EventTarget(), configurable: true });
});

const begun = (kind: Kind) => newStep(kind, "own", filled[kind] as never);
const problem = (path: string): FlowProblem => ({
  code: "step_without_content",
  severity: "error",
  step: "own",
  path: `steps[1].${path}`,
  message: "Choose it.",
  cure: "",
});

describe("the side panel", () => {
  it.each(KINDS)("has a form for %s, in both languages", async (kind) => {
    const keys = /\b[a-z]+(?:[A-Z]\w*)?\.[a-z_]+(?:\.[a-z_]+)*\b/;
    for (const language of ["en", "de"] as const) {
      await open(begun(kind), [], language);
      const pane = screen.getAllByRole("complementary").at(-1);
      expect(pane?.textContent.replaceAll(/\S+@\S+|https?:\S+|"[^"]*"/g, "")).not.toMatch(keys);
    }
  });

  it.each<[Kind, string]>([
    ["tag", "tag"],
    ["list", "list"],
    ["webhook", "url"],
    ["notify", "text"],
    ["go_to", "target"],
    ["set_field", "field"],
    ["other_sequence", "sequence"],
    ["ai_qualify", "question"],
    ["split", "arms[1].name"],
    ["condition", "branches[0].name"],
  ])("draws a problem of %s at the field %s, and only there", async (kind, path) => {
    await open(begun(kind), [problem(path)]);
    const said = screen.getAllByText("Choose it.");
    expect(said).toHaveLength(1);
    expect(said[0]?.closest(`[data-place="${path}"]`)).not.toBeNull();
  });

  it("adds a branch that goes on where the others do", async () => {
    const { held } = await open(begun("condition"));
    await userEvent.click(screen.getByRole("button", { name: "Add a branch" }));
    const step = stepAt(held.document, "own");
    expect(step && entriesOf(step)).toMatchObject([{ name: "Won" }, { name: "Replied", next: "last" }]);
  });

  it("gives one arm its share and the other the rest", async () => {
    const { held } = await open(begun("split"));
    const share = screen.getByRole("spinbutton", { name: "Share of A" });
    await userEvent.clear(share);
    await userEvent.type(share, "80{Enter}");
    const step = stepAt(held.document, "own");
    expect(step && entriesOf(step)).toMatchObject([{ weight: 80 }, { weight: 20 }]);
  });

  it("offers to go back only to what stands above", async () => {
    await open(begun("go_to"));
    const target = screen.getByRole("combobox", { name: "The step to go back to" });
    const offered = within(target).getAllByRole("option");
    expect(offered.map((option) => option.textContent)).toEqual(["“first”"]);
  });

  it("sends from another sender for this step alone", async () => {
    const { change } = await open(begun("email"));
    const sender = screen.getByRole("combobox", { name: "Who sends it" });
    await within(sender).findByRole("option", { name: /mira@example.test/ });
    await userEvent.selectOptions(sender, "mira@example.test");
    expect(change).toHaveBeenCalledWith("own", { sender: "mira@example.test" });
  });

  it.each<[Kind, string]>([
    ["email", "The step after it"],
    ["task", "The step after it"],
    ["split", "Where it leads if it is skipped"],
  ])("lets the way on of %s lead elsewhere", async (kind, name) => {
    const { held } = await open(begun(kind));
    await userEvent.click(screen.getByRole("button", { name: new RegExp(`^${name}`) }));
    await userEvent.selectOptions(screen.getByLabelText(name), "the flow ends");
    expect(stepAt(held.document, "own")?.next).toBeNull();
  });

  it.each<Kind>(["condition", "wait_for", "end"])("asks for no way on of %s twice", async (kind) => {
    await open(begun(kind));
    expect(screen.queryByRole("button", { name: /^The step after it|^Where it leads/ })).toBeNull();
  });

  it("says what an agent lacks, and lets a step that it has be taken back", async () => {
    const { change } = await open({ ...begun("email"), written_by: "agent" } as Step);
    expect(await screen.findByText(/No agent can write yet/)).toBeVisible();
    expect(screen.getByRole("link", { name: "Agents in Settings" })).toHaveAttribute(
      "href",
      "/settings/agents",
    );
    expect(screen.getByRole("button", { name: "Write it for somebody …" })).toBeDisabled();
    await userEvent.click(screen.getByText("Written by you"));
    expect(change).toHaveBeenCalledWith("own", { written_by: "person" }, "own.written_by");
  });
});
