// Which fields a condition may ask about, in the order and groups in which people look for them.
import type { OwnField } from "@/api/flowNames";
import { OPERATORS_OF, type Operator } from "@/flow/condition";
import type { FieldType } from "@/flow/rules";

/** Fields of all contacts. Mirrors core/conditions/fields.py. */
export const CONTACT_FIELDS = {
  stage: "text",
  company: "text",
  title: "text",
  owner: "text",
  first_name: "text",
  last_name: "text",
  email: "text",
  phone: "text",
  whatsapp: "text",
  language: "text",
  time_zone: "text",
  created_at: "date",
  updated_at: "date",
} as const satisfies Record<string, FieldType>;

export type ContactField = keyof typeof CONTACT_FIELDS;

/** What happened with messages of this enrollment; it can be narrowed to a step. */
export const MESSAGE_EVENTS = [
  "replied",
  "clicked",
  "opened",
  "sent",
  "delivered",
  "auto_replied",
  "out_of_office",
  "bounced",
] as const;

/** What happened with the contact. */
export const OTHER_EVENTS = [
  "meeting_booked",
  "meeting_cancelled",
  "call_logged",
  "converted",
  "task_completed",
  "form_submitted",
  "sequence_finished",
  "webhook_received",
  "complained",
  "opted_out",
  "custom",
] as const;

export type EventKind = (typeof MESSAGE_EVENTS)[number] | (typeof OTHER_EVENTS)[number];

const EVENTS: readonly string[] = [...MESSAGE_EVENTS, ...OTHER_EVENTS];
const PREFIX = "event.";
const OWN_TYPES: readonly string[] = ["text", "number", "date", "boolean"];

export function eventOf(field: string): EventKind | undefined {
  const kind = field.startsWith(PREFIX) ? field.slice(PREFIX.length) : "";
  return EVENTS.includes(kind) ? (kind as EventKind) : undefined;
}

export function isOfMessages(kind: EventKind): boolean {
  return (MESSAGE_EVENTS as readonly string[]).includes(kind);
}

export function isContactField(field: string): field is ContactField {
  return field in CONTACT_FIELDS;
}

/** Return the type of a field; one that nobody knows is text. */
export function typeOf(field: string, own: readonly OwnField[]): FieldType {
  if (field === "tag" || field === "list") return "names";
  if (field.startsWith(PREFIX)) return "event";
  if (isContactField(field)) return CONTACT_FIELDS[field];
  const type = own.find((each) => each.field === field)?.type ?? "";
  return OWN_TYPES.includes(type) ? (type as FieldType) : "text";
}

export function operatorsOf(type: FieldType): readonly Operator[] {
  return OPERATORS_OF[type];
}
