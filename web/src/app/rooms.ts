// The rooms of the app in the order of the rail. A new feature adds its line here and its catalog in `i18n`.
import { IconActivityHeartbeat, IconMailOpened } from "@tabler/icons-react";
import type { ComponentType } from "react";

interface RoomModule {
  readonly Component: ComponentType;
}

export interface RoomEntry {
  readonly path: string;
  /** What may follow the path: a room keeps its place in the rail while something in it is open. */
  readonly below?: string;
  readonly name: "live" | "devInbox";
  readonly icon: typeof IconMailOpened;
  /** The rail shows icons only, because this room needs the width. */
  readonly slim?: true;
  readonly load: () => Promise<RoomModule>;
}

export const ROOMS: readonly RoomEntry[] = [
  {
    path: "live",
    name: "live",
    icon: IconActivityHeartbeat,
    slim: true,
    load: () => import("@/features/live/page"),
  },
  {
    path: "dev-inbox",
    below: "/:mailId?",
    name: "devInbox",
    icon: IconMailOpened,
    load: () => import("@/features/dev-inbox/page"),
  },
];
