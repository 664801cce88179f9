// Keys of the page: who is shown last hears first, the frame last of all; the help lists what is in force.
import { useEffect, useRef } from "react";
import { createRegistry } from "./registry";

export interface KeyAct {
  /** "j", "Enter", "?", "g t" (one after the other), "mod+k" (Ctrl, or Cmd on a Mac). */
  readonly keys: string;
  /** Says what it does, in the help. Empty: not listed. */
  readonly label: string;
  readonly act: (event: KeyboardEvent) => void;
  /** Also heard while a field has the focus: Esc, Ctrl+Enter. */
  readonly whileTyping?: boolean;
  /** Done again and again while the key is held: it only moves. All else is done once for each press. */
  readonly repeats?: boolean;
  /** Tells whether the key is left to the browser now. */
  readonly unless?: () => boolean;
}

export interface KeyGroup {
  readonly title: string;
  readonly acts: readonly KeyAct[];
  readonly where: Where;
}

/** "frame" yields to every room; "dialog" is heard while a dialog is open, and nothing else is. */
export type Where = "frame" | "room" | "dialog";

interface KeyOptions {
  readonly where?: Where;
  readonly enabled?: boolean;
}

export const keyGroups = createRegistry<KeyGroup>();

/** Hear these keys while the component is shown. What they do may change at each render. */
export function useKeys(
  title: string,
  acts: readonly KeyAct[],
  { where = "room", enabled = true }: KeyOptions = {},
): void {
  const current = useRef(acts);
  useEffect(() => {
    current.current = acts;
  });
  const shape = JSON.stringify(
    acts.map(({ keys, label, whileTyping, repeats }) => ({ keys, label, whileTyping, repeats })),
  );
  useEffect(() => {
    if (!enabled) return undefined;
    const lasting = (JSON.parse(shape) as Omit<KeyAct, "act" | "unless">[]).map((act, index): KeyAct => ({
      ...act,
      act: (event) => current.current[index]?.act(event),
      unless: () => current.current[index]?.unless?.() === true,
    }));
    return keyGroups.add({ title, where, acts: lasting });
  }, [title, where, enabled, shape]);
}

/** Listen on the whole page: once, by the frame. */
export function useListening(): void {
  useEffect(() => {
    document.addEventListener("keydown", hear);
    return () => {
      document.removeEventListener("keydown", hear);
    };
  }, []);
}

/** Write a pressed key as `KeyAct.keys` writes it. */
export function pressed(event: KeyboardEvent): string {
  const mod = event.ctrlKey || event.metaKey ? "mod+" : "";
  const isLetter = event.key.length === 1;
  // "?" and "G" say by themselves that Shift was held.
  const shift = event.shiftKey && (!isLetter || mod !== "") ? "shift+" : "";
  return `${mod}${shift}${isLetter && mod !== "" ? event.key.toLowerCase() : event.key}`;
}

const BETWEEN_TWO_KEYS = 1_200;
// A menu takes its keys for itself, as fields do.
const FIELDS =
  "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true], [role=listbox], [role=menu]";
// Enter and Space belong to what has the focus.
const PRESSED_BY_ENTER = "a[href], button, summary, [role=option], [role=menuitem]";

// What these keys do in a control; to the page they mean something else.
const OWN_KEYS = [
  ["[type=checkbox], [type=radio]", /^(Delete|Backspace)$/],
  ["[type=radio]", /^Arrow/],
] as const;

let before = { key: "", at: 0 };

function hear(event: KeyboardEvent): void {
  if (belongsToOthers(event)) return;
  const key = pressed(event);
  const both = event.timeStamp - before.at < BETWEEN_TWO_KEYS ? `${before.key} ${key}` : "";
  const act = [both, key].map((keys) => find(keys, event.target)).find((found) => found !== undefined);
  before = { key: act === undefined ? key : "", at: event.timeStamp };
  if (act === undefined) return;
  event.preventDefault();
  if (!event.repeat || act.repeats === true) act.act(event);
}

function belongsToOthers({ defaultPrevented, isComposing, altKey }: KeyboardEvent): boolean {
  return defaultPrevented || isComposing || altKey;
}

function find(keys: string, target: EventTarget | null): KeyAct | undefined {
  const element = target instanceof Element ? target : document.body;
  if (keys === "" || (keys === "Enter" && element.closest(PRESSED_BY_ENTER) !== null)) return undefined;
  const isTyping =
    element.closest(FIELDS) !== null || OWN_KEYS.some(([own, of]) => of.test(keys) && element.matches(own));
  return heardNow()
    .flatMap((group) => group.acts)
    .find((act) => act.keys === keys && (!isTyping || act.whileTyping === true) && act.unless?.() !== true);
}

function heardNow(): KeyGroup[] {
  const isDialog = document.querySelector('[aria-modal="true"]') !== null;
  const newestFirst = keyGroups.entries().toReversed();
  if (isDialog) return newestFirst.filter((group) => group.where === "dialog");
  return [
    ...newestFirst.filter((group) => group.where === "room"),
    ...newestFirst.filter((group) => group.where === "frame"),
  ];
}

/** Tell whether words of the page are marked: those are meant to be copied. */
export function isTextMarked(): boolean {
  return window.getSelection()?.isCollapsed === false;
}
