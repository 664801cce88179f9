import { Navigate, type RouteObject } from "react-router";
import { Broken } from "./Broken";
import { Missing } from "./Missing";
import { ROOMS } from "./rooms";
import { Shell } from "./Shell";

/** Every page. Rooms load when they are opened. */
export const routes: RouteObject[] = [
  {
    path: "/",
    Component: Shell,
    ErrorBoundary: Broken,
    HydrateFallback: () => null,
    children: [
      { index: true, element: <Navigate to="/sequences" replace /> },
      ...ROOMS.map((room): RouteObject => ({ path: room.path, lazy: room.load })),
      { path: "*", Component: Missing },
    ],
  },
];
