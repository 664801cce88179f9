// Every message catalog. The frame's come one language at a time, a room's come with the room.
import { type Language } from "@/ui/language";
import type { Catalog } from "@/ui/catalog";
import type { frame } from "./frame.en";

const FRAME: Readonly<Record<Language, () => Promise<Readonly<Record<string, object>>>>> = {
  en: async () => (await import("./frame.en")).frame,
  de: async () => (await import("./frame.de")).frame,
};

export const FRAME_NAMES = ["app", "ui", "words"] as const satisfies (keyof typeof frame)[];

export const LATER = {
  approvals: async () => (await import("@/features/approvals/messages")).approvals,
  compare: async () => (await import("@/features/sequences/compare/messages")).compare,
  conditions: async () => (await import("@/dialogs/condition/messages")).conditions,
  connect: async () => (await import("@/dialogs/connect/messages")).connect,
  contacts: async () => (await import("@/features/contacts/messages")).contacts,
  devInbox: async () => (await import("@/features/dev-inbox/messages")).devInbox,
  dialogs: async () => (await import("@/dialogs/messages")).dialogs,
  doctor: async () => (await import("@/features/doctor/messages")).doctor,
  drafts: async () => (await import("@/dialogs/drafts/messages")).drafts,
  enrollments: async () => (await import("@/features/enrollments/messages")).enrollments,
  inbox: async () => (await import("@/features/inbox/messages")).inbox,
  lists: async () => (await import("@/features/lists/messages")).lists,
  live: async () => (await import("@/features/live/messages")).live,
  mail: async () => (await import("@/dialogs/mail/messages")).mail,
  numbers: async () => (await import("@/features/sequences/numbers/messages")).numbers,
  reviews: async () => (await import("@/features/reviews/messages")).reviews,
  seen: async () => (await import("@/ui/seen/messages")).seen,
  senders: async () => (await import("@/features/senders/messages")).senders,
  sequences: async () => (await import("@/features/sequences/messages")).sequences,
  session: async () => (await import("@/features/session/messages")).session,
  settings: async () => (await import("@/features/settings/messages")).settings,
  simulate: async () => (await import("@/features/sequences/simulate/messages")).simulate,
  suppressions: async () => (await import("@/features/suppressions/messages")).suppressions,
  tasks: async () => (await import("@/features/tasks/messages")).tasks,
  today: async () => (await import("@/features/today/messages")).today,
};

export type LaterName = keyof typeof LATER;

type Loaded<Name extends LaterName> = Awaited<ReturnType<(typeof LATER)[Name]>>;

/** What `t` knows: the English messages of every catalog by its name. */
export type Resources = typeof frame & { [Name in LaterName]: Loaded<Name>["en"] };

/** Load the texts of a catalog in one language; undefined for a name that is none. */
export async function loadCatalog(name: string, language: Language): Promise<object | undefined> {
  const later: Readonly<Record<string, (() => Promise<Catalog<object>>) | undefined>> = LATER;
  const load = later[name];
  return load === undefined ? (await FRAME[language]())[name] : (await load())[language];
}
