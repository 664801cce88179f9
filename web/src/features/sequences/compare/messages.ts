import { catalog } from "@/ui/catalog";
import { german } from "./messages.de";
import { english } from "./messages.en";

export const compare = catalog(english, german);
