// Ten shades of a colour that is known at three: Mantine wants ten, the tokens name three.
import type { MantineColorsTuple } from "@mantine/core";

const WASH = 0;
const DARK_SCHEME = 4;
const LIGHT_SCHEME = 7;
const BLACK = "#000000";

/** Mix the missing shades; the three given ones stay exact, where `primaryShade` looks for them. */
export function ramp(wash: string, dark: string, light: string): MantineColorsTuple {
  const shades = Array.from({ length: 10 }, (_, shade) => {
    if (shade <= DARK_SCHEME) return mix(wash, dark, (shade - WASH) / (DARK_SCHEME - WASH));
    if (shade <= LIGHT_SCHEME) return mix(dark, light, (shade - DARK_SCHEME) / (LIGHT_SCHEME - DARK_SCHEME));
    return mix(light, BLACK, (shade - LIGHT_SCHEME) * 0.15);
  });
  return shades as unknown as MantineColorsTuple;
}

function mix(from: string, to: string, share: number): string {
  const [start, end] = [channels(from), channels(to)];
  const mixed = start.map((value, index) => Math.round(value + ((end[index] ?? value) - value) * share));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`.toUpperCase();
}

function channels(hex: string): number[] {
  return [1, 3, 5].map((start) => Number.parseInt(hex.slice(start, start + 2), 16));
}
