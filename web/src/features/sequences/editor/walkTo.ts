// Going from a problem to the field that it is about.

const AGAIN = 100;
const TRIES = 30;

/** Show the field that draws a problem and put the focus into it; `path` is seen from the step. */
export function walkTo(step: string, path: string, tries = TRIES): void {
  const pane = document.querySelector<HTMLElement>(`[data-inspector="${step}"]`);
  if (pane === null) {
    // The side panel of another step is drawn first.
    if (tries > 0) setTimeout(walkTo, AGAIN, step, path, tries - 1);
    return;
  }
  const place = nearest(pane, path);
  place?.scrollIntoView({ block: "center" });
  fieldIn(place)?.focus({ preventScroll: true });
}

const FIELDS = "input:not([type=hidden]), textarea, select, [contenteditable=true]";

/** A list without entries and a part that is shut have only their button. */
function fieldIn(place?: HTMLElement): HTMLElement | null | undefined {
  return place?.querySelector<HTMLElement>(FIELDS) ?? place?.querySelector<HTMLElement>("button");
}

function nearest(pane: HTMLElement, path: string): HTMLElement | undefined {
  const places = [...pane.querySelectorAll<HTMLElement>("[data-place]")];
  return places
    .filter(
      ({ dataset: { place = "" } }) =>
        place === path || path.startsWith(`${place}.`) || path.startsWith(`${place}[`),
    )
    .toSorted((one, other) => (other.dataset.place?.length ?? 0) - (one.dataset.place?.length ?? 0))[0];
}
