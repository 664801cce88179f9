// How mails look: the workspace's branding, its logo, a sample mail.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "./client";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type Branding = Schemas["BrandingOut"];
export type BrandingChange = Partial<Omit<Schemas["BrandingChangeIn"], never>>;

const KEY = ["branding"] as const;
const AUDIT = ["audit"] as const;

export function useBranding() {
  return useQuery({ queryKey: KEY, queryFn: () => answer(api.GET("/api/branding")) });
}

/** Save what is chosen; the answer is the branding as it is now. */
export function useChangeBranding() {
  const keep = useKeep();
  return useMutation({
    mutationFn: (body: BrandingChange) => answer(api.PATCH("/api/branding", { body: body as never })),
    onSuccess: keep,
    meta: { quiet: true },
  });
}

/** Put a logo, or take it away. */
export function useLogo() {
  const keep = useKeep();
  return useMutation({
    mutationFn: (file: File | undefined) =>
      file === undefined
        ? answer(api.DELETE("/api/branding/logo"))
        : answer(api.POST("/api/branding/logo", { body: { file: "" }, bodySerializer: () => formOf(file) })),
    onSuccess: keep,
    meta: { quiet: true },
  });
}

export function formOf(file: File): FormData {
  const form = new FormData();
  form.set("file", file);
  return form;
}

function useKeep() {
  const client = useQueryClient();
  return (branding: Branding) => {
    client.setQueryData(KEY, branding);
    return client.invalidateQueries({ queryKey: AUDIT });
  };
}

/** A sample mail in the look that is wanted, written by the server as all mails are. */
export function useBrandingSample(wanted: BrandingChange, shown: "plain" | "branded", logo: string) {
  return useQuery({
    queryKey: [...KEY, "sample", wanted, shown, logo],
    queryFn: () => answer(api.POST("/api/branding/preview", { body: { wanted: wanted as never, shown } })),
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
  });
}
