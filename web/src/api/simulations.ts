// Simulating a sequence: asked for, waited for where it is a job, given up.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { answer, api } from "./client";
import type { components } from "./schema";
import { wholeList } from "./whole";

type Schemas = components["schemas"];

export type Simulation = Schemas["SimulationOut"];
export type SimulationState = Schemas["SimulationStateOut"];
export type SimulationAsked = Partial<Schemas["SimulationIn"]>;

const POLL_MS = 700;
const key = (jobId: number | undefined) => ["simulations", jobId];
const path = (jobId: number) => ({ params: { path: { job_id: jobId } } });

export interface Simulating {
  readonly ask: (asked: SimulationAsked) => void;
  readonly cancel: () => void;
  /** The state of the last one that was asked for. */
  readonly state: SimulationState | undefined;
  readonly busy: boolean;
  readonly failed: Error | undefined;
}

/** Simulate this sequence; one at a time. */
export function useSimulation(sequenceId: number): Simulating {
  const client = useQueryClient();
  const [jobId, setJobId] = useState<number>();
  const begun = useMutation({
    mutationFn: (asked: SimulationAsked) =>
      answer(
        api.POST("/api/sequences/{sequence_id}/simulations", {
          params: { path: { sequence_id: sequenceId } },
          body: asked as Schemas["SimulationIn"],
        }),
      ),
    onSuccess: (state) => {
      setJobId(state.job_id ?? undefined);
    },
    meta: { quiet: true },
  });
  const job = useQuery({
    queryKey: key(jobId),
    queryFn: () => answer(api.GET("/api/simulations/{job_id}", path(jobId ?? 0))),
    enabled: jobId !== undefined,
    refetchInterval: ({ state }) => (isAtWork(state.data) ? POLL_MS : false),
    gcTime: 0,
  });
  const cancelled = useMutation({
    mutationFn: (id: number) => answer(api.DELETE("/api/simulations/{job_id}", path(id))),
    onSuccess: () => client.invalidateQueries({ queryKey: key(jobId) }),
  });
  const state = jobId === undefined ? begun.data : job.data;
  const busy = begun.isPending || (jobId !== undefined && isAtWork(state));
  const failed = begun.error ?? job.error ?? undefined;
  const [{ mutate: begin }, { mutate: cancel }] = [begun, cancelled];
  return useMemo(
    () => ({
      ask: (asked) => {
        setJobId(undefined);
        begin(asked);
      },
      cancel: () => {
        if (jobId !== undefined) cancel(jobId);
      },
      state,
      busy,
      failed,
    }),
    [begin, cancel, jobId, state, busy, failed],
  );
}

function isAtWork(state: SimulationState | undefined): boolean {
  return state === undefined || state.state === "waiting" || state.state === "running";
}

/** The lists and segments to choose from. */
export function useCrowds(enabled: boolean) {
  const lists = useQuery({
    queryKey: ["lists", "choice"],
    queryFn: () =>
      wholeList((cursor) => answer(api.GET("/api/lists", { params: { query: { cursor, limit: 200 } } }))),
    enabled,
  });
  const segments = useQuery({
    queryKey: ["segments", "choice"],
    queryFn: () =>
      wholeList((cursor) => answer(api.GET("/api/segments", { params: { query: { cursor, limit: 200 } } }))),
    enabled,
  });
  return { lists: lists.data?.items ?? [], segments: segments.data?.items ?? [] };
}
