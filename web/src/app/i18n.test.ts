import i18next from "i18next";
import { afterAll, expect, it } from "vitest";
import { startI18n } from "./i18n";

afterAll(() => startI18n("en", { everything: true }));

it.each([
  ["en", "1,208", "1208"],
  ["de", "1.208", "1208"],
] as const)(
  "writes counts as numbers are written in %s, and names of numbers as they are",
  async (language, count, number) => {
    await startI18n(language, { everything: true });
    expect(i18next.t("count.added", { ns: "compare", count: 1_208 })).toContain(count);
    expect(i18next.t("version", { ns: "compare", number: 1_208 })).toContain(number);
    expect(i18next.t("publish.activateFor", { ns: "sequences", count: 1_208 })).toContain(count);
  },
);
