// What two people do not agree on, in words.
import type { TFunction } from "i18next";
import { delayOf, parseDelay } from "@/flow/delay";
import type { FlowDocument, Step } from "@/flow/document";
import type { Conflict } from "@/flow/threeWayJudge";
import { stepAt } from "@/flow/ways";
import { conditionIn, delayWords, stepTitle } from "../stepWords";

type T = TFunction<"sequences">;

const LONGEST = 400;

/** Name the step that a conflict is about; one that is gone from both is called by its key. */
export function conflictTitle(t: T, { step }: Conflict, documents: readonly FlowDocument[]): string {
  if (step === null) return t("conflict.order");
  const found = documents.find((document) => stepAt(document, step) !== undefined);
  return found === undefined ? step : titleAt(t, step, found);
}

/** Name the field that a conflict is about. */
export function conflictField(t: T, { kind, field }: Conflict): string {
  if (kind === "order") return "";
  if (field === "") return t("conflict.wholeStep");
  if (field === "ways") return t("conflict.ways");
  const [list, , last = "name"] = field.split(".");
  return list === "ways" ? t("conflict.wayOf", { field: fieldName(t, last) }) : fieldName(t, field);
}

function fieldName(t: T, path: string): string {
  const known = path === "content.body" ? "content.text" : path;
  return t(`field.${known}` as "field.delay", { defaultValue: known.replaceAll(/[._]/g, " ") });
}

/** Say one of the two values. */
export function valueWords(t: T, conflict: Conflict, value: unknown, document: FlowDocument): string {
  const { kind, field } = conflict;
  if (value == null) return t(kind === "removed" ? "conflict.gone" : "conflict.empty");
  if (kind === "order")
    return (value as readonly string[]).map((key) => titleAt(t, key, document)).join(" → ");
  if (kind === "removed" && field === "") return stepTitle(t, value as Step, document);
  return asksIn(field) ? conditionIn(t, value, { document, fields: [] }) : plainWords(t, value);
}

function asksIn(field: string): boolean {
  return field === "only_if" || field.endsWith(".condition");
}

function titleAt(t: T, key: string, document: FlowDocument): string {
  const step = stepAt(document, key);
  return step === undefined ? key : stepTitle(t, step, document);
}

function plainWords(t: T, value: unknown): string {
  if (typeof value === "string") {
    if (parseDelay(value) !== undefined) return delayWords(t, delayOf(value));
    return value === "" ? t("conflict.empty") : value.slice(0, LONGEST);
  }
  const { text, html } = value as { readonly text?: string; readonly html?: string };
  const said = text ?? html?.replaceAll(/<[^>]*>/g, " ") ?? JSON.stringify(value);
  return said.trim().slice(0, LONGEST);
}
