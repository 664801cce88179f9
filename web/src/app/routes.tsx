import { Navigate, type RouteObject } from "react-router";
import { Broken } from "./Broken";
import type { LaterName } from "./catalogs";
import { loadTexts } from "./i18n";
import { Missing } from "./Missing";
import { Shell } from "./Shell";

type Page = Required<Pick<RouteObject, "Component">>;

/** A page that comes when it is opened, with the texts of its room. */
function page(name: LaterName, load: () => Promise<Page>) {
  return async (): Promise<Page> => {
    const [module] = await Promise.all([load(), loadTexts(name)]);
    return { Component: module.Component };
  };
}

const sequence: RouteObject = {
  path: "sequences/:sequenceId",
  lazy: page("sequences", () => import("@/features/sequences/SequencePage")),
  children: [
    { index: true, lazy: page("sequences", () => import("@/features/sequences/SequenceSteps")) },
    {
      path: "enrollments",
      lazy: page("enrollments", () => import("@/features/enrollments/SequenceEnrollments")),
    },
    { path: "review", lazy: page("reviews", () => import("@/features/reviews/SequenceReviews")) },
    { path: "settings", lazy: page("sequences", () => import("@/features/sequences/SequenceSettings")) },
    {
      path: "history/compare",
      lazy: page("compare", () => import("@/features/sequences/SequenceCompare")),
    },
    { path: "history", lazy: page("compare", () => import("@/features/sequences/SequenceHistory")) },
  ],
};

const rooms: readonly RouteObject[] = [
  { path: "today", lazy: page("today", () => import("@/features/today/page")) },
  { path: "inbox/:contactId?", lazy: page("inbox", () => import("@/features/inbox/page")) },
  { path: "approvals", lazy: page("approvals", () => import("@/features/approvals/page")) },
  { path: "reviews", lazy: page("reviews", () => import("@/features/reviews/page")) },
  { path: "tasks/:taskId?", lazy: page("tasks", () => import("@/features/tasks/page")) },
  { path: "sequences", lazy: page("sequences", () => import("@/features/sequences/page")) },
  sequence,
  {
    path: "enrollments/:enrollmentId",
    lazy: page("enrollments", () => import("@/features/enrollments/page")),
  },
  { path: "contacts", lazy: page("contacts", () => import("@/features/contacts/page")) },
  { path: "contacts/import", lazy: page("contacts", () => import("@/features/contacts/ImportPage")) },
  { path: "contacts/fields", lazy: page("contacts", () => import("@/features/contacts/FieldsPage")) },
  { path: "contacts/:contactId", lazy: page("contacts", () => import("@/features/contacts/ContactPage")) },
  { path: "lists/segments", lazy: page("lists", () => import("@/features/lists/segments/SegmentsPage")) },
  {
    path: "lists/segments/new",
    lazy: page("lists", () => import("@/features/lists/segments/NewSegmentPage")),
  },
  {
    path: "lists/segments/:segmentId",
    lazy: page("lists", () => import("@/features/lists/segments/SegmentPage")),
  },
  { path: "lists/:listId?", lazy: page("lists", () => import("@/features/lists/page")) },
  { path: "suppressions", lazy: page("suppressions", () => import("@/features/suppressions/page")) },
  { path: "senders/:senderId?", lazy: page("senders", () => import("@/features/senders/page")) },
  { path: "doctor", lazy: page("doctor", () => import("@/features/doctor/page")) },
  { path: "settings/:section?", lazy: page("settings", () => import("@/features/settings/page")) },
  { path: "live", lazy: page("live", () => import("@/features/live/page")) },
  { path: "dev-inbox/:mailId?", lazy: page("devInbox", () => import("@/features/dev-inbox/page")) },
];

/** Pages for people who are not signed in: they stand alone, without the frame. */
const outside: readonly RouteObject[] = [
  { path: "/sign-in", lazy: page("session", () => import("@/features/session/SignIn")) },
  { path: "/welcome/:token", lazy: page("session", () => import("@/features/session/Welcome")) },
  { path: "/invitation/:token", lazy: page("session", () => import("@/features/session/Invitation")) },
  { path: "/password/:token", lazy: page("session", () => import("@/features/session/SetPassword")) },
  { path: "/signed-out", lazy: page("session", () => import("@/features/session/SignedOut")) },
];

/** Every page. Rooms load when they are opened. */
export const routes: RouteObject[] = [
  ...outside.map((route): RouteObject => ({ ...route, ErrorBoundary: Broken, HydrateFallback: Nothing })),
  {
    path: "/",
    Component: Shell,
    ErrorBoundary: Broken,
    HydrateFallback: Nothing,
    children: [
      { index: true, element: <Navigate to="/today" replace /> },
      { path: "inbox/dev", element: <Navigate to="/dev-inbox" replace /> },
      // A room that breaks leaves the frame standing.
      { ErrorBoundary: Broken, children: [...rooms, { path: "*", Component: Missing }] },
    ],
  },
];

function Nothing() {
  return null;
}
