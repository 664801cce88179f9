// What is different between two flows, in words.
import type { TFunction } from "i18next";
import type { FieldChange, WayChange } from "@/flow/compare";
import type { Condition } from "@/flow/condition";
import { delayOf, parseDelay } from "@/flow/delay";
import type { FlowDocument, Way } from "@/flow/document";
import { stepAt } from "@/flow/ways";
import { conditionIn, delayWords, stepTitle } from "../stepWords";

export interface Sides {
  readonly before: FlowDocument;
  readonly after: FlowDocument;
}

interface Tongue {
  readonly t: TFunction<"compare">;
  readonly steps: TFunction<"sequences">;
}

/** Name the field that changed. */
export function fieldWords({ t }: Tongue, { path, of }: FieldChange): string {
  const field = t(`field.${path}` as "field.delay", { defaultValue: path.replaceAll(/[._]/g, " ") });
  return of === undefined ? field : t("of", { field, name: of });
}

/** Say how a way changed, its ends by their titles. */
export function changedWay(tongue: Tongue, way: WayChange, sides: Sides): string {
  const { t } = tongue;
  const said = {
    name: way.name === "" ? nameOf(tongue, way.way) : way.name,
    before: endOf(tongue, way.before ?? null, sides.before),
    after: endOf(tongue, way.after ?? null, sides.after),
  };
  if (way.before === undefined) return t("way.fresh", said);
  if (way.after === undefined) return t("way.gone", said);
  return way.way === "next" ? t("way.next", said) : t("way.elsewhere", said);
}

function nameOf({ steps }: Tongue, way: string): string {
  return steps(`way.${way}` as "way.timed_out", { defaultValue: way.replaceAll("_", " ") });
}

/** Say what a way leads to. */
export function endOf({ t, steps }: Tongue, key: string | null, flow: FlowDocument): string {
  const step = stepAt(flow, key);
  return step === undefined ? t("end") : stepTitle(steps, step, flow);
}

/** Tell a text, which is compared word by word. */
export function isText({ path, before, after }: FieldChange): boolean {
  const texts = [before, after].filter((value) => value !== undefined && value !== null);
  return (
    path !== "delay" && texts.every((value) => typeof value === "string" && parseDelay(value) === undefined)
  );
}

type Say = (tongue: Tongue, value: unknown, flow: FlowDocument) => string;

const asked: Say = ({ t, steps }, value, flow) =>
  isNothing(value) ? t("nothing") : conditionIn(steps, value as Condition, { document: flow, fields: [] });
const detour: Say = ({ t, steps }, value, flow) => {
  const { kind = "go_on", step = null } = (value ?? {}) as Way;
  return t(`goes.${kind}`, { step: endOf({ t, steps }, step, flow) });
};

/** Fields whose values are no plain ones. */
const SAYS: Readonly<Record<string, Say>> = {
  delay: ({ steps }, value) => delayWords(steps, delayOf(typeof value === "string" ? value : "0m")),
  only_if: asked,
  condition: asked,
  on_skip: detour,
  on_failure: detour,
  target: (tongue, value, flow) => endOf(tongue, typeof value === "string" ? value : null, flow),
};

/** Say the value of a field. */
export function valueWords(
  tongue: Tongue,
  { path }: FieldChange,
  value: unknown,
  flow: FlowDocument,
): string {
  const say = SAYS[path];
  if (say !== undefined) return say(tongue, value, flow);
  return isNothing(value) ? tongue.t("nothing") : plainWords(tongue, value);
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}

function plainWords({ t, steps }: Tongue, value: unknown): string {
  if (typeof value === "boolean") return t(value ? "on" : "off");
  if (typeof value === "string") {
    return parseDelay(value) === undefined ? value : delayWords(steps, delayOf(value));
  }
  if (Array.isArray(value)) return value.map((each) => entryWords(each)).join(", ");
  return JSON.stringify(value, null, 1);
}

function entryWords(each: unknown): string {
  return typeof each === "object" && each !== null && "name" in each ? String(each.name) : String(each);
}
