import type { TFunction } from "i18next";

export const HOOK_EVENTS = [
  "form_submitted",
  "webhook_received",
  "meeting_booked",
  "meeting_cancelled",
  "call_logged",
  "converted",
  "custom",
] as const;

export type HookEvent = (typeof HOOK_EVENTS)[number];

export function eventWords(t: TFunction<"settings">, event: string): string {
  const known = HOOK_EVENTS.find((each) => each === event);
  return known === undefined ? event : t(`hooks.events.${known}`);
}
