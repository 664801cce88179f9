import type { TFunction } from "i18next";
import { ApiError } from "@/api/client";

/** Say why a call failed: the server's sentence where there is one. */
export function problemText(t: TFunction<"sequences">, error: unknown): string | undefined {
  if (error === null || error === undefined) return undefined;
  return error instanceof ApiError && error.problem !== undefined
    ? error.problem.detail
    : t("problem.unreachable");
}
