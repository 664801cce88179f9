import { catalog } from "@/ui/catalog";
import { german } from "./messages.de";
import { english } from "./messages.en";

export const numbers = catalog(english, german);
