// Every field that a step may have by its schema is edited by a control of its form.
import { readFileSync } from "node:fs";
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, describe, expect, it } from "vitest";
import type { FlowProblem } from "@/api/sequenceContent";
import type { Sequence } from "@/api/sequences";
import { draw } from "@/app/testing/draw";
import { serve } from "@/app/testing/server";
import type { Kind, Step } from "@/flow/document";
import { newStep } from "@/flow/edits";
import { KINDS } from "@/flow/fields";
import { ruleOn } from "@/flow/rules";
import { mail } from "@/flow/testing/steps";
import { IDLE } from "../editor/idle";
import { Inspector } from "./Inspector";

interface Definition {
  readonly properties?: Readonly<Record<string, { readonly const?: string }>>;
}
const schema = JSON.parse(readFileSync("../docs/reference/flow-document.schema.json", "utf8")) as {
  readonly $defs: Readonly<Record<string, Definition>>;
};

/** Set when the step is made: what it is, what it is called in files, and where it stands on the line. */
const NOT_TYPED = ["key", "kind", "next"];
/** Fields that are made of others: each of those is looked for. */
const WITHIN: Readonly<Record<string, string>> = { content: "EmailContent", hints: "Hints" };
const ENTRIES: Readonly<Partial<Record<Kind, string>>> = {
  condition: "Branch",
  split: "Arm",
  ai_decide: "NamedBranch",
};

/** The label or the words of the control that edits a field; those of one kind go before those of all. */
const EDITED_BY: Readonly<Record<string, string | RegExp>> = {
  name: "Name",
  delay: "How long it waits",
  only_if: "Add a condition",
  on_skip: "When it is skipped",
  on_failure: "When it fails",
  job_type: "What kind of message it is",
  written_by: "Who writes",
  sender: "Who sends it",
  angle: "Angle",
  call_to_action: "Call to action",
  value_proposition: "Value",
  subject: "Subject",
  preheader: "Preview line",
  html: "HTML",
  mjml: "MJML",
  layout: "Look",
  attachments: "Attach a file",
  "email.text": "Text of the mail",
  "sms.text": "Message",
  "whatsapp.text": /^Text \(within 24 hours/,
  "task.text": "What to do",
  "notify.text": "What to say",
  template_id: "Template",
  template_variables: "Add a place",
  script: "Script",
  on_human: "When a person answers",
  on_machine: "When a machine answers",
  retries: "How many more tries",
  retry_after: "How long between",
  task_kind: "Kind of task",
  title: "Title",
  assignee: "For",
  due_in: "When it is due",
  waits: "Whether the flow waits",
  when_not_done: "What happens then",
  give_up_after: "How long it waits",
  "condition.name of an entry": "Name of the branch",
  condition: "Add a rule",
  "condition.next": "Where Won leads",
  "split.name of an entry": "Name of the arm",
  weight: "Share of A",
  "split.next": "Where A leads",
  automatic_winner: /^Let the best arm win/,
  event: "What is waited for",
  time_limit: "How long it may take",
  "wait_for.time_limit": "How long at most",
  timed_out: "When it does not:",
  target: "The step to go back to",
  max_rounds: "How many times",
  "ai_decide.question": "What the agent shall decide",
  "ai_decide.name of an entry": "Name of the branch",
  "ai_decide.next": "Where Price leads",
  description: "When Price is right",
  "ai_qualify.question": "What makes somebody qualified",
  qualified: "Who is qualified:",
  unqualified: "Who is not:",
  to: "Whom to tell",
  by: "By email",
  action: "Add or remove",
  "list.action": "Add or take away",
  "other_sequence.action": "Enroll or finish",
  tag: "Tag",
  field: "Field",
  value: "Value",
  stage: "Stage",
  list: "List",
  sequence: "Sequence",
  channel: "By which way",
  url: "Address",
  body: /^Body as JSON/,
  goal: /^This end is a goal/,
};

const REPLIED = { rules: [ruleOn("event.replied", "event")] };

/** What makes every control of a kind stand there. */
const FILLED: Partial<Record<Kind, Partial<Step>>> = {
  email: { content: { subject: "Hi", text: "Hello" } },
  whatsapp: { template_id: "HX1", template_variables: { 1: "x" } },
  voice: { retries: 2 },
  task: { waits: true, when_not_done: "skip" },
  condition: { branches: [{ name: "Won", condition: REPLIED, next: "last" }] },
  split: {
    arms: [
      { name: "A", next: "last" },
      { name: "B", next: "last" },
    ],
  },
  ai_decide: { branches: [{ name: "Price", next: null }] },
  go_to: { target: "first", max_rounds: 2 },
  set_field: { field: "title", value: "CEO" },
};

function fieldsOf(kind: Kind): readonly string[] {
  const step = Object.values(schema.$defs).find(({ properties }) => properties?.kind?.const === kind);
  const own = Object.keys(step?.properties ?? {}).filter((name) => !NOT_TYPED.includes(name));
  const within_ = own.flatMap((name) => Object.keys(schema.$defs[WITHIN[name] ?? ""]?.properties ?? {}));
  const entries = Object.keys(schema.$defs[ENTRIES[kind] ?? ""]?.properties ?? {});
  const made = own.filter((name) => !(name in WITHIN) && name !== "branches" && name !== "arms");
  return [...made, ...within_, ...entries.map((name) => (name === "name" ? "name of an entry" : name))];
}

async function open(kind: Kind, problems: readonly FlowProblem[] = []) {
  serve({ "GET /api/step-kinds": [], "GET /api/merge-tags": [], "GET /api/contact-fields": [] });
  const asked = problems.length > 0 ? { only_if: REPLIED } : {};
  const step = { ...newStep(kind, "own", FILLED[kind] as never), ...asked, next: "last" };
  await draw(
    <Inspector
      step={step}
      position={1}
      sequence={{ id: 7, name: "Outreach", settings: { agent_id: null } } as Sequence}
      saving={{ state: "saved" }}
      document={{ format: 1, start: "first", steps: [mail("first", "own"), step, mail("last", null)] }}
      days={new Map()}
      chosen="own"
      problems={() => problems}
      readOnly={false}
      acts={IDLE}
    />,
  );
  return within(screen.getByRole("complementary"));
}

beforeAll(() => {
  // jsdom loads no fonts; text areas that grow listen for them.
  Object.defineProperty(document, "fonts", { value: new EventTarget(), configurable: true });
});

describe("the form of a step", () => {
  it.each(KINDS)("edits every field that the schema has for %s", async (kind) => {
    const form = await open(kind);
    for (const section of form.queryAllByRole("button", { expanded: false })) await userEvent.click(section);
    const missing = fieldsOf(kind).filter((field) => {
      const control = EDITED_BY[`${kind}.${field}`] ?? EDITED_BY[field];
      if (control === undefined) return true;
      return form.queryAllByLabelText(control).length + form.queryAllByText(control).length === 0;
    });
    expect(missing).toEqual([]);
  });
});

/** Where a problem of each kind may stand: every field, every field of each entry, a condition and its rules. */
function placesOf(kind: Kind): readonly string[] {
  const step = Object.values(schema.$defs).find(({ properties }) => properties?.kind?.const === kind);
  // What a kind lacks is said by the workspace's offers, above all fields.
  const own = Object.keys(step?.properties ?? {}).filter((name) => name !== "key" && name !== "kind");
  const list = kind === "split" ? "arms" : "branches";
  const places = new Set([
    ...own,
    ...own.flatMap((name) => partsOf(WITHIN[name]).map((part) => `${name}.${part}`)),
    ...partsOf(ENTRIES[kind]).map((part) => `${list}[0].${part}`),
    ...["", ".rules", ".rules[0]", ".rules[0].value"].map((part) => `only_if${part}`),
    ...(EXTRA[kind] ?? []),
  ]);
  return [...places];
}

function partsOf(definition = ""): readonly string[] {
  return Object.keys(schema.$defs[definition]?.properties ?? {});
}

const EXTRA: Partial<Record<Kind, readonly string[]>> = {
  condition: ["branches[0].condition.rules", "branches[0].condition.rules[0].step"],
  whatsapp: ["template_variables.1"],
};

describe("a problem of a step", () => {
  it.each(KINDS)("is said in the inspector wherever it stands: %s", async (kind) => {
    const problems = placesOf(kind).map((place) => ({
      code: "made_up",
      severity: "error",
      step: "own",
      path: `steps[1].${place}`,
      message: `Wrong: ${place}!`,
      cure: "",
      facts: {},
    }));
    const form = await open(kind, problems as never);
    const unsaid = problems.filter(({ message }) => form.queryAllByText(message).length === 0);
    expect(unsaid.map(({ path }) => path)).toEqual([]);
  });
});

it("sends nobody to look for a number that would not help: notices go by no SMS yet", async () => {
  const form = await open("notify");
  expect(form.getByRole("checkbox", { name: "By SMS" })).toBeDisabled();
  expect(form.getByText("Not in this release yet")).toBeVisible();
});
