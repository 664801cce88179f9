// The sections of the settings in their order, each with the right that opens it.
import {
  IconAddressBook,
  IconBuilding,
  IconGauge,
  IconHistory,
  IconInbox,
  IconKey,
  IconPhone,
  IconPlayerStop,
  IconShieldHalf,
  IconSignature,
  IconSparkles,
  IconUser,
  IconWebhook,
  IconWorldCheck,
} from "@tabler/icons-react";
import type { english } from "./messages.en";

export type SectionName = keyof (typeof english)["section"];

export interface Section {
  readonly name: SectionName;
  readonly icon: typeof IconUser;
  readonly right?: string;
}

const ALL: readonly Section[] = [
  { name: "account", icon: IconUser },
  { name: "workspace", icon: IconBuilding, right: "settings.view" },
  { name: "branding", icon: IconSignature, right: "settings.view" },
  { name: "limits", icon: IconGauge, right: "settings.view" },
  { name: "members", icon: IconAddressBook, right: "users.view" },
  { name: "roles", icon: IconShieldHalf, right: "users.view" },
  { name: "keys", icon: IconKey, right: "settings.edit" },
  { name: "mailboxes", icon: IconInbox, right: "senders.view" },
  { name: "domains", icon: IconWorldCheck, right: "senders.view" },
  { name: "numbers", icon: IconPhone, right: "senders.view" },
  { name: "agents", icon: IconSparkles, right: "settings.view" },
  { name: "hooks", icon: IconWebhook, right: "settings.edit" },
  { name: "audit", icon: IconHistory, right: "settings.edit" },
  { name: "stop", icon: IconPlayerStop },
];

/** Return the section that is asked for by this name, whether it may be opened or not. */
export function sectionNamed(name: string | undefined): Section | undefined {
  return ALL.find((section) => section.name === name);
}

/** Return the sections that somebody with these rights may open. */
export function sectionsFor(may: (right: string) => boolean): readonly Section[] {
  return ALL.filter((section) => section.right === undefined || may(section.right));
}
