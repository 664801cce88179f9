// The texts that every page needs, in English. The other languages stand beside; a page loads one of them.
import { english as ui } from "@/ui/messages.en";
import { english as words } from "@/ui/words/messages.en";
import { english as app } from "./messages.en";

export const frame = { app, ui, words };
