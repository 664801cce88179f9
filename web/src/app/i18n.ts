// Languages. i18next because it needs no compile step, takes plurals from the browser's Intl, and its keys are
// checked by TypeScript: an unknown key, or a key without its German text, does not compile.
import i18next, { type BackendModule, type FormatterModule } from "i18next";
import { initReactI18next } from "react-i18next";
import { amountOf } from "@/ui/amounts";
import { type Language, LANGUAGES, rememberedLanguage } from "@/ui/language";
import { FRAME_NAMES, LATER, type LaterName, loadCatalog, type Resources } from "./catalogs";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "app";
    resources: Resources;
  }
}

/** Return the language a person chose here, else the first one of the browser that we speak. */
export function preferredLanguage(
  chosen: string | null = rememberedLanguage(),
  spoken: readonly string[] = navigator.languages,
): Language {
  const wanted = [chosen ?? "", ...spoken.map((tag) => tag.split("-")[0] ?? "")];
  return wanted.find((code): code is Language => code in LANGUAGES) ?? "en";
}

/** Have the texts of these rooms at hand before they are drawn; what is not is waited for by Suspense. */
export async function loadTexts(...names: readonly LaterName[]): Promise<void> {
  await i18next.loadNamespaces(names);
}

/** Start with the frame's texts, and those of every room as well when a test asks for it. */
export async function startI18n(
  language: Language = preferredLanguage(),
  { everything = false } = {},
): Promise<void> {
  i18next.on("languageChanged", (code) => {
    document.documentElement.lang = code;
  });
  await i18next
    .use(catalogs)
    .use(numbers)
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: false, // a text that a language lacks does not compile
      supportedLngs: Object.keys(LANGUAGES),
      ns: everything ? [...FRAME_NAMES, ...Object.keys(LATER)] : [...FRAME_NAMES],
      defaultNS: "app",
      interpolation: { escapeValue: false, alwaysFormat: true }, // React escapes
      returnNull: false,
    });
}

/** What stands for a number by its name alone. */
const KINDS: Readonly<Record<string, string>> = { count: "number", cost: "amount" };

/**
 * What is written into a sentence: counts and costs as numbers are in its language, 1,208 or 1.208; `number` says so of
 * others, `list` of several things.
 */
const numbers: FormatterModule = {
  type: "formatter",
  init: () => undefined,
  add: () => undefined,
  addCached: () => undefined,
  format: (value: unknown, format, language, options) => {
    const kind = format ?? KINDS[String(options?.interpolationkey)];
    if (kind === "amount") return amountOf(String(value), language);
    if (kind === "number" && typeof value === "number") return value.toLocaleString(language);
    const isList = kind === "list" && Array.isArray(value);
    return isList ? new Intl.ListFormat(language).format(value as string[]) : (value as string);
  },
};

const catalogs: BackendModule = {
  type: "backend",
  init: () => undefined,
  read: (language, name, done) => {
    loadCatalog(name, language as Language).then(
      (texts) => {
        done(null, texts ?? false);
      },
      (error: unknown) => {
        done(error instanceof Error ? error : String(error), true);
      },
    );
  },
};
