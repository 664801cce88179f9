// An agent as it is typed: lists are texts with an item per line, amounts are texts. Pure.
import type { ActionKind, Agent, AgentIn, Policy } from "@/api/agents";

export const TONES = ["friendly", "formal", "direct", "curious"] as const;
export const LANGUAGES = ["", "de", "en", "es", "fr", "it", "nl", "pl", "pt"] as const;
export const AUTONOMIES = ["assisted", "controlled", "full"] as const;
export const POLICIES = ["autonomous", "approval", "disabled"] as const;
export const KINDS = ["email", "sms", "whatsapp", "voice", "reply"] as const satisfies ActionKind[];

export interface Typed {
  readonly name: string;
  readonly persona: string;
  readonly tone: Agent["tone"];
  readonly language: string;
  readonly facts: string;
  readonly banned: string;
  readonly links: string;
  readonly autonomy: Agent["autonomy"];
  readonly policies: Readonly<Record<ActionKind, Policy>>;
  readonly warm_up: number | string;
  readonly drafts_per_day: number | string;
  readonly cost_per_day: string;
}

const ASKS: Readonly<Record<ActionKind, Policy>> = {
  email: "approval",
  sms: "approval",
  whatsapp: "approval",
  voice: "approval",
  reply: "approval",
};

/** A new agent asks a person before each message. */
const EMPTY: Typed = {
  name: "",
  persona: "",
  tone: "friendly",
  language: "",
  facts: "",
  banned: "",
  links: "",
  autonomy: "assisted",
  policies: ASKS,
  warm_up: 10,
  drafts_per_day: "",
  cost_per_day: "",
};

export function typedOf(agent: Agent | undefined): Typed {
  if (agent === undefined) return EMPTY;
  return {
    name: agent.name,
    persona: agent.persona,
    tone: agent.tone,
    language: agent.language,
    facts: agent.facts.join("\n"),
    banned: agent.banned.join("\n"),
    links: agent.links.join("\n"),
    autonomy: agent.autonomy,
    policies: { ...ASKS, ...agent.policies },
    warm_up: agent.warm_up,
    drafts_per_day: agent.drafts_per_day ?? "",
    cost_per_day: agent.cost_per_day ?? "",
  };
}

/** All that can be said of an agent. */
type FullAgent = Pick<Agent, keyof AgentIn>;

/** What is sent: empty lines and spaces around are left out, an empty cap is none. */
export function bodyOf(typed: Typed): FullAgent {
  return {
    ...typed,
    name: typed.name.trim(),
    facts: linesOf(typed.facts),
    banned: linesOf(typed.banned),
    links: linesOf(typed.links),
    warm_up: Number(typed.warm_up),
    drafts_per_day: typed.drafts_per_day === "" ? null : Number(typed.drafts_per_day),
    cost_per_day: typed.cost_per_day.trim() === "" ? null : typed.cost_per_day.trim().replace(",", "."),
  };
}

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
