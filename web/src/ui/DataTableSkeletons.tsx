import { Skeleton } from "@mantine/core";

const ROWS = 8;
/** Uneven, as real rows are; the same each time, so that nothing flickers. */
const WIDTHS = [72, 54, 64, 46, 80, 58, 68, 50];

/** Rows that keep the place of those to come. */
export function Skeletons({ columns }: { readonly columns: number }) {
  return Array.from({ length: ROWS }, (_, row) => (
    <tr key={row} aria-hidden>
      {Array.from({ length: columns }, (_cell, column) => (
        <td key={column} data-phone={column < 2 ? "line" : "hidden"}>
          <Skeleton height={10} width={`${WIDTHS[(row + column * 3) % WIDTHS.length] ?? 60}%`} radius="xl" />
        </td>
      ))}
    </tr>
  ));
}
