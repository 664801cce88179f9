import { catalog } from "@/ui/catalog";

export const session = catalog(
  {
    title: "You are signed out",
    hint: "drumbeat has no passwords here: a link signs you in, once, within a day.",
    how: "The demo prints one each time it starts:",
    ask: "Elsewhere, ask an admin of your workspace for one.",
    again: "I have signed in",
  },
  {
    title: "Du bist abgemeldet",
    hint: "drumbeat kommt hier ohne Passwort aus: Ein Link meldet dich an, einmal, innerhalb eines Tages.",
    how: "Die Demo gibt bei jedem Start einen aus:",
    ask: "Sonst bitte jemanden mit Verwaltungsrecht in deinem Arbeitsbereich um einen.",
    again: "Ich habe mich angemeldet",
  },
);
