import type { Translated } from "@/ui/catalog";
import type { english } from "./messages.en";

export const german: Translated<typeof english> = {
  title: "Du bist abgemeldet",
  hint: "drumbeat kommt hier ohne Passwort aus: Ein Link meldet dich an, einmal, innerhalb eines Tages.",
  how: "Die Demo gibt bei jedem Start einen aus:",
  ask: "Sonst bitte jemanden mit Verwaltungsrecht in deinem Arbeitsbereich um einen.",
  again: "Ich habe mich angemeldet",
  signIn: { title: "Anmelden", hint: "Öffne den Link zur Anmeldung, den drumbeat dir gegeben hat." },
  welcome: { title: "Willkommen bei drumbeat", hint: "Mit diesem Link gehört dir ein neuer Arbeitsbereich." },
  invitation: { title: "Du bist eingeladen", hint: "Mit diesem Link wirst du Mitglied des Arbeitsbereichs." },
};
