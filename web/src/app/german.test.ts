// The app says du to everybody. *Sie* and *Ihr* at the beginning of a sentence may mean others: they, her, their.
import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";

const SOURCE = resolve(import.meta.dirname, "..");
const FORMAL = [/\w+e?n Sie\b/u, /[a-zäöüß,] (Sie|Ihnen|Ihre?[nmrs]?)\b/u];

const isFormal = (text: string) => FORMAL.some((pattern) => pattern.test(text));

it.each([
  ["Wählen Sie einen Schritt.", true],
  ["Das sieht nach Ihnen aus.", true],
  ["Wähle einen Schritt.", false],
  ["Die Person ist gelöscht. Ihre Aufgaben bleiben. Sie stehen im Protokoll.", false],
])("knows the formal address: %s", (text, formal) => {
  expect(isFormal(text)).toBe(formal);
});

it.each(globSync("**/*.de.ts", { cwd: SOURCE }))("%s says du", (file) => {
  const lines = readFileSync(join(SOURCE, file), "utf8").split("\n");
  expect(lines.filter(isFormal)).toEqual([]);
});
