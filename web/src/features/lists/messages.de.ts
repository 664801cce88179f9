import type { Translated } from "@/ui/catalog";
import type { english } from "./messages.en";

export const german: Translated<typeof english> = {
  title: "Listen",
  empty: {
    title: "Noch keine Liste",
    hint: "Eine Liste sammelt Kontakte; Sequenzen können aufnehmen, wer dazukommt.",
  },
};
