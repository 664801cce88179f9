import type { Translated } from "@/ui/catalog";
import type { english } from "./messages.en";

export const german: Translated<typeof english> = {
  title: "Sequenzen",
  tabs: {
    label: "Teile der Sequenz",
    steps: "Schritte",
    enrollments: "Personen",
    settings: "Einstellungen",
    history: "Verlauf",
  },
  empty: {
    title: "Noch keine Sequenz",
    hint: "Eine Sequenz ist eine Folge von Nachrichten und Aufgaben, die für jede Person von selbst abläuft.",
  },
};
