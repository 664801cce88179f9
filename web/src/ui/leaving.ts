// Leaving the page is asked about while something of it would be lost.
const lost = new Set<string>();

/** Say whether something would be lost. Asked only then: a page that always asks is not kept for going back to it. */
export function askBeforeLeaving(what: string, isLost: boolean): void {
  if (isLost) lost.add(what);
  else lost.delete(what);
  if (lost.size > 0) window.addEventListener("beforeunload", ask);
  else window.removeEventListener("beforeunload", ask);
}

function ask(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
