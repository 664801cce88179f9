import type { Translated } from "@/ui/catalog";
import type { english } from "./messages.en";

export const german: Translated<typeof english> = {
  title: "Posteingang",
  empty: {
    title: "Noch kein Gespräch",
    hint: "Jede Antwort landet hier, mit dem, was die Sequenz als Nächstes gesendet hätte.",
  },
};
