// Sequences: the cards, one sequence, its life from draft to archive. What is in it: `sequenceContent`.
import { type InfiniteData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api, idempotencyKey } from "./client";
import { inPages, type Page, useInfinite, useOptimistic } from "./query";
import type { components, operations } from "./schema";

type Schemas = components["schemas"];

export type SequenceCard = Schemas["SequenceCardOut"];
export type SequenceTotals = Schemas["SequenceTotalsOut"];
export type Sequence = Schemas["SequenceOut"];
export type SequenceSettings = Schemas["SequenceSettingsOut"];
export type SettingsChange = Schemas["SettingsIn"];
export type SettingsChanged = Schemas["SettingsChangedOut"];
export type SequenceStatus = SequenceCard["status"];
export type Rhythm = Schemas["RhythmOut"];
export type Health = Schemas["HealthOut"];
export type Template = Schemas["TemplateOut"];
export type NewSequence = Schemas["SequenceIn"];
export type SequenceSort = NonNullable<
  NonNullable<operations["list_sequences"]["parameters"]["query"]>["sort"]
>;

export interface SequenceFilter {
  readonly status?: SequenceStatus | undefined;
  readonly owner?: number | undefined;
  readonly tag: string;
  readonly q: string;
  readonly sort: SequenceSort;
}

const SEQUENCES = ["sequences"] as const;
const CARDS = [...SEQUENCES, "cards"] as const;
const LIVE = 5_000;
const CARDS_AT_ONCE = 60;

export const sequenceKey = (id: number) => [...SEQUENCES, id] as const;

/** The cards; their numbers move while the page is open. */
export function useSequenceCards({ status, owner, tag, q, sort }: SequenceFilter) {
  return useInfinite<SequenceCard>({
    key: [...CARDS, { status, owner, tag, q, sort }],
    read: (cursor) =>
      answer(
        api.GET("/api/sequences", {
          params: {
            query: {
              q,
              sort,
              limit: CARDS_AT_ONCE,
              ...(status && { status: [status] }),
              ...(owner !== undefined && { owner_id: owner }),
              ...(tag !== "" && { tag }),
              ...(cursor !== undefined && { cursor }),
            },
          },
        }),
      ),
    every: LIVE,
  });
}

export function useSequenceTotals() {
  return useQuery({
    queryKey: [...SEQUENCES, "totals"],
    queryFn: () => answer(api.GET("/api/sequences/totals")),
    refetchInterval: LIVE,
  });
}

export function useSequence(id: number) {
  return useQuery({
    queryKey: [...sequenceKey(id), "head"],
    queryFn: () => answer(api.GET("/api/sequences/{sequence_id}", { params: { path: { sequence_id: id } } })),
    refetchInterval: LIVE * 2,
  });
}

/** How many opened and clicked each mail; people and machines apart. */
export function useEngagement(id: number) {
  return useQuery({
    queryKey: [...sequenceKey(id), "engagement"],
    queryFn: () =>
      answer(api.GET("/api/sequences/{sequence_id}/engagement", { params: { path: { sequence_id: id } } })),
  });
}

/** What a sequence can begin with. */
export function useTemplates() {
  return useQuery({
    queryKey: [...SEQUENCES, "templates"],
    queryFn: () => answer(api.GET("/api/templates")),
    staleTime: Infinity,
  });
}

const SHOWN_BY_ITS_DIALOG = { quiet: true };

/** Ask for everything about sequences anew, after a change that cards, heads and tabs show. */
function useRefresh() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: SEQUENCES });
}

export function useCreateSequence() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: NewSequence) => answer(api.POST("/api/sequences", { body })),
    onSuccess: refresh,
    meta: SHOWN_BY_ITS_DIALOG,
  });
}

export function useDuplicateSequence() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ id, name }: { id: number; name?: string }) =>
      answer(
        api.POST("/api/sequences/{sequence_id}/duplicate", {
          params: { path: { sequence_id: id } },
          body: name === undefined ? {} : { name },
        }),
      ),
    onSuccess: refresh,
  });
}

export function useChangeSequence() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ id, ...body }: { id: number; name?: string; description?: string }) =>
      answer(api.PATCH("/api/sequences/{sequence_id}", { params: { path: { sequence_id: id } }, body })),
    onSuccess: refresh,
    meta: SHOWN_BY_ITS_DIALOG,
  });
}

export function useDeleteSequence() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (id: number) =>
      answer(api.DELETE("/api/sequences/{sequence_id}", { params: { path: { sequence_id: id } } })),
    onSuccess: refresh,
    meta: SHOWN_BY_ITS_DIALOG,
  });
}

export function useArchiveSequence() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (id: number) =>
      answer(api.POST("/api/sequences/{sequence_id}/archive", { params: { path: { sequence_id: id } } })),
    onSuccess: refresh,
    meta: SHOWN_BY_ITS_DIALOG,
  });
}

type Pages = InfiniteData<Page<SequenceCard>>;
interface Switched {
  readonly id: number;
  readonly name: string;
  readonly on: boolean;
}

/** Pause a sequence or let it go on; the card shows it at once and turns back when it was refused. */
export function useSwitchSequence(said: (switched: Switched) => string) {
  return useOptimistic<Switched, Sequence, Pages>({
    act: ({ id, on }) => switchSequence(id, on),
    keys: [CARDS],
    change: inPages((card: SequenceCard, { id, on }: Switched) =>
      card.id === id ? { ...card, status: on ? ("active" as const) : ("paused" as const) } : card,
    ),
    refresh: [SEQUENCES],
    said,
    undo: ({ id, on }) => switchSequence(id, !on),
  });
}

function switchSequence(id: number, on: boolean): Promise<Sequence> {
  const params = { path: { sequence_id: id } };
  if (!on) return answer(api.POST("/api/sequences/{sequence_id}/pause", { params }));
  const header = { "Idempotency-Key": idempotencyKey() };
  return answer(api.POST("/api/sequences/{sequence_id}/resume", { params: { ...params, header } }));
}

/** Publish the working copy and start the sequence, if exactly `revision` is the saved one. */
export function useActivateSequence(id: number) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (revision: number) =>
      answer(
        api.POST("/api/sequences/{sequence_id}/activate", {
          params: { path: { sequence_id: id }, header: { "Idempotency-Key": idempotencyKey() } },
          body: { revision },
        }),
      ),
    onSuccess: refresh,
    meta: SHOWN_BY_ITS_DIALOG,
  });
}

export function usePublishSequence(id: number) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (revision: number) =>
      answer(
        api.POST("/api/sequences/{sequence_id}/versions", {
          params: { path: { sequence_id: id } },
          body: { revision },
        }),
      ),
    onSuccess: refresh,
    meta: SHOWN_BY_ITS_DIALOG,
  });
}

interface SettingsEdit {
  readonly change: SettingsChange;
  readonly before: SettingsChange;
}

/** Change live settings; they apply at once to all enrollments, and Undo puts back what was. What somebody changed since is refused. */
export function useChangeSettings(
  id: number,
  said: (changed: SettingsChanged) => string,
  { quiet = false }: { readonly quiet?: boolean } = {},
) {
  const change = (body: SettingsChange) =>
    answer(
      api.PATCH("/api/sequences/{sequence_id}/settings", { params: { path: { sequence_id: id } }, body }),
    );
  return useOptimistic<SettingsEdit, SettingsChanged, Sequence>({
    act: (edit) => change({ ...edit.change, was: { ...edit.before } }),
    keys: [[...sequenceKey(id), "head"]],
    change: (held, edit) => ({
      ...held,
      settings: { ...held.settings, ...(edit.change as Partial<SequenceSettings>) },
    }),
    refresh: [SEQUENCES],
    said: (_, changed) => said(changed),
    undo: (edit) => change({ ...edit.before, was: { ...edit.change } }),
    quiet,
  });
}
