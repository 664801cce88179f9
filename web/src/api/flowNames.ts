// Names that steps and conditions point to, for pickers: tags, lists, stages, people, senders, sequences, own fields.
// A list that may not be read stays empty: names can be typed as well.
import { useQuery } from "@tanstack/react-query";
import { answer, api } from "./client";

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
  const facets = useQuery({
    queryKey: ["flow-names", "facets"],
    queryFn: () => answer(api.GET("/api/contacts/facets")),
    ...KEPT,
  }).data;
  const members = useQuery({
    queryKey: ["flow-names", "members"],
    queryFn: () => answer(api.GET("/api/members", { params: { query: { cursor: "", limit: MOST } } })),
    ...KEPT,
  }).data;
  const options = useQuery({
    queryKey: ["flow-names", "options"],
    queryFn: () => answer(api.GET("/api/enroll/options")),
    ...KEPT,
  }).data;
  const fields = useQuery({
    queryKey: ["flow-names", "fields"],
    queryFn: () => answer(api.GET("/api/contact-fields")),
    ...KEPT,
  }).data;
  const valuesOf = (list: readonly { readonly value: string }[] = []) => list.map(({ value }) => value);
  return {
    tags: valuesOf(facets?.tags),
    lists: valuesOf(facets?.lists),
    stages: valuesOf(facets?.stages),
    members: (members?.items ?? []).map(({ name, email }) => ({ name, address: email })),
    senders: options?.senders ?? [],
    sequences: (options?.sequences ?? []).map(({ name }) => name),
    fields: (fields ?? []).map(({ key, label, type }) => ({ field: `custom.${key}`, label, type })),
  };
}
