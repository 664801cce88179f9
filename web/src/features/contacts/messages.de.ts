import type { Translated } from "@/ui/catalog";
import type { english } from "./messages.en";

export const german: Translated<typeof english> = {
  title: "Kontakte",
  import: { title: "Kontakte importieren" },
  empty: {
    title: "Noch kein Kontakt",
    hint: "Personen, die du importierst, eingibst oder über die API hierher schickst.",
  },
};
