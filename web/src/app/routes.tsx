import { Navigate, type RouteObject } from "react-router";
import { Broken } from "./Broken";
import type { LaterName } from "./catalogs";
import { loadTexts } from "./i18n";
import { Missing } from "./Missing";
import { Shell } from "./Shell";

type Page = Required<Pick<RouteObject, "Component">>;

/**
 * A page that comes when it is opened, with every text that its code can draw: what waits for texts would be taken off
 * the screen once more, for 300 ms at least.
 */
function page(names: LaterName | readonly LaterName[], load: () => Promise<Page>) {
  return async (): Promise<Page> => {
    const [module] = await Promise.all([load(), loadTexts(...[names].flat())]);
    return { Component: module.Component };
  };
}

const sequence: RouteObject = {
  path: "sequences/:sequenceId",
  lazy: page(["sequences", "simulate"], () => import("@/features/sequences/SequencePage")),
  children: [
    {
      index: true,
      lazy: page(
        ["sequences", "conditions", "numbers", "drafts"],
        () => import("@/features/sequences/SequenceSteps"),
      ),
    },
    {
      path: "enrollments",
      lazy: page("enrollments", () => import("@/features/enrollments/SequenceEnrollments")),
    },
    { path: "review", lazy: page(["reviews", "drafts"], () => import("@/features/reviews/SequenceReviews")) },
    {
      path: "settings",
      lazy: page(["sequences", "conditions"], () => import("@/features/sequences/SequenceSettings")),
    },
    {
      path: "history/compare",
      lazy: page(["compare", "sequences", "numbers"], () => import("@/features/sequences/SequenceCompare")),
    },
    {
      path: "history",
      lazy: page(["compare", "sequences"], () => import("@/features/sequences/SequenceHistory")),
    },
  ],
};

const rooms: readonly RouteObject[] = [
  { path: "today", lazy: page("today", () => import("@/features/today/page")) },
  {
    path: "inbox/:contactId?",
    lazy: page(["inbox", "mail", "drafts"], () => import("@/features/inbox/page")),
  },
  { path: "approvals", lazy: page(["approvals", "drafts"], () => import("@/features/approvals/page")) },
  { path: "reviews", lazy: page(["reviews", "drafts"], () => import("@/features/reviews/page")) },
  { path: "tasks/:taskId?", lazy: page(["tasks", "dialogs"], () => import("@/features/tasks/page")) },
  { path: "sequences", lazy: page("sequences", () => import("@/features/sequences/page")) },
  sequence,
  {
    path: "enrollments/:enrollmentId",
    lazy: page(["enrollments", "seen"], () => import("@/features/enrollments/page")),
  },
  { path: "contacts", lazy: page(["contacts", "dialogs"], () => import("@/features/contacts/page")) },
  { path: "contacts/import", lazy: page("contacts", () => import("@/features/contacts/ImportPage")) },
  { path: "contacts/fields", lazy: page("contacts", () => import("@/features/contacts/FieldsPage")) },
  {
    path: "contacts/:contactId",
    lazy: page(["contacts", "dialogs", "mail", "seen"], () => import("@/features/contacts/ContactPage")),
  },
  {
    path: "lists/segments",
    lazy: page(["lists", "conditions", "dialogs"], () => import("@/features/lists/segments/SegmentsPage")),
  },
  {
    path: "lists/segments/new",
    lazy: page(["lists", "conditions"], () => import("@/features/lists/segments/NewSegmentPage")),
  },
  {
    path: "lists/segments/:segmentId",
    lazy: page(["lists", "conditions", "dialogs"], () => import("@/features/lists/segments/SegmentPage")),
  },
  { path: "lists/:listId?", lazy: page(["lists", "dialogs"], () => import("@/features/lists/page")) },
  { path: "suppressions", lazy: page("suppressions", () => import("@/features/suppressions/page")) },
  { path: "senders/:senderId?", lazy: page(["senders", "connect"], () => import("@/features/senders/page")) },
  { path: "doctor", lazy: page("doctor", () => import("@/features/doctor/page")) },
  {
    path: "settings/:section?",
    lazy: page(["settings", "connect", "drafts"], () => import("@/features/settings/page")),
  },
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
