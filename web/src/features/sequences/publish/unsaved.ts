import type { TFunction } from "i18next";
import type { Saving } from "../editor/copy";

/** Say why nothing can be published now; undefined where a dialog of its own asks what to do. */
export function unsavedText(t: TFunction<"sequences">, saving: Saving | undefined): string | undefined {
  if (saving?.state === "conflict") return undefined;
  return saving?.state === "refused" ? t("unsaved.refused", { why: saving.why }) : t("unsaved.offline");
}
