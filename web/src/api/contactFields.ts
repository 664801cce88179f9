// Custom fields of contacts, and tags.
import { useQuery } from "@tanstack/react-query";
import { answer, api } from "./client";
import { contactKeys, type FieldType } from "./contacts";
import { useOptimistic } from "./query";

export function useFields() {
  return useQuery({
    queryKey: contactKeys.fields,
    queryFn: () => answer(api.GET("/api/contact-fields")),
  });
}

interface NewField {
  readonly label: string;
  readonly type: FieldType;
}

export function useCreateField() {
  return useOptimistic({
    act: (body: NewField) => answer(api.POST("/api/contact-fields", { body: { key: "", ...body } })),
    keys: [contactKeys.fields],
    refresh: [contactKeys.all],
    quiet: true,
  });
}

interface FieldChange {
  readonly id: number;
  readonly label?: string;
  readonly type?: FieldType;
}

export function useChangeField() {
  return useOptimistic({
    act: ({ id, ...body }: FieldChange) =>
      answer(api.PATCH("/api/contact-fields/{field_id}", { params: { path: { field_id: id } }, body })),
    keys: [contactKeys.fields],
    refresh: [contactKeys.all],
  });
}

/** Delete a field with the values that contacts have of it. */
export function useDeleteField({ said }: { readonly said: () => string }) {
  return useOptimistic({
    act: (id: number) =>
      answer(
        api.DELETE("/api/contact-fields/{field_id}", {
          params: { path: { field_id: id }, query: { with_values: true } },
        }),
      ),
    keys: [contactKeys.fields],
    refresh: [contactKeys.all],
    said,
  });
}

export function useTags() {
  return useQuery({ queryKey: contactKeys.tags, queryFn: () => answer(api.GET("/api/tags")) });
}

export function useRenameTag() {
  return useOptimistic({
    act: ({ id, name }: { readonly id: number; readonly name: string }) =>
      answer(api.PATCH("/api/tags/{tag_id}", { params: { path: { tag_id: id } }, body: { name } })),
    keys: [contactKeys.tags],
    refresh: [contactKeys.all],
  });
}

export function useDeleteTag({ said }: { readonly said: () => string }) {
  return useOptimistic({
    act: (id: number) => answer(api.DELETE("/api/tags/{tag_id}", { params: { path: { tag_id: id } } })),
    keys: [contactKeys.tags],
    refresh: [contactKeys.all],
    said,
  });
}
