import type { Translated } from "@/ui/catalog";
import type { english } from "./messages.en";

export const german: Translated<typeof english> = {
  title: "Aufgaben",
  empty: {
    title: "Keine Aufgabe ist fällig",
    hint: "Schritte, die eine Person erledigt, etwa Anrufe, landen hier, sobald sie fällig sind.",
  },
};
