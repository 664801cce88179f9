import { useEffect, useEffectEvent } from "react";

/** What A4 and Letter both have room for between the margins of a browser, in CSS pixels. */
export const PAPER = { width: 700, height: 930 } as const;

/**
 * Let pictures stand for the page while it is printed, by whatever way: the sheet on the screen shows what is in sight,
 * paper shall show all. `pages` returns an SVG for each.
 */
export function usePrinting(pages: () => readonly string[]): void {
  const begin = useEffectEvent(() => {
    end();
    document.body.append(printed(pages()));
  });
  useEffect(() => {
    window.addEventListener("beforeprint", begin);
    window.addEventListener("afterprint", end);
    return () => {
      window.removeEventListener("beforeprint", begin);
      window.removeEventListener("afterprint", end);
      end();
    };
  }, []);
}

function end(): void {
  for (const each of document.querySelectorAll("body > [data-printed]")) each.remove();
}

function printed(pages: readonly string[]): HTMLElement {
  const paper = document.createElement("div");
  paper.dataset.printed = "";
  const parser = new DOMParser();
  paper.append(
    ...pages.map((svg) => document.adoptNode(parser.parseFromString(svg, "image/svg+xml").documentElement)),
  );
  return paper;
}
