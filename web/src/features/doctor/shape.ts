// What is said of a finding, in which group it stands, and where its fix is. Pure.
import type { Finding } from "@/api/doctor";
import type { english } from "./messages.en";

export type CountName = "people" | "messages" | "waiting" | "mails" | "drafts";
export type FixName = keyof (typeof english)["fix"];

interface Shape {
  /** What its number counts; left out: the number says nothing. */
  readonly counts?: CountName;
  readonly fix?: readonly [FixName, (id: number | null) => string];
}

const sender: Shape["fix"] = ["sender", (id) => `/senders/${id ?? ""}`];
const sequences: Shape["fix"] = ["sequences", () => "/sequences"];

const numbers: Shape["fix"] = ["numbers", () => "/settings/numbers"];

const SHAPES: Readonly<Record<string, Shape>> = {
  emergency_stop: { fix: ["stop", () => "/settings/stop"] },
  no_active_sequence: { fix: sequences },
  sequence_paused: { counts: "people", fix: ["sequence", (id) => `/sequences/${id ?? ""}`] },
  no_sender: { fix: ["addSender", () => "/senders"] },
  sender_disabled: { counts: "waiting", fix: sender },
  sender_down: { counts: "waiting", fix: sender },
  sender_held: { counts: "waiting", fix: sender },
  sender_window: { counts: "waiting", fix: sender },
  sender_cap: { counts: "waiting", fix: sender },
  provider_silent: { fix: sender },
  provider_no_unsubscribe: { fix: sender },
  provider_unfetched: { fix: sender },
  consumers_near: {},
  sender_ready: { counts: "waiting", fix: sender },
  phone_account_faulty: { fix: numbers },
  phone_account_untold: {},
  phone_account_unproven: { fix: numbers },
  phone_account_not_posted: { fix: numbers },
  phone_callbacks_unreadable: { counts: "messages", fix: numbers },
  text_media_lost: { counts: "messages" },
  number_held: { counts: "waiting", fix: numbers },
  number_disabled: { counts: "waiting", fix: numbers },
  grant_lost: { fix: ["account", () => "/senders"] },
  grant_failing: { fix: ["account", () => "/senders"] },
  enrollments_behind: { counts: "people" },
  enrollments_waiting: { counts: "people" },
  blocked: { counts: "people", fix: ["enrollment", (id) => `/enrollments/${id ?? ""}`] },
  held: { counts: "messages" },
  interrupted: { counts: "messages", fix: sequences },
  drafts_waiting: { counts: "drafts", fix: ["drafts", () => "/approvals"] },
  drafts_at_cap: { counts: "drafts", fix: ["agents", () => "/settings/agents"] },
  drafts_not_written: { counts: "drafts" },
  drafts_not_asked_for: { counts: "drafts" },
  inbound_poison: { counts: "mails" },
  inbound_behind: { counts: "mails", fix: ["inbox", () => "/inbox"] },
};

/** The code without its reason: "blocked_error" is said as "blocked". */
export function nameOf({ code, reason }: Finding): string {
  return reason !== "" && code.endsWith(`_${reason}`) ? code.slice(0, -reason.length - 1) : code;
}

/** Return what a finding counts and where its fix is. */
export function shapeOf(finding: Finding): Shape {
  return SHAPES[nameOf(finding)] ?? {};
}

export type GroupName = keyof (typeof english)["group"];

function groupOf({ level, stops }: Finding): GroupName {
  if (level === "note" || level === "ok") return level;
  return stops ? "wrong" : "warned";
}

/** Return the findings by group; within one they keep their order, what stops most first. */
export function grouped(findings: readonly Finding[]): Readonly<Record<GroupName, readonly Finding[]>> {
  const of = (name: GroupName) => findings.filter((finding) => groupOf(finding) === name);
  return { wrong: of("wrong"), warned: of("warned"), note: of("note"), ok: of("ok") };
}
