// Agents: who writes in the workspace's name, how, with which facts, and how far they go without a person.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "./client";
import type { components } from "./schema";
import { wholeList } from "./whole";

type Schemas = components["schemas"];
export type Agent = Schemas["AgentOut"];
export type AgentIn = Schemas["AgentIn"];
export type Model = Schemas["AgentModelOut"];
export type PreviewDraft = Schemas["PreviewDraftOut"];
export type Policy = Agent["policies"][string];
export type ActionKind = "email" | "sms" | "whatsapp" | "voice" | "reply";

const AGENTS = ["agents"] as const;
/** Counts of the day move while somebody looks. */
const EVERY_MS = 15_000;

export function useAgents() {
  return useQuery({
    queryKey: AGENTS,
    queryFn: () =>
      wholeList((cursor) => answer(api.GET("/api/agents", { params: { query: { cursor, limit: 200 } } }))),
    refetchInterval: EVERY_MS,
    retry: false,
  });
}

/** Whether a model is set up, and what it is told. */
export function useModel() {
  return useQuery({
    queryKey: [...AGENTS, "model"],
    queryFn: () => answer(api.GET("/api/agents/model")),
    staleTime: 60_000,
    retry: false,
  });
}

function useRenewal() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: AGENTS });
}

const one = (id: number) => ({ params: { path: { agent_id: id } } });

/** Make an agent, or change the one with `id`. */
export function useSaveAgent(id: number | undefined, said: string) {
  return useMutation({
    mutationFn: (body: AgentIn) =>
      answer(
        id === undefined
          ? api.POST("/api/agents", { body })
          : api.PATCH("/api/agents/{agent_id}", { ...one(id), body }),
      ),
    onSuccess: useRenewal(),
    meta: { quiet: true, said: () => said },
  });
}

export function useRemoveAgent(said: string) {
  return useMutation({
    mutationFn: (id: number) => answer(api.DELETE("/api/agents/{agent_id}", one(id))),
    onSuccess: useRenewal(),
    meta: { said: () => said },
  });
}

export function useDefaultAgent(said: string) {
  return useMutation({
    mutationFn: (id: number) => answer(api.POST("/api/agents/{agent_id}/default", one(id))),
    onSuccess: useRenewal(),
    meta: { said: () => said },
  });
}

/** For whom to write, and what a person wishes of the second try. */
export interface Wish {
  readonly contact: number | undefined;
  readonly note: string;
  readonly earlier: string;
}

export interface Aims {
  readonly angle: string;
  readonly call_to_action: string;
  readonly value_proposition: string;
}

/** Let an agent write with no sequence at hand. Nothing is kept or sent; it counts for the agent's day. */
export function useTryAgent(id: number) {
  return useMutation({
    mutationFn: ({ contact, note, earlier, hints }: Wish & { readonly hints: Aims }) => {
      const body = { contact_id: contact ?? null, step: { ...FIRST_MAIL, hints }, note, earlier };
      return answer(api.POST("/api/agents/{agent_id}/write", { ...one(id), body }));
    },
    onSuccess: useRenewal(),
    meta: { quiet: true },
  });
}

/** What a first mail would be as a step. */
const FIRST_MAIL = {
  key: "first",
  kind: "email",
  job_type: "initial_outreach",
  written_by: "agent",
  next: null,
} as const;

/** A step as the document has it. */
type Step = Record<string, unknown>;

/** Let the agent of a sequence write one of its steps, as it stands in the editor. */
export function useWriteStep(sequenceId: number) {
  return useMutation({
    mutationFn: ({ contact, note, earlier, step }: Wish & { readonly step: Step }) => {
      const params = { path: { sequence_id: sequenceId } };
      const body = { contact_id: contact ?? null, step, note, earlier };
      return answer(api.POST("/api/sequences/{sequence_id}/write", { params, body }));
    },
    onSuccess: useRenewal(),
    meta: { quiet: true },
  });
}
