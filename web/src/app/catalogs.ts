// Every message catalog. The frame's own come with the page; a room's come with the room.
import type { Catalog } from "@/ui/catalog";
import { ui } from "@/ui/messages";
import { words } from "@/ui/words/messages";
import { app } from "./messages";

export const AT_ONCE = { app, ui, words };

export const LATER = {
  contacts: async () => (await import("@/features/contacts/messages")).contacts,
  devInbox: async () => (await import("@/features/dev-inbox/messages")).devInbox,
  dialogs: async () => (await import("@/dialogs/messages")).dialogs,
  enrollments: async () => (await import("@/features/enrollments/messages")).enrollments,
  inbox: async () => (await import("@/features/inbox/messages")).inbox,
  lists: async () => (await import("@/features/lists/messages")).lists,
  live: async () => (await import("@/features/live/messages")).live,
  senders: async () => (await import("@/features/senders/messages")).senders,
  sequences: async () => (await import("@/features/sequences/messages")).sequences,
  session: async () => (await import("@/features/session/messages")).session,
  settings: async () => (await import("@/features/settings/messages")).settings,
  suppressions: async () => (await import("@/features/suppressions/messages")).suppressions,
  tasks: async () => (await import("@/features/tasks/messages")).tasks,
  today: async () => (await import("@/features/today/messages")).today,
};

export type LaterName = keyof typeof LATER;

type Loaded<Name extends LaterName> = Awaited<ReturnType<(typeof LATER)[Name]>>;

/** What `t` knows: the English messages of every catalog by its name. */
export type Resources = { [Name in keyof typeof AT_ONCE]: (typeof AT_ONCE)[Name]["en"] } & {
  [Name in LaterName]: Loaded<Name>["en"];
};

/** Load the catalog of a room; undefined for a name that is none. */
export async function loadCatalog(name: string): Promise<Catalog<object> | undefined> {
  const loaders: Readonly<Record<string, (() => Promise<Catalog<object>>) | undefined>> = LATER;
  return loaders[name]?.();
}
