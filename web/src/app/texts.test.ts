// Pages are loaded with their texts. What a page draws is found as the bundler finds it: along its imports.
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { FRAME_NAMES } from "./catalogs";

const SOURCE = resolve(import.meta.dirname, "..");
const IMPORT = /^(?:import|export)\s(?!type\s)[^;]*?from\s+"([^"]+)"/gm;
const PAGE = /page\(\s*(\[[^\]]*\]|"\w+"),\s*\(\) =>\s*import\("@\/([^"]+)"\)/g;
const TEXTS = /useTranslation\(\s*(\[[^\]]*\]|"\w+")/g;
const FRAME: ReadonlySet<string> = new Set(FRAME_NAMES);

describe("a page comes with every text that its code can draw", () => {
  const pages = [...readFileSync(join(SOURCE, "app/routes.tsx"), "utf8").matchAll(PAGE)].map(
    ([, names = "", path = ""]) => ({ path, names: named(names) }),
  );

  it("looks at every page", () => {
    expect(pages.length).toBeGreaterThan(25);
  });

  it.each(pages)("$path", ({ path, names }) => {
    const drawn = [...reached(join(SOURCE, path))].flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(TEXTS)].flatMap(([, each = ""]) => named(each)),
    );
    expect(new Set(drawn.filter((name) => !FRAME.has(name)))).toStrictEqual(new Set(names));
  });
});

function named(text: string): readonly string[] {
  return [...text.matchAll(/"(\w+)"/g)].map(([, name = ""]) => name);
}

function reached(start: string): ReadonlySet<string> {
  const seen = new Set<string>();
  const walk = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const [, from = ""] of readFileSync(file, "utf8").matchAll(IMPORT)) {
      const found = from.startsWith("@/")
        ? fileOf(join(SOURCE, from.slice(2)))
        : from.startsWith(".")
          ? fileOf(resolve(dirname(file), from))
          : undefined;
      if (found !== undefined) walk(found);
    }
  };
  const first = fileOf(start);
  if (first === undefined) throw new Error(`there is no ${start}`);
  walk(first);
  return seen;
}

function fileOf(path: string): string | undefined {
  return [path, `${path}.tsx`, `${path}.ts`].find((each) => existsSync(each) && statSync(each).isFile());
}
