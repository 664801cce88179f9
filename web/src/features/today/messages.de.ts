import type { Translated } from "@/ui/catalog";
import type { english } from "./messages.en";

export const german: Translated<typeof english> = {
  title: "Heute",
  empty: {
    title: "Nichts wartet auf dich",
    hint: "Antworten, Aufgaben, Freigaben und Probleme landen hier. Der Rest läuft von selbst.",
  },
};
