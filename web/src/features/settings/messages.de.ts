import type { Translated } from "@/ui/catalog";
import type { english } from "./messages.en";

export const german: Translated<typeof english> = {
  title: "Einstellungen",
  empty: {
    title: "Hier gibt es noch nichts einzustellen",
    hint: "Grenzen, Sendefenster, Mitglieder und Schlüssel dieses Arbeitsbereichs.",
  },
};
