// What each kind of step has besides the fields of all, with its default; and what every step has.
import type { Kind, Step, StepOf } from "./document";

const WRITTEN = {
  written_by: "person",
  hints: { angle: "", call_to_action: "", value_proposition: "" },
  sender: null,
} as const;

const GO_ON = { kind: "go_on", step: null } as const;

/** The fields of all steps. `key`, `kind` and the ways out have no default. */
export const COMMON = { name: "", delay: "0m", only_if: null, on_skip: GO_ON, on_failure: GO_ON } as const;

type Unset = keyof typeof COMMON | "key" | "kind" | "next" | "timed_out" | "qualified" | "unqualified";

type Defaults = {
  readonly [K in Kind]: { readonly [Field in Exclude<keyof StepOf<K>, Unset>]-?: StepOf<K>[Field] };
};

export const DEFAULTS = {
  email: { job_type: "initial_outreach", content: null, ...WRITTEN },
  sms: { job_type: "initial_outreach", text: "", ...WRITTEN },
  whatsapp: {
    job_type: "initial_outreach",
    text: "",
    template_id: null,
    template_variables: {},
    ...WRITTEN,
  },
  voice: {
    job_type: "voicemail_drop",
    script: "",
    on_human: "connect",
    on_machine: "leave_script",
    retries: 2,
    retry_after: "4h",
    ...WRITTEN,
  },
  task: {
    task_kind: "to_do",
    title: "",
    text: "",
    assignee: null,
    due_in: "1d",
    waits: true,
    when_not_done: "wait",
    give_up_after: "7d",
  },
  condition: { branches: [] },
  split: { arms: [], automatic_winner: false },
  wait_for: { event: "replied", time_limit: "3d" },
  go_to: { target: "", max_rounds: null },
  ai_decide: { question: "", branches: [], time_limit: "1h" },
  ai_qualify: { question: "", time_limit: "1h" },
  notify: { to: "contact_owner", by: ["in_app"], text: "" },
  tag: { action: "add", tag: "" },
  set_field: { field: "", value: null },
  set_stage: { stage: "" },
  list: { action: "add", list: "" },
  other_sequence: { action: "enroll", sequence: "" },
  webhook: { url: "", body: "" },
  suppress: { channel: null },
  end: { goal: false },
} as const satisfies Defaults;

export const KINDS = Object.keys(DEFAULTS) as readonly Kind[];

/** Tell whether two plain values say the same; the order of an object's keys does not matter. */
export function same(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (!isObject(one) || !isObject(other) || Array.isArray(one) !== Array.isArray(other)) return false;
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => same(one[key], other[key]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** Return a step as the server writes it: what has its default is left away. */
export function pruned<S extends Step>(step: S): S {
  const defaults: Record<string, unknown> = { ...COMMON, ...DEFAULTS[step.kind] };
  const kept = Object.entries(step).filter(
    ([field, value]) =>
      field === "delay" || !(field in defaults) || !same(filled(value, defaults[field]), defaults[field]),
  );
  return Object.fromEntries(kept) as unknown as S;
}

/** Complete an object of which only a part is written, such as `on_skip`, by its default. */
function filled(value: unknown, whole: unknown): unknown {
  const isPart = isObject(value) && isObject(whole) && !Array.isArray(value);
  return isPart ? { ...whole, ...value } : value;
}
