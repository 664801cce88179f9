// Contacts: the table, one person, changes to one and to many.
import { useQuery } from "@tanstack/react-query";
import { answer, api } from "./client";
import { useInfinite, useOptimistic } from "./query";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type Contact = Schemas["ContactOut"];
export type ContactDetail = Schemas["ContactDetailOut"];
export type ContactIn = Schemas["ContactIn"];
export type ContactChange = Schemas["ContactChangeIn"];
export type ContactFilter = Schemas["ContactFilterBody"];
export type ContactSort = "newest" | "oldest" | "name" | "-name" | "company" | "-company";
/** Which contacts are meant: these, those on a list or in a segment, or all that fit. */
export type Who =
  | { readonly contact_ids: number[] }
  | { readonly list_id: number }
  | { readonly segment_id: number }
  | { readonly filter: ContactFilter };
export type BulkAct = Partial<
  Omit<Schemas["ContactBulkIn"], "contact_ids" | "filter" | "list_id" | "segment_id" | "act">
> &
  Pick<Schemas["ContactBulkIn"], "act">;
export type BulkAnswer = Schemas["ContactBulkOut"];
export type Entry = Schemas["TimelineEntryOut"];
export type Tab = "everything" | "messages" | "calls" | "decisions";
export type EventKind = Schemas["ContactEventIn"]["kind"];
export type Field = Schemas["ContactFieldOut"];
export type FieldType = NonNullable<Schemas["ContactFieldIn"]["type"]>;
export type Coming = Schemas["ComingTouchOut"];
export type ContactFacets = Schemas["ContactFacetsOut"];

export const contactKeys = {
  all: ["contacts"],
  list: (filter: ContactFilter, sort: string) => ["contacts", "list", filter, sort],
  one: (id: number) => ["contacts", "one", id],
  fields: ["contact-fields"],
  tags: ["tags"],
} as const;

export function useContacts(filter: ContactFilter, sort: ContactSort) {
  return useInfinite<Contact>({
    key: contactKeys.list(filter, sort),
    read: (cursor) =>
      answer(
        api.GET("/api/contacts", { params: { query: { ...filter, sort, limit: 50, cursor: cursor ?? "" } } }),
      ),
  });
}

/** How many fit, counted up to ten thousand. */
export function useContactCount(filter: ContactFilter) {
  return useQuery({
    queryKey: ["contacts", "count", filter],
    queryFn: () => answer(api.GET("/api/contacts/count", { params: { query: filter } })),
    placeholderData: (before) => before,
  });
}

/** By what one can narrow, with counts. */
export function useContactFacets() {
  return useQuery({
    queryKey: ["contacts", "facets"],
    queryFn: () => answer(api.GET("/api/contacts/facets")),
  });
}

export function useContact(id: number) {
  return useQuery({
    queryKey: contactKeys.one(id),
    queryFn: () => answer(api.GET("/api/contacts/{contact_id}", { params: { path: { contact_id: id } } })),
    retry: false,
  });
}

export function useTimeline(id: number, tab: Tab) {
  return useInfinite<Entry>({
    key: ["contacts", "one", id, "timeline", tab],
    read: (cursor) =>
      answer(
        api.GET("/api/contacts/{contact_id}/timeline", {
          params: { path: { contact_id: id }, query: { tab, cursor: cursor ?? "" } },
        }),
      ),
    every: 20_000,
  });
}

/** What comes next over all sequences, and who else at the company hears from us. */
export function useComing(id: number) {
  return useQuery({
    queryKey: ["contacts", "one", id, "next"],
    queryFn: () =>
      answer(api.GET("/api/contacts/{contact_id}/next", { params: { path: { contact_id: id } } })),
    refetchInterval: 30_000,
  });
}

interface Said<Variables, Data = unknown> {
  readonly said: (variables: Variables, data: Data) => string;
}

export function useChangeContact(id: number) {
  return useOptimistic({
    act: (body: ContactChange) =>
      answer(api.PATCH("/api/contacts/{contact_id}", { params: { path: { contact_id: id } }, body })),
    keys: [contactKeys.one(id)],
    refresh: [contactKeys.all],
    quiet: true,
  });
}

export function useCreateContact() {
  return useOptimistic({
    act: (body: ContactIn) => answer(api.POST("/api/contacts", { body })),
    keys: [contactKeys.all],
    quiet: true,
  });
}

export function useDeleteContact({ said }: Said<number>) {
  return useOptimistic({
    act: (id: number) =>
      answer(api.DELETE("/api/contacts/{contact_id}", { params: { path: { contact_id: id } } })),
    keys: [["contacts", "list"]],
    refresh: [contactKeys.all],
    said,
  });
}

export type Bulk = { readonly who: Who } & BulkAct;

/** Change many at once; what was changed can be changed back. */
export function useBulk({ said }: Said<Bulk, BulkAnswer>) {
  return useOptimistic({
    act: bulk,
    keys: [contactKeys.all],
    refresh: [contactKeys.tags, ["lists"]],
    said,
    undo: (done, data: BulkAnswer) => Promise.all(reverse(done, data).map(bulk)),
  });
}

const NOBODY = { contact_ids: null, list_id: null, segment_id: null, filter: null };

/** A selection as the API takes it. */
export function chosen(who: Who) {
  return { ...NOBODY, ...who };
}

function bulk({ who, ...act }: Bulk): Promise<BulkAnswer> {
  const body = { tag: "", stage: "", to_list_id: null, owner_id: null, ...act };
  return answer(api.POST("/api/contacts/bulk", { body: { ...chosen(who), ...body } }));
}

const OPPOSITES = {
  add_tag: "remove_tag",
  remove_tag: "add_tag",
  add_to_list: "remove_from_list",
  remove_from_list: "add_to_list",
} as const;

/** The changes that take one back: those who had different stages or owners get each their own again. */
export function reverse(done: Bulk, { answers }: BulkAnswer): Bulk[] {
  const changed = answers.filter(({ code }) => code === "changed");
  if (done.act !== "set_stage" && done.act !== "set_owner") {
    return [{ ...done, act: OPPOSITES[done.act], who: { contact_ids: changed.map(({ id }) => id) } }];
  }
  const groups = Map.groupBy(changed, ({ before }) => before);
  return [...groups].map(([before, those]) => ({
    ...done,
    ...(done.act === "set_stage" ? { stage: before } : { owner_id: before === "" ? null : Number(before) }),
    who: { contact_ids: those.map(({ id }) => id) },
  }));
}

interface Logged {
  readonly kind: EventKind;
  readonly note: string;
  readonly occurred_at: string | null;
}

export function useLogEvent(id: number, { said }: Said<Logged, Schemas["LoggedOut"]>) {
  return useOptimistic({
    act: (body: Logged) =>
      answer(
        api.POST("/api/contacts/{contact_id}/events", {
          params: { path: { contact_id: id } },
          body: { source: "manual", external_id: "", name: "", ...body },
        }),
      ),
    keys: [contactKeys.all],
    refresh: [["enrollments"]],
    said,
  });
}

export function useAddNote(id: number, { said }: Said<string>) {
  const path = { contact_id: id };
  return useOptimistic({
    act: (text: string) =>
      answer(api.POST("/api/contacts/{contact_id}/notes", { params: { path }, body: { text } })),
    keys: [contactKeys.one(id)],
    said,
    undo: (_, { id: note_id }) =>
      answer(
        api.DELETE("/api/contacts/{contact_id}/notes/{note_id}", { params: { path: { ...path, note_id } } }),
      ),
  });
}

/** Where the contacts that fit are fetched as a file. */
export function exportAddress(filter: ContactFilter): string {
  const query = Object.entries(filter).flatMap(([name, value]) =>
    value === null || value === "" ? [] : [[name, String(value)]],
  );
  return `/api/contacts/export.csv?${new URLSearchParams(query).toString()}`;
}
