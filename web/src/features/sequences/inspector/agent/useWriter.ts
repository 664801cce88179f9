import { type Agent, useAgents, useModel } from "@/api/agents";
import type { Sequence } from "@/api/sequences";

interface Writer {
  /** Who would write the steps of this sequence. */
  readonly agent: Agent | undefined;
  /** What keeps an agent from writing; undefined: nothing, or it is not known yet. */
  readonly lacks: "agent" | "model" | undefined;
}

/** Return the agent of a sequence: its own, else the workspace's. */
export function useWriter({ settings }: Sequence): Writer {
  const agents = useAgents().data?.items;
  const model = useModel().data;
  const agent = writerAmong(agents ?? [], settings.agent_id);
  if (agents !== undefined && agent === undefined) return { agent, lacks: "agent" };
  return { agent, lacks: model?.configured === false ? "model" : undefined };
}

function writerAmong(agents: readonly Agent[], own: number | null): Agent | undefined {
  return agents.find(({ id }) => id === own) ?? agents.find(({ is_default: isDefault }) => isDefault);
}
