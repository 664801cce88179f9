// The colours of drumbeat, each as [light, dark]. Everything else (Mantine, canvas, charts) reads them from here.

export const TOKENS = {
  bg: ["#FAF9F7", "#121312"],
  rail: ["#F4F2EE", "#0E0F0E"],
  surface: ["#FFFFFF", "#191A19"],
  raised: ["#FFFFFF", "#212221"],
  sunken: ["#F6F4F1", "#151615"],
  hover: ["#F1EEE9", "#242523"],
  control: ["#8F887C", "#7A7A73"],
  text: ["#1D1B18", "#EDEBE6"],
  "text-2": ["#5C564D", "#B3B0A8"],
  "text-3": ["#6F695F", "#97948C"],
  faint: ["#B3ACA1", "#5B5A55"],
  line: ["#E6E2DB", "#2B2C2A"],
  "line-strong": ["#D2CCC2", "#3D3E3B"],
  scrim: ["rgb(29 27 24 / 0.38)", "rgb(0 0 0 / 0.6)"],
  accent: ["#0B6674", "#58BCC9"],
  "accent-hover": ["#0A5661", "#74CBD6"],
  "accent-text": ["#0B6674", "#6CC8D3"],
  "on-accent": ["#FFFFFF", "#04242A"],
  "accent-wash": ["#EAF4F5", "#12292D"],
  "accent-line": ["#8CC3CA", "#2C6A74"],
  green: ["#1E7142", "#7CC796"],
  "green-wash": ["#E8F4EB", "#15281C"],
  amber: ["#8A5800", "#E2B35C"],
  "amber-wash": ["#FBF2DF", "#2C2413"],
  red: ["#B3281E", "#F2938A"],
  "red-wash": ["#FCECEA", "#331B19"],
  violet: ["#6847A8", "#BBA3EC"],
  "violet-wash": ["#F1ECF9", "#241D33"],
  rust: ["#9C4312", "#EAA077"],
  "rust-wash": ["#FBEDE4", "#301F15"],
  edge: ["#8F887C", "#6C6D66"],
  "chart-1": ["#0B6674", "#58BCC9"],
  "chart-2": ["#C47F12", "#E2A94A"],
  "chart-3": ["#8457B8", "#B08EE6"],
  "chart-4": ["#7C8796", "#8B94A1"],
  "shadow-1": ["0 1px 2px rgb(40 34 24 / 0.05)", "none"],
  "shadow-2": [
    "0 1px 2px rgb(40 34 24 / 0.06), 0 4px 12px rgb(40 34 24 / 0.06)",
    "0 1px 2px rgb(0 0 0 / 0.4), 0 6px 16px rgb(0 0 0 / 0.28)",
  ],
  "shadow-3": [
    "0 2px 6px rgb(40 34 24 / 0.08), 0 18px 48px rgb(40 34 24 / 0.18)",
    "0 2px 8px rgb(0 0 0 / 0.5), 0 24px 60px rgb(0 0 0 / 0.55)",
  ],
} as const satisfies Record<string, readonly [light: string, dark: string]>;

export type Token = keyof typeof TOKENS;

/** Return the CSS variable of a token. */
export function token(name: Token): string {
  return `var(--db-${name})`;
}

/** Return every token of one scheme as `--db-*` variables. */
export function variables(scheme: "light" | "dark"): Record<string, string> {
  const index = scheme === "light" ? 0 : 1;
  return Object.fromEntries(Object.entries(TOKENS).map(([name, pair]) => [`--db-${name}`, pair[index]]));
}
