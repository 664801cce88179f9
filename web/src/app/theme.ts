// drumbeat's look for Mantine: type, space, shape, colour. Values come from `tokens`, parts from `parts`.
import {
  createTheme,
  type CSSVariablesResolver,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  rem,
} from "@mantine/core";
import { parts } from "./parts";
import { ramp } from "./ramp";
import { TOKENS, token, variables } from "./tokens";

const petrol: MantineColorsTuple = [
  "#EAF4F5",
  "#D3E8EA",
  "#B1D5DA",
  "#8CC3CA",
  "#58BCC9",
  "#2F97A5",
  "#147C8B",
  "#0B6674",
  "#0A5661",
  "#083F48",
];

const stone: MantineColorsTuple = [
  "#FAF9F7",
  "#F6F4F1",
  "#F1EEE9",
  "#E6E2DB",
  "#D2CCC2",
  "#B3ACA1",
  "#8F887C",
  "#6F695F",
  "#5C564D",
  "#1D1B18",
];

const dark: MantineColorsTuple = [
  "#EDEBE6",
  "#B3B0A8",
  "#97948C",
  "#5B5A55",
  "#3D3E3B",
  "#2B2C2A",
  "#212221",
  "#191A19",
  "#121312",
  "#0E0F0E",
];

function state(name: "green" | "amber" | "red" | "violet" | "rust"): MantineColorsTuple {
  const [light, darkScheme] = TOKENS[name];
  return ramp(TOKENS[`${name}-wash`][0], darkScheme, light);
}

export const theme = createTheme({
  primaryColor: "petrol",
  primaryShade: { light: 7, dark: 4 },
  colors: {
    petrol,
    stone,
    gray: stone,
    dark,
    green: state("green"),
    amber: state("amber"),
    red: state("red"),
    violet: state("violet"),
    rust: state("rust"),
  },
  white: "#FFFFFF",
  black: "#1D1B18",
  autoContrast: true,
  luminanceThreshold: 0.35,
  // Mantine chooses one text colour for both schemes; ours are light on dark, and dark on light.
  variantColorResolver: (input) => {
    const colors = defaultVariantColorsResolver(input);
    return input.variant === "filled" ? { ...colors, color: token("on-accent") } : colors;
  },
  fontFamily:
    '"Inter Variable", Inter, ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace',
  fontSizes: { xs: rem(12), sm: rem(13), md: rem(14), lg: rem(15), xl: rem(20) },
  lineHeights: { xs: "1.5", sm: "1.54", md: "1.64", lg: "1.47", xl: "1.4" },
  headings: {
    fontWeight: "600",
    sizes: {
      h1: { fontSize: rem(20), lineHeight: "1.4" },
      h2: { fontSize: rem(15), lineHeight: "1.467" },
      h3: { fontSize: rem(13), lineHeight: "1.539" },
    },
  },
  spacing: { xs: rem(6), sm: rem(8), md: rem(12), lg: rem(16), xl: rem(28) },
  radius: { xs: rem(4), sm: rem(6), md: rem(8), lg: rem(12), xl: rem(14) },
  defaultRadius: "md",
  shadows: { xs: token("shadow-1"), sm: token("shadow-2"), xl: token("shadow-3") },
  breakpoints: { xs: "30em", sm: "43.75em", md: "64em", lg: "80em", xl: "90em" },
  focusRing: "auto",
  cursorType: "pointer",
  respectReducedMotion: true,
  components: parts,
});

const MANTINE = {
  "--mantine-color-body": token("bg"),
  "--mantine-color-text": token("text"),
  "--mantine-color-dimmed": token("text-2"),
  "--mantine-color-default": token("surface"),
  "--mantine-color-default-hover": token("hover"),
  "--mantine-color-default-border": token("line-strong"),
  "--mantine-color-default-color": token("text"),
  "--mantine-color-placeholder": token("text-3"),
  "--mantine-color-anchor": token("accent-text"),
  "--mantine-color-error": token("red"),
  // What a menu says in red; the same shade in both schemes would be too dark by night.
  "--mantine-color-red-6": token("red"),
};

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: { ...variables("light"), ...MANTINE },
  dark: { ...variables("dark"), ...MANTINE },
});
