import type { TFunction } from "i18next";
import type { Sender } from "@/api/senders";

/** Say how it is warmed up; empty where it is not. */
export function warmWords(t: TFunction<"senders">, { warm_up: ramp }: Sender): string {
  if (ramp === null) return "";
  return t("warm.words", { ...ramp, count: ramp.per_days });
}
