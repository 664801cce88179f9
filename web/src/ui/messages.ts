import { catalog } from "./catalog";
import { german } from "./messages.de";
import { english } from "./messages.en";

export const ui = catalog(english, german);
