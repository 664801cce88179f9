import { Avatar as MantineAvatar } from "@mantine/core";

interface AvatarProps {
  readonly name: string;
  readonly size?: number;
}

const COLORS = ["petrol", "violet", "green", "amber", "rust", "stone"];

/** The initials of a person, always in the same colour. The name stands beside it. */
export function Avatar({ name, size = 24 }: AvatarProps) {
  return (
    <MantineAvatar
      size={size}
      radius="xl"
      name={initialsOf(name)}
      color={COLORS[hash(name) % COLORS.length] ?? "stone"}
      styles={{ placeholder: { fontSize: Math.max(10, size * 0.4), fontWeight: 600 } }}
      aria-hidden
    >
      {initialsOf(name)}
    </MantineAvatar>
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
