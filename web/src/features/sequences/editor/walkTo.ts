// Going from a problem to the field that it is about.

const DRAWN = 150;

/** Show the field that draws a problem and put the focus into it; `path` is seen from the step. */
export function walkTo(path: string): void {
  // The side panel of another step is drawn first.
  setTimeout(() => {
    const place = nearest(path);
    place?.scrollIntoView({ block: "center" });
    place?.querySelector<HTMLElement>(FIELDS)?.focus({ preventScroll: true });
  }, DRAWN);
}

const FIELDS = "input:not([type=hidden]), textarea, select, [contenteditable=true]";

function nearest(path: string): HTMLElement | undefined {
  const places = [...document.querySelectorAll<HTMLElement>("[data-inspector] [data-place]")];
  return places
    .filter(
      ({ dataset: { place = "" } }) =>
        place === path || path.startsWith(`${place}.`) || path.startsWith(`${place}[`),
    )
    .toSorted((one, other) => (other.dataset.place?.length ?? 0) - (one.dataset.place?.length ?? 0))[0];
}
