// The texts that every page needs, in German.
import { german as ui } from "@/ui/messages.de";
import { german as words } from "@/ui/words/messages.de";
import { german as app } from "./messages.de";

export const frame = { app, ui, words };
