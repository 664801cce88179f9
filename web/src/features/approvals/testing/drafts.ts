// Two drafts that wait, for tests.
import type { Approval, ApprovalDetail, Concern } from "@/api/approvals";

const CLAIM: Concern = {
  code: "claim_not_in_facts",
  severity: "look",
  text: "“Porto” stands in none of the facts.",
  excerpt: "a second line in Porto",
};
export const GAP: Concern = {
  code: "unfilled_tag",
  severity: "stop",
  text: "“{name}” is a gap.",
  excerpt: "{name}",
};

export const INES: Approval = {
  id: 1,
  status: "in_approval",
  contact: { id: 11, name: "Ines Moreau", email: "ines@cobalt.test", company: "Cobalt Dairy", time_zone: "" },
  enrollment_id: 5,
  sequence: "Outreach",
  sequence_id: 4,
  step: "second",
  step_name: "",
  channel: "email",
  job_type: "follow_up_email",
  agent: { id: 3, name: "Mira" },
  subject: "",
  preview: "Since you opened a second line in Porto",
  text_hash: "of Ines",
  risk: "look",
  concerns: { stop: 0, look: 1 },
  because: "autonomy",
  reason: "",
  is_fallback: false,
  is_edited: false,
  outdated: [],
  note: "",
  waits_since: "2026-11-20T10:00:00Z",
  expires_at: "2026-11-27T10:00:00Z",
  retry_at: null,
  decision: "",
  decided_by: "",
  decided_at: null,
  undo_until: null,
};
export const KOFI: Approval = {
  ...INES,
  id: 2,
  text_hash: "of Kofi",
  contact: { ...INES.contact, id: 12, name: "Kofi Mensah" },
  risk: "none",
  concerns: { stop: 0, look: 0 },
};

export function detailOf(row: Approval, more: Partial<ApprovalDetail> = {}): ApprovalDetail {
  return {
    ...row,
    text: "Since you opened a second line in Porto, would a call suit you?",
    original_subject: "",
    original_text: "Since you opened a second line in Porto, would a call suit you?",
    has_subject: false,
    checks: row.risk === "none" ? [] : [CLAIM],
    facts: [],
    hints: { angle: "Time lost at shift change", call_to_action: "", value_proposition: "" },
    words: 12,
    limits: { fewest: 15, most: 220, characters: 4_000 },
    difference: [],
    conversation: [
      { by_contact: true, at: "2026-11-19T10:00:00Z", channel: "email", subject: "", text: "Still on paper" },
    ],
    sender: { id: 1, name: "Mira Castell", address: "mira@castell.test" },
    recipient: "ines@cobalt.test",
    due_at: "2026-11-20T15:10:00Z",
    held: "",
    model: "small",
    cost: null,
    tokens: 300,
    written_at: "2026-11-20T10:00:00Z",
    fallback_text: "",
    ...more,
  };
}
