/** Put the focus on the first field of the step that is chosen. */
export function openInspector(): void {
  const pane = document.querySelector("[data-inspector]");
  pane?.querySelector<HTMLElement>("input, textarea, [contenteditable=true], select")?.focus();
}
