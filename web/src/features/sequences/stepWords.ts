// How steps are called: their kind, their title, and the quiet third line of their card.
import type { TFunction } from "i18next";
import type { OwnField } from "@/api/flowNames";
import { eventOf } from "@/dialogs/condition/fields";
import { conditionWords } from "@/dialogs/condition/words";
import { percents } from "@/flow/branches";
import type { Condition } from "@/flow/condition";
import { delayOf, type Delay } from "@/flow/delay";
import type { FlowDocument, Kind, Step, StepOf } from "@/flow/document";
import { DEFAULTS } from "@/flow/fields";
import { chipWords, piecesOf } from "@/flow/merge";
import { stepAt } from "@/flow/ways";

type T = TFunction<"sequences">;

/** What words about a flow need to know. */
export interface Known {
  readonly document: FlowDocument;
  readonly fields: readonly OwnField[];
}

/** Say what a condition of a flow asks, its steps by their titles. */
export function conditionIn(t: T, condition: Condition, { document, fields }: Known): string {
  const titleOf = (key: string) => {
    const step = stepAt(document, key);
    return step && stepTitle(t, step, document);
  };
  return conditionWords(t, condition, { fields, titleOf });
}

/** Return the name of the kind of a step; a voicemail drop has a name of its own. */
export function kindWords(t: T, step: Pick<Step, "kind">): string {
  const isDrop = step.kind === "voice" && jobTypeOf(step as Step) !== "initial_outreach";
  return isDrop ? t("kind.voicemail_drop") : t(`kind.${step.kind}`);
}

export function jobTypeOf(step: Step): string {
  if (step.kind === "voice") return step.job_type ?? DEFAULTS.voice.job_type;
  return "job_type" in step ? (step.job_type ?? "") : "";
}

/** Return what a step says or does, in a few words. */
export function stepTitle(t: T, step: Step, document: FlowDocument): string {
  const said = filled(plain(ownTitle(t, step, document)).trim());
  const name = filled(step.name);
  return (
    (NAMED.has(step.kind) ? (name ?? said) : (said ?? name)) ??
    t("step.untitled", { kind: kindWords(t, step) })
  );
}

/** What decides is called by its name where it has one: its ways say the rest. */
const NAMED: ReadonlySet<Kind> = new Set(["condition", "split", "ai_decide", "ai_qualify"]);

type Titles = {
  readonly [K in Kind]?: (t: T, step: StepOf<K>, document: FlowDocument) => string | undefined;
};

const TITLES: Titles = {
  email: (t, step, document) => filled(step.content?.subject) ?? continued(t, step, document),
  task: (_, step) => filled(step.title) ?? step.text,
  tag: (t, step) => filled(step.tag) && t(`step.tag.${step.action ?? "add"}`, { tag: step.tag }),
  set_field: (t, step) =>
    filled(step.field) && t("step.setField", { field: step.field, value: String(step.value ?? "") }),
  set_stage: (t, step) => filled(step.stage) && t("step.setStage", { stage: step.stage }),
  condition: (_, step) => (step.branches ?? []).map((branch) => branch.name).join(" · "),
  notify: (_, step) => step.text,
  sms: (_, step) => step.text,
  whatsapp: (_, step) => step.text,
  voice: (_, step) => step.script,
  split: (_, step) => shareWords(step),
  wait_for: (t, step) => waitWords(t, step),
  go_to: (t, step, document) => backWords(t, step, document),
  ai_decide: (_, step) => step.question,
  ai_qualify: (_, step) => step.question,
  list: (t, step) => filled(step.list) && t(`step.list.${step.action ?? "add"}`, { list: step.list }),
  other_sequence: (t, step) =>
    filled(step.sequence) && t(`step.sequence.${step.action ?? "enroll"}`, { sequence: step.sequence }),
  webhook: (_, step) => step.url?.replace(/^https?:\/\//, ""),
  suppress: (t, step) => t(`step.suppress.${step.channel ?? "all"}`),
  end: (t, step) => t(step.goal === true ? "step.endGoal" : "step.end"),
};

function shareWords(step: StepOf<"split">): string {
  const arms = step.arms ?? [];
  const shares = percents(arms.map(({ weight = 1 }) => weight));
  return arms.map(({ name }, index) => `${name} ${shares[index] ?? 0} %`).join(" · ");
}

function waitWords(t: T, step: StepOf<"wait_for">): string | undefined {
  const event = eventOf(`event.${step.event ?? DEFAULTS.wait_for.event}`);
  const limit = delayWords(t, delayOf(step.time_limit ?? DEFAULTS.wait_for.time_limit));
  return event && t("step.waitFor", { what: t(`happened.${event}`), limit });
}

function backWords(t: T, step: StepOf<"go_to">, document: FlowDocument): string | undefined {
  const target = stepAt(document, step.target ?? null);
  // A step that leads back to one that leads back would name itself without end.
  const to = target?.kind === "go_to" ? kindWords(t, target) : target && stepTitle(t, target, document);
  if (to === undefined) return undefined;
  return step.max_rounds == null
    ? t("step.backAlways", { step: to })
    : t("step.back", { step: to, count: step.max_rounds });
}

function ownTitle(t: T, step: Step, document: FlowDocument): string {
  const title = TITLES[step.kind] as
    ((t: T, step: Step, document: FlowDocument) => string | undefined) | undefined;
  return title?.(t, step, document) ?? "";
}

function filled(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}

/** Return the subject of the thread that a follow-up without one continues. */
function continued(t: T, step: Step, document: FlowDocument): string {
  if (jobTypeOf(step) !== "follow_up_email") return "";
  const before = document.steps.slice(0, document.steps.indexOf(step));
  const first = before.findLast((each) => each.kind === "email" && Boolean(each.content?.subject));
  return first?.kind === "email" ? t("step.re", { subject: first.content?.subject ?? "" }) : "";
}

/** Write merge tags as people read them: `{{ contact.company | default: "x" }}` is `company`. */
export function plain(text: string): string {
  return piecesOf(text)
    .map((piece) => (typeof piece === "string" ? piece : `‹${chipWords(piece.name)}›`))
    .join("");
}

/** Say a delay: *4 weekdays*, *at once*. */
export function delayWords(t: T, delay: Delay): string {
  return delay.value === 0 ? t("delay.none") : t(`delay.${delay.unit}`, { count: delay.value });
}

/** Return the parts of the third line: what kind of mail, only if, what happens when a task is not done. */
export function noteWords(t: T, step: Step, known: Known): readonly string[] {
  const title = stepTitle(t, step, known.document);
  const other = NAMED.has(step.kind) ? plain(ownTitle(t, step, known.document)).trim() : (step.name ?? "");
  return [
    ...(other === "" || other === title ? [] : [other]),
    ...kindNotes(t, step),
    ...(step.only_if ? [t("step.onlyIf", { what: conditionIn(t, step.only_if, known) })] : []),
    ...detours(t, step, known.document),
  ];
}

function kindNotes(t: T, step: Step): readonly string[] {
  if (step.kind === "task") return taskNotes(t, step);
  if (step.kind === "email") {
    const from = step.sender ? [t("step.from", { who: step.sender })] : [];
    return [t(`job.${step.job_type ?? "initial_outreach"}`), ...from];
  }
  return step.kind === "notify" ? [t("step.notifies", { who: recipientWords(t, step.to) })] : [];
}

function detours(t: T, step: Step, document: FlowDocument): readonly string[] {
  return (["on_skip", "on_failure"] as const).flatMap((name) => {
    const way = step[name];
    if (way?.kind === "finish") return [t(`step.${name}.finish`)];
    const to = way?.kind === "step" ? stepAt(document, way.step ?? null) : undefined;
    return to ? [t(`step.${name}.step`, { step: stepTitle(t, to, document) })] : [];
  });
}

function taskNotes(t: T, step: Extract<Step, { kind: "task" }>): string[] {
  const who = step.assignee ? t("step.for", { who: step.assignee }) : t("step.forOwner");
  if (step.waits === false) return [who, t("step.doesNotWait")];
  const after = delayWords(t, delayOf(step.give_up_after ?? DEFAULTS.task.give_up_after));
  return [who, t(`step.notDone.${step.when_not_done ?? "wait"}`, { after })];
}

export function recipientWords(t: T, to = "contact_owner"): string {
  const known = ["contact_owner", "sequence_owner", "workspace_owner"] as const;
  const word = known.find((each) => each === to);
  return word === undefined ? to : t(`recipient.${word}`);
}
