// How steps are called: their kind, their title, and the quiet third line of their card.
import type { TFunction } from "i18next";
import { delayOf, type Delay } from "@/flow/delay";
import type { FlowDocument, Step } from "@/flow/document";
import { DEFAULTS } from "@/flow/fields";
import { chipWords, piecesOf } from "@/flow/merge";

type T = TFunction<"sequences">;

/** Return the name of the kind of a step; a voicemail drop has a name of its own. */
export function kindWords(t: T, step: Pick<Step, "kind">): string {
  const isDrop = step.kind === "voice" && "job_type" in step && step.job_type !== "initial_outreach";
  return isDrop ? t("kind.voicemail_drop") : t(`kind.${step.kind}`);
}

export function jobTypeOf(step: Step): string {
  if (step.kind === "voice") return step.job_type ?? DEFAULTS.voice.job_type;
  return "job_type" in step ? (step.job_type ?? "") : "";
}

/** Return what a step says or does, in a few words. */
export function stepTitle(t: T, step: Step, document: FlowDocument): string {
  return (
    plain(ownTitle(t, step, document)).trim() || step.name || t("step.untitled", { kind: kindWords(t, step) })
  );
}

function ownTitle(t: T, step: Step, document: FlowDocument): string {
  switch (step.kind) {
    case "email":
      return step.content?.subject || continued(t, step, document);
    case "task":
      return step.title || (step.text ?? "");
    case "tag":
      return step.tag ? t(`step.tag.${step.action ?? "add"}`, { tag: step.tag }) : "";
    case "set_field":
      return step.field ? t("step.setField", { field: step.field, value: String(step.value ?? "") }) : "";
    case "set_stage":
      return step.stage ? t("step.setStage", { stage: step.stage }) : "";
    default:
      return otherTitle(t, step);
  }
}

function otherTitle(t: T, step: Step): string {
  switch (step.kind) {
    case "condition":
      return (step.branches ?? []).map((branch) => branch.name).join(" · ");
    case "notify":
    case "sms":
    case "whatsapp":
      return step.text ?? "";
    case "voice":
      return step.script ?? "";
    case "end":
      return t(step.goal ? "step.endGoal" : "step.end");
    default:
      return "";
  }
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
export function noteWords(t: T, step: Step): readonly string[] {
  const notes: string[] = [];
  if (step.kind === "email") notes.push(t(`job.${step.job_type ?? "initial_outreach"}`));
  if (step.kind === "task") notes.push(...taskNotes(t, step));
  if (step.kind === "notify") notes.push(t("step.notifies", { who: recipientWords(t, step.to) }));
  if (step.name) notes.unshift(step.name);
  if (step.only_if) notes.push(t("step.onlyIf"));
  for (const detour of ["on_skip", "on_failure"] as const) {
    const kind = step[detour]?.kind ?? "go_on";
    if (kind !== "go_on") notes.push(t(`step.${detour}.${kind}`));
  }
  return notes;
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
