// Files that mails take along.
import { useMutation } from "@tanstack/react-query";
import { formOf } from "./branding";
import { answer, api } from "./client";
import type { components } from "./schema";

export type Attachment = components["schemas"]["AttachmentOut"];

/** Keep a file; the same one again is the one that is there. */
export function useKeepFile() {
  return useMutation({
    mutationFn: (file: File) =>
      answer(api.POST("/api/attachments", { body: { file: "" }, bodySerializer: () => formOf(file) })),
    meta: { quiet: true },
  });
}
