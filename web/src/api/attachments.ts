// Files that mails take along.
import { useMutation } from "@tanstack/react-query";
import { formOf } from "./branding";
import { answer, api, ApiError, csrfToken, problemIn } from "./client";
import type { components } from "./schema";

export type Attachment = components["schemas"]["AttachmentOut"];
/** A file that came with a message or went along. */
export type MessageFile = components["schemas"]["MessageFileOut"];

/** What a mail takes along, as the server holds it (core/attachments.py). */
export const LIMITS = { files: 10, each: 10 * 1_024 * 1_024, all: 15 * 1_024 * 1_024 } as const;

/** Keep a file; the same one again is the one that is there. */
export function useKeepFile() {
  return useMutation({
    mutationFn: (file: File) =>
      answer(api.POST("/api/attachments", { body: { file: "" }, bodySerializer: () => formOf(file) })),
    meta: { quiet: true },
  });
}

const CREATED = 201;

/** Keep a file and tell how far it is, from 0 to 1: fetch does not say that of what it sends. */
export function upload(
  file: File,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<Attachment> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/api/attachments");
    request.setRequestHeader("X-CSRFToken", csrfToken());
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      if (total > 0) onProgress(loaded / total);
    });
    request.addEventListener("load", () => {
      if (request.status === CREATED) resolve(JSON.parse(request.responseText) as Attachment);
      else reject(new ApiError(request.status, problemIn(request.responseText)));
    });
    request.addEventListener("error", () => {
      reject(new ApiError(0));
    });
    signal.addEventListener("abort", () => {
      request.abort();
    });
    request.send(formOf(file));
  });
}
