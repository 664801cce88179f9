// Languages. i18next because it needs no compile step, takes plurals from the browser's Intl, and its keys are
// checked by TypeScript: an unknown key, or a key without its German text, does not compile.
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { devInbox } from "@/features/dev-inbox/messages";
import { live } from "@/features/live/messages";
import { session } from "@/features/session/messages";
import type { Catalog } from "@/ui/catalog";
import { app } from "./messages";

const CATALOGS = { app, devInbox, live, session };
export const LANGUAGES = { en: "English", de: "Deutsch" } as const;
export type Language = keyof typeof LANGUAGES;

const REMEMBERED = "drumbeat.language";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "app";
    resources: { [Name in keyof typeof CATALOGS]: (typeof CATALOGS)[Name]["en"] };
  }
}

/** Return the language a person chose here, else the first one of the browser that we speak. */
export function preferredLanguage(
  chosen: string | null = localStorage.getItem(REMEMBERED),
  spoken: readonly string[] = navigator.languages,
): Language {
  const wanted = [chosen ?? "", ...spoken.map((tag) => tag.split("-")[0] ?? "")];
  return wanted.find((code): code is Language => code in LANGUAGES) ?? "en";
}

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(REMEMBERED, language);
  await i18next.changeLanguage(language);
}

export async function startI18n(language: Language = preferredLanguage()): Promise<void> {
  i18next.on("languageChanged", (code) => {
    document.documentElement.lang = code;
  });
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: "en",
    defaultNS: "app",
    resources: { en: texts("en"), de: texts("de") },
    interpolation: { escapeValue: false }, // React escapes
    returnNull: false,
  });
}

function texts(language: Language): Record<string, object> {
  const entries = Object.entries(CATALOGS as Record<string, Catalog<object>>);
  return Object.fromEntries(entries.map(([name, catalog]) => [name, catalog[language]]));
}
