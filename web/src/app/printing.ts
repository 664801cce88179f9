/** Print black on white, whatever the screen shows: nobody has paper for the night. */
export function printInLight(page: HTMLElement = document.documentElement): void {
  const scheme = "data-mantine-color-scheme";
  let shown: string | null = null;
  window.addEventListener("beforeprint", () => {
    shown = page.getAttribute(scheme);
    page.setAttribute(scheme, "light");
  });
  window.addEventListener("afterprint", () => {
    if (shown !== null) page.setAttribute(scheme, shown);
  });
}
