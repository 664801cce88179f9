// What a flow is built of, in the groups of the palette. A call and a voicemail drop are one kind with two job types.
import type { Kind } from "@/flow/document";

export interface Offer {
  readonly kind: Kind;
  /** How it is called: the kind, but for the voicemail drop. */
  readonly label: Kind | "voicemail_drop";
  readonly fields?: Readonly<Record<string, unknown>>;
}

const of = (kind: Kind): Offer => ({ kind, label: kind });

const VOICEMAIL: Offer = { kind: "voice", label: "voicemail_drop" };
const CALL: Offer = { kind: "voice", label: "voice", fields: { job_type: "initial_outreach" } };

export const GROUPS = [
  { name: "send", offers: [of("email"), of("sms"), of("whatsapp"), CALL, VOICEMAIL] },
  { name: "people", offers: [of("task"), of("notify")] },
  {
    name: "decide",
    offers: [of("condition"), of("split"), of("ai_decide"), of("ai_qualify"), of("wait_for"), of("go_to")],
  },
  {
    name: "act",
    offers: [
      of("tag"),
      of("set_field"),
      of("set_stage"),
      of("list"),
      of("other_sequence"),
      of("webhook"),
      of("suppress"),
    ],
  },
  { name: "end", offers: [of("end")] },
] as const satisfies readonly { readonly name: string; readonly offers: readonly Offer[] }[];

/** What is carried while an offer is dragged. */
export const DRAGGED = "application/x-drumbeat-step";

/** Everything in one list. */
export const OFFERS: readonly Offer[] = GROUPS.flatMap(({ offers }): readonly Offer[] => offers);

export function offerOf(label: string): Offer | undefined {
  return OFFERS.find((offer) => offer.label === label);
}
