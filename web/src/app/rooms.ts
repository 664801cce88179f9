// The rooms of the app in the order of the rail. A new feature adds its line here and its catalog in `i18n`.
import { IconRoute } from "@tabler/icons-react";
import type { ComponentType } from "react";

interface RoomModule {
  readonly Component: ComponentType;
}

export interface RoomEntry {
  readonly path: string;
  readonly name: "sequences";
  readonly icon: typeof IconRoute;
  readonly load: () => Promise<RoomModule>;
}

export const ROOMS: readonly RoomEntry[] = [
  { path: "sequences", name: "sequences", icon: IconRoute, load: () => import("@/features/sequences/page") },
];
