// Whether the list of keys is open. Apart from the overlay, which comes when it is asked for.
import { createStore } from "./store";

const help = createStore(false);

export function openHelp(): void {
  help.set(true);
}

export function closeHelp(): void {
  help.set(false);
}

export const useHelpOpened = help.use;
