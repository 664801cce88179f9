// The languages of the app, and the one that this browser was told to use.
import type { i18n } from "i18next";

export const LANGUAGES = { en: "English", de: "Deutsch" } as const;
export type Language = keyof typeof LANGUAGES;

const REMEMBERED = "drumbeat.language";

/** Return what a person chose in this browser. */
export function rememberedLanguage(): string | null {
  return localStorage.getItem(REMEMBERED);
}

/** Speak it from now on, and next time as well. */
export async function chooseLanguage(speaker: i18n, language: Language): Promise<void> {
  localStorage.setItem(REMEMBERED, language);
  await speaker.changeLanguage(language);
}
