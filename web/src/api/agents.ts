// Agents: who writes in the workspace's name, how, with which facts, and how far they go without a person.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Agent, AgentIn, Model, PreviewDraft } from "./approvalTypes";
import { answer, api } from "./client";
import type { Page } from "./query";

export type { ActionKind, Agent, AgentIn, Model, Policy, PreviewDraft } from "./approvalTypes";

type Call = (path: string, options: object) => Promise<{ data?: unknown }>;
const untyped = api as unknown as Readonly<Record<"GET" | "POST" | "PATCH" | "DELETE", Call>>;

const AGENTS = ["agents"] as const;
/** Counts of the day move while somebody looks. */
const EVERY_MS = 15_000;

export function useAgents() {
  return useQuery({
    queryKey: AGENTS,
    queryFn: () =>
      answer(untyped.GET("/api/agents", { params: { query: { limit: 200 } } })) as Promise<Page<Agent>>,
    refetchInterval: EVERY_MS,
    retry: false,
  });
}

/** Whether a model is set up, and what it is told. */
export function useModel() {
  return useQuery({
    queryKey: [...AGENTS, "model"],
    queryFn: () => answer(untyped.GET("/api/agents/model", {})) as Promise<Model>,
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
          ? untyped.POST("/api/agents", { body })
          : untyped.PATCH("/api/agents/{agent_id}", { ...one(id), body }),
      ) as Promise<Agent>,
    onSuccess: useRenewal(),
    meta: { quiet: true, said: () => said },
  });
}

export function useRemoveAgent(said: string) {
  return useMutation({
    mutationFn: (id: number) => answer(untyped.DELETE("/api/agents/{agent_id}", one(id))),
    onSuccess: useRenewal(),
    meta: { said: () => said },
  });
}

export function useDefaultAgent(said: string) {
  return useMutation({
    mutationFn: (id: number) => answer(untyped.POST("/api/agents/{agent_id}/default", one(id))),
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
      const body = { contact_id: contact ?? null, note, earlier, hints, ...FIRST_MAIL };
      return answer(
        untyped.POST("/api/agents/{agent_id}/try", { ...one(id), body }),
      ) as Promise<PreviewDraft>;
    },
    onSuccess: useRenewal(),
    meta: { quiet: true },
  });
}

const FIRST_MAIL = { channel: "email", job_type: "initial_outreach" } as const;

/** Let the agent of a sequence write one of its steps, as it stands in the editor. */
export function useWriteStep(sequenceId: number) {
  return useMutation({
    mutationFn: ({ contact, note, earlier, step }: Wish & { readonly step: object }) => {
      const params = { path: { sequence_id: sequenceId } };
      const body = { contact_id: contact ?? null, step, note, earlier };
      return answer(
        untyped.POST("/api/sequences/{sequence_id}/draft", { params, body }),
      ) as Promise<PreviewDraft>;
    },
    onSuccess: useRenewal(),
    meta: { quiet: true },
  });
}
