// Prices of an account as people type them: a line for each beginning of a number.

export interface Prices {
  readonly currency: string;
  readonly by_prefix: Readonly<Record<string, string>>;
  readonly whatsapp: Readonly<Record<string, string>>;
  readonly voice: Readonly<Record<string, string>>;
}

type Table = Readonly<Record<string, string>>;

/** Write a table as lines: `+49 = 0.0875`. */
export function linesOf(table: Table | undefined): string {
  return Object.entries(table ?? {})
    .map(([prefix, price]) => `${prefix} = ${price}`)
    .join("\n");
}

/** Read lines; what is no price goes as it stands, so that the server says what is wrong with it. */
export function tableOf(lines: string): Table {
  const typed = lines.split("\n").filter((line) => line.trim() !== "");
  return Object.fromEntries(
    typed.map((line) => {
      const [prefix = "", ...price] = line.trim().split(/[\s=:;]+/);
      return [prefix, price.join(" ").replace(",", ".")];
    }),
  );
}
