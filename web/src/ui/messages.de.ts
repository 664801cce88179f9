import type { Translated } from "./catalog";
import type { english } from "./messages.en";

export const german: Translated<typeof english> = {
  cancel: "Abbrechen",
};
