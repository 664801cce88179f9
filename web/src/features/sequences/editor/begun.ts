// How a new step begins: as people mostly want it.
import type { TFunction } from "i18next";
import type { FlowDocument, Kind, Step, StepOf } from "@/flow/document";
import { newStep } from "@/flow/edits";
import { inOrder } from "@/flow/outline";
import { ruleOn } from "@/flow/rules";
import { stepAt, type Slot } from "@/flow/ways";
import { branchName } from "./branchNames";
import type { Offer } from "./offers";

const ROUNDS = 2;
const HALF = 50;
const REPLIED = { rules: [ruleOn("event.replied", "event")] };

type Begin<K extends Kind> = (
  t: TFunction<"sequences">,
  slot: Slot,
  document: FlowDocument,
) => Partial<StepOf<K>>;

/** What each kind begins with besides its defaults; ways lead on below once the step is put in. */
const BEGINNINGS: { readonly [K in Kind]?: Begin<K> } = {
  email: (_, slot, document) => ({
    job_type: follows(slot, document) ? "follow_up_email" : "initial_outreach",
  }),
  task: () => ({ when_not_done: "skip", give_up_after: "3d" }),
  condition: (t) => ({ branches: [{ name: branchName(t, REPLIED, []), condition: REPLIED, next: null }] }),
  split: () => ({
    arms: [
      { name: "A", weight: HALF, next: null },
      { name: "B", weight: HALF, next: null },
    ],
  }),
  ai_decide: (t) => ({
    branches: [1, 2].map((number) => ({ name: t("ai.newAnswer", { number }), next: null })),
  }),
  go_to: (_, slot, document) => ({ max_rounds: ROUNDS, target: firstBefore(slot, document) }),
};

/** Mails and calls come two days after what is before them, all else at once. */
const WAITING: ReadonlySet<Kind> = new Set(["email", "sms", "whatsapp", "voice", "task", "go_to"]);

export function begun(
  t: TFunction<"sequences">,
  { kind, fields }: Offer,
  key: string,
  slot: Slot,
  document: FlowDocument,
): Step {
  const begin = BEGINNINGS[kind] as Begin<Kind> | undefined;
  const delay = slot.step !== null && WAITING.has(kind) ? "2d" : "0m";
  return newStep(kind, key, { delay, ...begin?.(t, slot, document), ...fields });
}

function above({ step }: Slot, document: FlowDocument): readonly string[] {
  const order = inOrder(document);
  return order.slice(0, order.indexOf(step ?? "") + 1);
}

function follows(slot: Slot, document: FlowDocument): boolean {
  return above(slot, document).some((key) => stepAt(document, key)?.kind === "email");
}

/** Return the first message above: to say it again is what a step back is mostly for. */
function firstBefore(slot: Slot, document: FlowDocument): string {
  const steps = above(slot, document).flatMap((key) => stepAt(document, key) ?? []);
  return (steps.find(({ kind }) => kind === "email") ?? steps[0])?.key ?? "";
}
