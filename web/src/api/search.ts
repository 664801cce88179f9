// What the palette finds: a few people and sequences for what was typed.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "./client";

export interface Found {
  readonly kind: "contact" | "sequence";
  readonly id: number;
  readonly name: string;
  /** A second line: the company, the status. */
  readonly about: string;
}

const EACH = 5;
const LEAST = 2;

/** Search people and sequences. One that may not be seen, or does not answer, is left out. */
export function useSearch(text: string) {
  const query = text.trim();
  return useQuery({
    queryKey: ["search", query],
    queryFn: async () => (await Promise.all([contacts(query), sequences(query)])).flat(),
    enabled: query.length >= LEAST,
    placeholderData: keepPreviousData,
  });
}

interface ContactRow {
  readonly id: number;
  readonly name: string;
  readonly email: string;
  readonly company: string;
}

// The palette reads four fields and must not break where the rest of a contact changes.
const getContacts = api.GET as unknown as (
  path: "/api/contacts",
  asked: { readonly params: { readonly query: { readonly q: string; readonly limit: number } } },
) => Promise<{ data?: { items: readonly ContactRow[] } }>;

async function contacts(q: string): Promise<readonly Found[]> {
  const page = await orNothing(getContacts("/api/contacts", { params: { query: { q, limit: EACH } } }));
  return page.map(({ id, name, email, company }) => ({
    kind: "contact",
    id,
    name: name === "" ? email : name,
    about: company,
  }));
}

async function sequences(q: string): Promise<readonly Found[]> {
  const page = await orNothing(api.GET("/api/sequences", { params: { query: { q, limit: EACH } } }));
  return page.map(({ id, name, status }) => ({ kind: "sequence", id, name, about: status }));
}

async function orNothing<Item>(
  call: Promise<{ data?: { items: readonly Item[] } }>,
): Promise<readonly Item[]> {
  try {
    return (await call).data?.items ?? [];
  } catch {
    return [];
  }
}
