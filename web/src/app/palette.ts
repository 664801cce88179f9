// Whether the palette was asked for. Apart from the palette, which comes at the first time.
import { createStore } from "./store";

const palette = createStore(false);

export function openPalette(): void {
  palette.set(true);
}

export function closePalette(): void {
  palette.set(false);
}

export const usePaletteOpened = palette.use;
