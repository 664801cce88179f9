import { catalog } from "@/ui/catalog";

export const session = catalog(
  {
    title: "You are signed out",
    hint: "drumbeat has no passwords here: a link signs you in, once, within a day.",
    how: "On the machine where drumbeat runs, this prints one:",
    ask: "Or ask an admin of your workspace for one.",
    again: "I have signed in",
  },
  {
    title: "Du bist abgemeldet",
    hint: "drumbeat kommt hier ohne Passwort aus: Ein Link meldet dich an, einmal, innerhalb eines Tages.",
    how: "Auf dem Rechner, auf dem drumbeat läuft, gibt dies einen aus:",
    ask: "Oder bitte jemanden mit Verwaltungsrecht in deinem Arbeitsbereich um einen.",
    again: "Ich habe mich angemeldet",
  },
);
