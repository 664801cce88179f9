import type { KeyboardEvent } from "react";

/** In an open menu a letter goes to the next item that begins with it, as in the menus of a desktop. */
export function goToLetter(event: KeyboardEvent<HTMLElement>): void {
  if (event.key.length !== 1 || event.key === " " || event.ctrlKey || event.metaKey || event.altKey) return;
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>("[role=menuitem]")];
  const at = items.indexOf(document.activeElement as HTMLElement) + 1;
  const found = [...items.slice(at), ...items.slice(0, at)].find(
    (item) => begins(item.textContent, event.key) && !item.hasAttribute("data-disabled"),
  );
  if (found === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  found.focus();
}

/** Accents apart: `ü` is found by `u`, too. */
function begins(text: string, letter: string): boolean {
  const first = text.trimStart().slice(0, 1);
  return (
    first.localeCompare(letter, document.documentElement.lang || undefined, { sensitivity: "base" }) === 0
  );
}
