// Where the focus goes when a line comes or goes: who works by keys stays where they work.

const FIELDS = "input:not([type=hidden]), select, textarea";

/** Put the focus into a field of a place once it is drawn: the last one, or the first. */
export function focusPlace(place: string, which: "first" | "last" = "last"): void {
  requestAnimationFrame(() => {
    const fields = document.querySelectorAll<HTMLElement>(`[data-place="${place}"] :is(${FIELDS})`);
    [...fields].at(which === "last" ? -1 : 0)?.focus();
  });
}

/** Put the focus on what adds to a place, after something was taken from it. */
export function focusAdding(place: string): void {
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>(`[data-adds="${place}"] button`)?.focus();
  });
}
