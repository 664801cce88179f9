// What the API says of agents and drafts. To be replaced by the generated types.
import type { components } from "./schema";

type ContactRef = components["schemas"]["ContactRef"];

export type Policy = "autonomous" | "approval" | "disabled";
export type ActionKind = "email" | "sms" | "whatsapp" | "voice" | "reply";

export interface Named {
  readonly id: number;
  readonly name: string;
}

export interface AgentIn {
  readonly name: string;
  readonly persona: string;
  readonly tone: "friendly" | "formal" | "direct" | "curious";
  readonly language: string;
  readonly facts: string[];
  readonly banned: string[];
  readonly links: string[];
  readonly autonomy: "assisted" | "controlled" | "full";
  readonly policies: Partial<Record<ActionKind, Policy>>;
  readonly warm_up: number;
  readonly drafts_per_day: number | null;
  readonly cost_per_day: string | null;
}

export interface Agent extends AgentIn {
  readonly id: number;
  readonly is_default: boolean;
  readonly today: { readonly drafts: number; readonly cost: string | null };
  readonly approved: Partial<Record<ActionKind, number>>;
  readonly waiting: number;
  readonly sequences: readonly Named[];
  readonly created_at: string;
  readonly updated_at: string;
}

export interface Model {
  readonly configured: boolean;
  readonly model: string;
  readonly host: string;
  readonly personal_data: boolean;
  readonly priced: boolean;
}

export interface Concern {
  readonly code: string;
  readonly severity: "stop" | "look";
  readonly text: string;
  readonly excerpt: string;
}

export interface PreviewDraft {
  readonly subject: string;
  readonly text: string;
  readonly concerns: readonly Concern[];
  readonly facts: readonly string[];
  readonly agent: Named;
  readonly model: string;
  readonly cost: string | null;
}

export interface ApprovalCounts {
  readonly waiting: number;
  readonly writing: number;
  readonly oldest_at: string | null;
  readonly sequences: readonly {
    readonly sequence_id: number;
    readonly sequence: string;
    readonly drafts: number;
  }[];
}

export interface Approval {
  readonly id: number;
  readonly status: string;
  readonly contact: ContactRef;
  readonly enrollment_id: number;
  readonly sequence: string;
  readonly sequence_id: number;
  readonly step: string;
  readonly step_name: string;
  readonly channel: string;
  readonly job_type: string;
  readonly agent: Named | null;
  readonly subject: string;
  readonly preview: string;
  readonly risk: "stop" | "look" | "none";
  readonly concerns: { readonly stop: number; readonly look: number };
  readonly because: string;
  readonly reason: string;
  readonly is_fallback: boolean;
  readonly is_edited: boolean;
  readonly note: string;
  readonly waits_since: string | null;
  readonly expires_at: string | null;
  readonly retry_at: string | null;
  readonly decision: "" | "approved" | "edited" | "rejected" | "autonomous";
  readonly decided_by: string;
  readonly decided_at: string | null;
  readonly undo_until: string | null;
}

export interface ApprovalDetail extends Approval {
  readonly text: string;
  readonly original_subject: string;
  readonly original_text: string;
  readonly has_subject: boolean;
  readonly checks: readonly Concern[];
  readonly facts: readonly string[];
  readonly hints: {
    readonly angle: string;
    readonly call_to_action: string;
    readonly value_proposition: string;
  };
  readonly words: number;
  readonly limits: { readonly fewest: number; readonly most: number; readonly characters: number };
  readonly difference: readonly { readonly kind: "same" | "added" | "removed"; readonly text: string }[];
  readonly conversation: readonly {
    readonly by_contact: boolean;
    readonly at: string;
    readonly channel: string;
    readonly subject: string;
    readonly text: string;
  }[];
  readonly sender: { readonly id: number; readonly name: string; readonly address: string } | null;
  readonly recipient: string;
  readonly due_at: string | null;
  readonly held: string;
  readonly model: string;
  readonly cost: string | null;
  readonly tokens: number;
  readonly written_at: string | null;
  readonly fallback_text: string;
}

export interface Decided {
  readonly id: number;
  readonly code: string;
  readonly detail: string;
  readonly status: string;
  readonly undo_until: string | null;
}

export interface DecidedMany {
  readonly answers: readonly Decided[];
  readonly counts: Readonly<Record<string, number>>;
}
