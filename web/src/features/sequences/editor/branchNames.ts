// A branch is called after what it asks until a person calls it something else.
import type { TFunction } from "i18next";
import type { OwnField } from "@/api/flowNames";
import { conditionWords } from "@/dialogs/condition/words";
import { freeName } from "@/flow/branches";
import type { Condition } from "@/flow/condition";

type T = TFunction<"sequences">;
interface Named {
  readonly name: string;
}

const LONGEST = 40;
const UNFINISHED = "…";

/** Name a branch by its question, apart from the names of the others; by its number where that says too much. */
export function branchName(
  t: T,
  condition: Condition,
  others: readonly Named[],
  fields: readonly OwnField[] = [],
): string {
  const asked = questionOf(t, condition, fields);
  const numbered = (number: number) => t("branches.new", { number });
  if (asked === undefined) return freeName(others, numbered);
  const isTaken = others.some(({ name }) => name.trim() === asked);
  return isTaken ? freeName(others, (number) => `${asked} ${number}`) : asked;
}

/** Return what a branch is called once it asks something else: a name that a person gave it stays. */
export function nameAsking(
  t: T,
  branches: readonly (Named & { readonly condition: Condition })[],
  index: number,
  condition: Condition,
  fields: readonly OwnField[],
): string {
  const branch = branches[index];
  if (branch === undefined) return "";
  const others = branches.filter((each) => each !== branch);
  const isOwn = !isAutomatic(t, branch, branches.length, fields);
  return isOwn ? branch.name : branchName(t, condition, others, fields);
}

function isAutomatic(
  t: T,
  { name, condition }: Named & { readonly condition: Condition },
  count: number,
  fields: readonly OwnField[],
): boolean {
  const asked = questionOf(t, condition, fields);
  const numbers = Array.from({ length: count + 1 }, (_, index) => index + 1);
  const given = numbers.flatMap((number) => [t("branches.new", { number }), `${asked} ${number}`]);
  return [asked, "", ...given].includes(name.trim());
}

function questionOf(t: T, condition: Condition, fields: readonly OwnField[]): string | undefined {
  if ((condition.rules ?? []).length === 0) return undefined;
  const words = conditionWords(t, condition, { fields });
  if (words.length > LONGEST || words.includes(UNFINISHED)) return undefined;
  return words.slice(0, 1).toLocaleUpperCase() + words.slice(1);
}
