import type { TFunction } from "i18next";
import { mail } from "./mail.en";

type Fault = keyof (typeof mail)["mailboxes"]["fault"];

/** Says why a mailbox cannot be read; a word that is not known is said as it is. */
export function faultWords(t: TFunction<"settings">, fault: string): string {
  return fault in mail.mailboxes.fault ? t(`mailboxes.fault.${fault as Fault}`) : fault;
}
