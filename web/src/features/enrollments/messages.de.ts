import type { Translated } from "@/ui/catalog";
import type { english } from "./messages.en";

export const german: Translated<typeof english> = {
  title: "Aufnahme",
  empty: {
    title: "Noch niemand ist aufgenommen",
    hint: "Wer aufgenommen wird, landet hier, mit dem, was als Nächstes geschieht und warum.",
  },
};
