// Enrolling: what would happen, doing it, taking it back.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api, idempotencyKey } from "./client";
import { chosen, contactKeys, type Contact, type Who } from "./contacts";
import { useInfinite } from "./query";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type Preflight = Schemas["PreflightOut"];
export type EnrollAnswer = Schemas["PreflightContactsIn"]["answer"];
export type EnrollOptions = Schemas["EnrollOptionsOut"];
export type Enrolled = Schemas["EnrollOut"];
export type EnrollItem = Schemas["EnrollItemOut"];
export type Undone = Schemas["EnrollUndoOut"];

export interface Enrollment {
  readonly sequence_id: number;
  readonly sender_id: number | null;
  readonly who: Who;
}

export function useEnrollOptions(enabled: boolean) {
  return useQuery({
    queryKey: ["enroll", "options"],
    queryFn: () => answer(api.GET("/api/enroll/options")),
    enabled,
  });
}

export function usePreflight({ who, sequence_id, sender_id }: Enrollment, enabled: boolean) {
  return useQuery({
    queryKey: ["enroll", "preflight", sequence_id, sender_id, who],
    queryFn: () =>
      answer(api.POST("/api/enroll/preflight", { body: { ...chosen(who), sequence_id, sender_id } })),
    enabled,
    retry: false,
    staleTime: 0,
  });
}

/** Who would get this answer. */
export function useBehind({ who, sequence_id, sender_id }: Enrollment, which: EnrollAnswer) {
  return useInfinite<Contact>({
    key: ["enroll", "behind", sequence_id, which, who],
    read: (cursor) =>
      answer(
        api.POST("/api/enroll/preflight/contacts", {
          body: { ...chosen(who), sequence_id, sender_id, answer: which, cursor: cursor ?? "", limit: 20 },
        }),
      ),
  });
}

function useRenew() {
  const client = useQueryClient();
  return () =>
    Promise.all(
      [contactKeys.all, ["enrollments"], ["sequences"], ["enroll"], ["today"]].map((queryKey) =>
        client.invalidateQueries({ queryKey }),
      ),
    );
}

/** Enroll once, however often the button is pressed or the line breaks; the toast offers to take it back. */
export function useEnroll({ said, undone }: EnrollWords) {
  const renew = useRenew();
  return useMutation({
    mutationFn: ({ key, who, sequence_id, sender_id }: Enrollment & { readonly key: string }) =>
      answer(
        api.POST("/api/enroll", {
          body: { ...chosen(who), sequence_id, sender_id },
          headers: { "Idempotency-Key": key },
        }),
      ),
    onSuccess: renew,
    meta: {
      quiet: true,
      said: (_, data) => said(data as Enrolled),
      undo: async (_, data) => {
        const { enrollment_ids } = data as Enrolled;
        const answered = await answer(api.POST("/api/enroll/undo", { body: { enrollment_ids } }));
        await renew();
        undone(answered);
      },
    },
  });
}

/** Enroll one contact in the default sequence; the toast offers to take it back. */
export function useQuickEnroll({ said }: { readonly said: (item: EnrollItem) => string }) {
  const renew = useRenew();
  return useMutation({
    mutationFn: (id: number) =>
      answer(
        api.POST("/api/contacts/{contact_id}/quick-enroll", {
          params: { path: { contact_id: id }, header: { "Idempotency-Key": idempotencyKey() } },
        }),
      ),
    onSuccess: renew,
    meta: {
      said: (_, data) => said(data as EnrollItem),
      undo: async (_, data) => {
        const { enrollment_id: id } = data as EnrollItem;
        if (id !== null) await answer(api.POST("/api/enroll/undo", { body: { enrollment_ids: [id] } }));
        await renew();
      },
    },
  });
}

interface EnrollWords {
  readonly said: (enrolled: Enrolled) => string;
  /** Tells what was taken back, and what had left already. */
  readonly undone: (answered: Undone) => void;
}

export { idempotencyKey };
