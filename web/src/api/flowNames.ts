// Names that steps and conditions point to, for pickers: tags, lists, stages, people, senders, sequences, own fields.
// A list that may not be read stays empty: names can be typed as well.
import { useQuery } from "@tanstack/react-query";
import { answer, api } from "./client";
import { wholeList } from "./whole";

const KEPT = { staleTime: 60_000, retry: false, meta: { quiet: true } } as const;

export interface NamedAddress {
  readonly name: string;
  readonly address: string;
}

export interface OwnField {
  /** `custom.seats`. */
  readonly field: string;
  readonly label: string;
  readonly type: string;
}

export interface FlowNames {
  readonly tags: readonly string[];
  readonly lists: readonly string[];
  readonly stages: readonly string[];
  readonly members: readonly NamedAddress[];
  readonly senders: readonly NamedAddress[];
  readonly sequences: readonly string[];
  readonly fields: readonly OwnField[];
}

const MOST = 200;

export function useFlowNames(): FlowNames {
  return { ...useFacets(), ...useEnrolling(), members: useMembers(), fields: useOwnFields() };
}

const NO_FACETS = { tags: [], lists: [], stages: [] };

function useFacets(): Pick<FlowNames, "tags" | "lists" | "stages"> {
  const { data } = useQuery({
    queryKey: ["flow-names", "facets"],
    queryFn: () => answer(api.GET("/api/contacts/facets")),
    select: ({ tags, lists, stages }) => ({
      tags: valuesOf(tags),
      lists: valuesOf(lists),
      stages: valuesOf(stages),
    }),
    ...KEPT,
  });
  return data ?? NO_FACETS;
}

function valuesOf(list: readonly { readonly value: string }[]): readonly string[] {
  return list.map(({ value }) => value);
}

function useMembers(): FlowNames["members"] {
  const { data } = useQuery({
    queryKey: ["flow-names", "members"],
    queryFn: () =>
      wholeList((cursor) => answer(api.GET("/api/members", { params: { query: { cursor, limit: MOST } } }))),
    select: ({ items }) => items.map(({ name, email }) => ({ name, address: email })),
    ...KEPT,
  });
  return data ?? [];
}

const NOTHING_TO_ENROLL = { senders: [], sequences: [] };

function useEnrolling(): Pick<FlowNames, "senders" | "sequences"> {
  const { data } = useQuery({
    queryKey: ["flow-names", "options"],
    queryFn: () => answer(api.GET("/api/enroll/options")),
    select: ({ senders, sequences }) => ({ senders, sequences: sequences.map(({ name }) => name) }),
    ...KEPT,
  });
  return data ?? NOTHING_TO_ENROLL;
}

export function useOwnFields(): FlowNames["fields"] {
  const { data } = useQuery({
    queryKey: ["flow-names", "fields"],
    queryFn: () => answer(api.GET("/api/contact-fields")),
    select: (fields) => fields.map(({ key, label, type }) => ({ field: `custom.${key}`, label, type })),
    ...KEPT,
  });
  return data ?? [];
}
