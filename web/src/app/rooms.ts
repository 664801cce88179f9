// The rooms of the app in the order of the rail. Their pages are in `routes`, their texts in `catalogs`.
import {
  IconActivityHeartbeat,
  IconAddressBook,
  IconBan,
  IconCheckbox,
  IconEye,
  IconInbox,
  IconList,
  IconMailOpened,
  IconRoute,
  IconSend,
  IconSettings,
  IconSparkles,
  IconStethoscope,
  IconSun,
} from "@tabler/icons-react";
import type { english } from "./messages.en";

export type RoomName = keyof (typeof english)["room"];

export interface RoomEntry {
  readonly name: RoomName;
  readonly path: string;
  readonly icon: typeof IconSun;
  /** Rooms of one group stand together in the rail. */
  readonly group: "waiting" | "people" | "frame" | "demo";
  /** The second key after `g`. */
  readonly key?: string;
  /** Its place in the bottom bar of a phone; the others are below More. */
  readonly thumb?: number;
  /** The rail shows icons only, because this room needs the width. */
  readonly slim?: true;
  /** It says itself that all is stopped or nothing answers. */
  readonly ownBanners?: true;
}

const ALL: readonly RoomEntry[] = [
  { name: "today", path: "today", icon: IconSun, group: "waiting", key: "t", thumb: 1 },
  { name: "inbox", path: "inbox", icon: IconInbox, group: "waiting", key: "i", thumb: 3 },
  { name: "approvals", path: "approvals", icon: IconSparkles, group: "waiting", key: "a" },
  { name: "reviews", path: "reviews", icon: IconEye, group: "waiting", key: "r" },
  { name: "tasks", path: "tasks", icon: IconCheckbox, group: "waiting", key: "k" },
  { name: "sequences", path: "sequences", icon: IconRoute, group: "people", key: "s", thumb: 2 },
  { name: "contacts", path: "contacts", icon: IconAddressBook, group: "people", key: "c", thumb: 4 },
  { name: "lists", path: "lists", icon: IconList, group: "people" },
  { name: "suppressions", path: "suppressions", icon: IconBan, group: "people" },
  { name: "senders", path: "senders", icon: IconSend, group: "frame" },
  { name: "doctor", path: "doctor", icon: IconStethoscope, group: "frame" },
  { name: "settings", path: "settings", icon: IconSettings, group: "frame" },
  { name: "live", path: "live", icon: IconActivityHeartbeat, group: "demo", slim: true, ownBanners: true },
  { name: "devInbox", path: "dev-inbox", icon: IconMailOpened, group: "demo" },
];

/** Return the rooms in the order of the rail; those of the demo only where the contacts are invented. */
export function roomsFor(demo: boolean): readonly RoomEntry[] {
  return demo ? ALL : ALL.filter((room) => room.group !== "demo");
}

/** Return the rooms under the thumb, from left to right. */
export function thumbRooms(): readonly RoomEntry[] {
  return ALL.filter((room) => room.thumb !== undefined).toSorted((a, b) => (a.thumb ?? 0) - (b.thumb ?? 0));
}

/** Return the room that an address lies in. */
export function roomAt(pathname: string): RoomEntry | undefined {
  const [, first] = pathname.split("/");
  return ALL.find((room) => room.path === first);
}
