const FIELDS = "input, textarea, [contenteditable=true], select";
const AGAIN = 60;
const TRIES = 30;

/**
 * Put the focus on the first field of a step, as soon as its fields are shown; without a key, of the one that is.
 * Who presses another key or presses elsewhere meanwhile wants something else: then it stays where it is.
 */
export function openInspector(key?: string): void {
  const pane = key === undefined ? "[data-inspector]" : `[data-inspector="${key}"]`;
  const waits = new AbortController();
  const stop = () => {
    waits.abort();
  };
  const look = (tries: number) => {
    if (waits.signal.aborted) return;
    const field = document.querySelector(pane)?.querySelector<HTMLElement>(FIELDS);
    if (field == null && tries > 0) {
      setTimeout(look, AGAIN, tries - 1);
      return;
    }
    stop();
    field?.focus();
  };
  for (const turn of ["keydown", "pointerdown"] as const)
    document.addEventListener(turn, stop, { capture: true, signal: waits.signal });
  look(TRIES);
}
