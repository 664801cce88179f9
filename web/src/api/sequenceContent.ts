// What is in a sequence: its working copy, versions, previews, test mails, forecasts; and what the editor offers.
import { useMutation, useQuery } from "@tanstack/react-query";
import { answer, api, idempotencyKey } from "./client";
import type { components } from "./schema";
import { sequenceKey } from "./sequences";

type Schemas = components["schemas"];

/** The document of a flow as plain JSON; `flow/document` says what is in it. */
export type FlowJson = Schemas["DraftOut"]["document"];
export type Draft = Schemas["DraftOut"];
export type DraftSaved = Schemas["DraftSavedOut"];
type Linted = Schemas["FlowProblemOut"];
/** What stands against a flow; only what lint says comes with a sentence that can be told in other languages. */
export type FlowProblem = Omit<Linted, "code" | "sentence" | "facts"> & {
  readonly code: string;
} & Partial<Pick<Linted, "sentence" | "facts">>;
export type LintCode = Linted["code"];
export type LintSentence = Linted["sentence"];
export type Version = Schemas["VersionOut"];
export type StepKind = Schemas["StepKindOut"];
export type MergeTag = Schemas["MergeTagOut"];
export type Preview = Schemas["PreviewOut"];
export type TestSend = Schemas["TestSendOut"];
export type Forecast = Schemas["ForecastOut"];

const at = (id: number) => ({ path: { sequence_id: id } });

/** Fetch the working copy as it is now; the editor keeps its own from there on. */
export function fetchDraft(id: number): Promise<Draft> {
  return answer(api.GET("/api/sequences/{sequence_id}/draft", { params: at(id) }));
}

/** Save the working copy that was edited from `revision`; ApiError 409 when somebody saved meanwhile. */
export function saveDraft(id: number, document: FlowJson, revision: number): Promise<DraftSaved> {
  return answer(
    api.PUT("/api/sequences/{sequence_id}/draft", {
      params: at(id),
      body: { document, revision },
    }),
  );
}

/** The newest versions, the newest first. */
export function useVersions(id: number) {
  return useQuery({
    queryKey: [...sequenceKey(id), "versions"],
    queryFn: () =>
      answer(
        api.GET("/api/sequences/{sequence_id}/versions", {
          params: { ...at(id), query: { limit: 100 } },
        }),
      ),
  });
}

/** One version with its flow. */
export function fetchVersion(id: number, number: number): Promise<Schemas["VersionWithFlowOut"]> {
  const path = { sequence_id: id, number };
  return answer(api.GET("/api/sequences/{sequence_id}/versions/{number}", { params: { path } }));
}

/** The same, which never changes; nothing is asked for without a number. */
export function useVersion(id: number, number: number | undefined) {
  return useQuery({
    queryKey: [...sequenceKey(id), "version", number],
    queryFn: () => fetchVersion(id, number ?? 0),
    enabled: number !== undefined,
    staleTime: Infinity,
  });
}

export function useStepKinds() {
  return useQuery({
    queryKey: ["step-kinds"],
    queryFn: () => answer(api.GET("/api/step-kinds")),
    staleTime: 60_000,
  });
}

export function useMergeTags() {
  return useQuery({
    queryKey: ["merge-tags"],
    queryFn: () => answer(api.GET("/api/merge-tags")),
    staleTime: 60_000,
  });
}

interface Shown {
  readonly step: string;
  readonly document: FlowJson;
  readonly contact: number | undefined;
}

/** A step as one contact would read it, written by the server as the engine would. */
export function usePreview(id: number, { step, document, contact }: Shown, enabled: boolean) {
  return useQuery({
    queryKey: [...sequenceKey(id), "preview", step, contact, document],
    queryFn: () =>
      answer(
        api.POST("/api/sequences/{sequence_id}/preview", {
          params: at(id),
          body: { step, document, contact_id: contact ?? null },
        }),
      ),
    enabled,
    placeholderData: (before) => before,
    gcTime: 0,
    retry: false,
  });
}

/** A mail goes to an address, a text or WhatsApp message to a number. */
type Where = { readonly to: string } | { readonly to_phone: string };

export function useTestSend(id: number) {
  return useMutation({
    mutationFn: ({ step, document, contact, ...where }: Shown & Where) =>
      answer(
        api.POST("/api/sequences/{sequence_id}/test-send", {
          params: { ...at(id), header: { "Idempotency-Key": idempotencyKey() } },
          body: { step, document, contact_id: contact ?? null, ...where },
        }),
      ),
  });
}

/** What became of a test mail: asked until it is settled. */
export function useTestOutcome(touch: number | undefined) {
  return useQuery({
    queryKey: ["test-sends", touch],
    queryFn: () =>
      answer(api.GET("/api/test-sends/{touch_id}", { params: { path: { touch_id: touch ?? 0 } } })),
    enabled: touch !== undefined,
    refetchInterval: ({ state }) => (state.data?.settled === true ? false : 1_000),
  });
}

/** What activating or publishing the working copy would bring. */
export function useForecast(id: number, revision: number, enabled: boolean) {
  return useQuery({
    queryKey: [...sequenceKey(id), "forecast", revision],
    queryFn: () => answer(api.GET("/api/sequences/{sequence_id}/forecast", { params: at(id) })),
    enabled,
    // Settings, senders and people change it too: it is told anew whenever it is asked for.
    gcTime: 0,
    retry: false,
  });
}

/** The sequence as a YAML file, offered to the browser as a download. */
export async function downloadFile(id: number): Promise<void> {
  const file = await answer(api.GET("/api/sequences/{sequence_id}/file", { params: at(id) }));
  const url = URL.createObjectURL(new Blob([file.text], { type: "application/yaml" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = file.name;
  link.click();
  URL.revokeObjectURL(url);
}

export interface ContactName {
  readonly id: number;
  readonly name: string;
}

const FEW = 8;

/** A few contacts by what was typed of their name or address. */
export function useContactNames(q: string) {
  return useQuery({
    queryKey: ["contact-names", q],
    queryFn: async (): Promise<readonly ContactName[]> => {
      const { items } = await answer(api.GET("/api/contacts", { params: { query: { q, limit: FEW } } }));
      return items.map(({ id, name, email }) => ({ id, name: name || email }));
    },
    placeholderData: (before) => before,
    retry: false,
  });
}

/** Who can send, for a picker. */
export function useSenderNames() {
  return useQuery({
    queryKey: ["sender-names"],
    queryFn: async (): Promise<readonly ContactName[]> => {
      const { senders } = await answer(api.GET("/api/enroll/options"));
      return senders.map(({ id, name }) => ({ id, name }));
    },
    staleTime: 60_000,
    retry: false,
  });
}

/** When messages of a sequence may leave: its own window, else its sender's. */
export function useWindow(id: number) {
  return useQuery({
    queryKey: [...sequenceKey(id), "window"],
    queryFn: async () => {
      const params = { ...at(id), query: { people: 1 } };
      const { defaults } = await answer(api.GET("/api/sequences/{sequence_id}/forecast", { params }));
      return defaults.window;
    },
    staleTime: 60_000,
    retry: false,
  }).data;
}
