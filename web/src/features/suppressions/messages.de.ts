import type { Translated } from "@/ui/catalog";
import type { english } from "./messages.en";

export const german: Translated<typeof english> = {
  title: "Sperrliste",
  empty: {
    title: "Niemand ist gesperrt",
    hint: "Adressen, die sich abgemeldet haben, unzustellbar sind oder sich beschwert haben, landen hier und werden nie angeschrieben.",
  },
};
