import { Box } from "@mantine/core";

interface AvatarProps {
  readonly name: string;
  readonly size?: number;
}

const COLORS = ["accent", "violet", "green", "amber", "rust"];
const LEAST_TYPE = 10;

/** The initials of a person, always in the same colour. The name stands beside it. */
export function Avatar({ name, size = 24 }: AvatarProps) {
  const color = COLORS[hash(name) % COLORS.length] ?? "accent";
  return (
    <Box
      component="span"
      display="inline-grid"
      w={size}
      h={size}
      bg={`var(--db-${color}-wash)`}
      c={color === "accent" ? "var(--db-accent-text)" : `var(--db-${color})`}
      fz={Math.max(LEAST_TYPE, size * 0.4)}
      fw={600}
      lh={1}
      style={{
        flex: "none",
        placeContent: "center",
        borderRadius: "50%",
        boxShadow: "inset 0 0 0 1px rgb(128 128 128 / 0.16)",
      }}
      aria-hidden
    >
      {initialsOf(name)}
    </Box>
  );
}

/** Return the first letters of the first and the last name. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/u).filter((word) => /^\p{L}/u.test(word));
  const named = words.length > 1 ? [words.at(0), words.at(-1)] : words;
  return named.map((word = "") => Array.from(word)[0]?.toLocaleUpperCase() ?? "").join("");
}

function hash(text: string): number {
  return Array.from(text).reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 65_521, 7);
}
