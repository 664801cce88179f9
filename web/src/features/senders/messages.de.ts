import type { Translated } from "@/ui/catalog";
import type { english } from "./messages.en";

export const german: Translated<typeof english> = {
  title: "Absender",
  empty: {
    title: "Noch kein Absender",
    hint: "Nachrichten gehen aus deinem eigenen Postfach hinaus. Verbinde eines, um zu beginnen.",
  },
};
