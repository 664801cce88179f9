import { Navigate, type RouteObject } from "react-router";
import { Broken } from "./Broken";
import { Missing } from "./Missing";
import { ROOMS } from "./rooms";
import { Shell } from "./Shell";

/** Every page. Rooms load when they are opened. */
export const routes: RouteObject[] = [
  {
    path: "/signed-out",
    ErrorBoundary: Broken,
    HydrateFallback: () => null,
    lazy: () => import("@/features/session/SignedOut"),
  },
  {
    path: "/",
    Component: Shell,
    ErrorBoundary: Broken,
    HydrateFallback: () => null,
    children: [
      { index: true, element: <Navigate to="/live" replace /> },
      { path: "inbox/dev", element: <Navigate to="/dev-inbox" replace /> },
      ...ROOMS.map((room): RouteObject => ({
        path: `${room.path}${room.below ?? ""}`,
        lazy: room.load,
      })),
      { path: "*", Component: Missing },
    ],
  },
];
