import type { TFunction } from "i18next";
import { ApiError } from "@/api/client";

/** Say why a call failed: the server's sentence where there is one. */
export function problemText(t: TFunction<"sequences">, error: unknown): string | undefined {
  if (error === null || error === undefined) return undefined;
  return error instanceof ApiError && error.problem !== undefined
    ? error.problem.detail
    : t("problem.unreachable");
}

/** Say why a setting was not changed: mostly that somebody else did. */
export function settingRefused(t: TFunction<"sequences">, error: Error): string {
  const problem = error instanceof ApiError ? error.problem : undefined;
  if (problem?.code !== "settings_conflict") return problemText(t, error) ?? "";
  return t("meanwhile.refused", { name: problem.fields?.saved_by ?? t("meanwhile.somebody") });
}
