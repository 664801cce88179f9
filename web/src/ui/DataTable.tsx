import { Box } from "@mantine/core";
import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import classes from "./DataTable.module.css";
import { Head, type Sort } from "./DataTableHead";
import { Row } from "./DataTableRow";
import { Skeletons } from "./DataTableSkeletons";
import { useRowKeys } from "./useRowKeys";
import type { Selection } from "./useSelection";

export type RowKey = string | number;

export interface Column<Item> {
  readonly key: string;
  readonly title: string;
  readonly cell: (row: Item) => ReactNode;
  /** A share ("30%") or a length; the rest is shared out. */
  readonly width?: string | number;
  readonly align?: "right";
  /**
   * On a phone a row is a card of two lines: its title with "end" at the right, then the cells of "line" side by
   * side, of which "rest" takes the width that is left. A number there is told by its title.
   */
  readonly phone?: "title" | "end" | "line" | "rest" | "hidden";
  /** What `onSort` gets when the title is pressed. */
  readonly sort?: string;
}

export interface DataTableProps<Item> {
  /** Names the table for screen readers and in the help. */
  readonly label: string;
  /** undefined: not there yet, skeletons keep the place. */
  readonly rows: readonly Item[] | undefined;
  readonly rowKey: (row: Item) => RowKey;
  readonly columns: readonly Column<Item>[];
  readonly onOpen?: (row: Item) => void;
  /** The row whose details are open beside the table. */
  readonly openKey?: RowKey | undefined;
  readonly selection?: Selection<RowKey>;
  /** Names a row where it is selected: "Select Ana Ruiz". */
  readonly rowName?: (row: Item) => string;
  /** Appear at the right on hover and focus. */
  readonly actions?: (row: Item) => ReactNode;
  readonly empty?: ReactNode;
  readonly sort?: Sort;
  readonly onSort?: (sort: Sort) => void;
  readonly hasMore?: boolean;
  readonly onMore?: () => void;
  readonly loading?: boolean;
}

/** Rows of one line without a frame. j and k move, x selects, Enter opens, Esc lets go; it grows as one scrolls. */
export function DataTable<Item>(props: DataTableProps<Item>) {
  const { label, rows, empty, hasMore = false } = props;
  if (rows?.length === 0 && !hasMore) return empty;
  return (
    <Box className={classes.frame}>
      <table className={classes.table} aria-label={label} aria-busy={rows === undefined}>
        <Head {...props} />
        <Body {...props} />
      </table>
      {hasMore && <More {...props} />}
    </Box>
  );
}

function Body<Item>(props: DataTableProps<Item>) {
  const { rows, rowKey, columns, selection, openKey } = props;
  const body = useRef<HTMLTableSectionElement>(null);
  const { here, select } = useRowKeys(props);
  useEffect(() => {
    body.current?.rows[here]?.scrollIntoView({ block: "nearest" });
  }, [here]);
  return (
    <tbody ref={body}>
      {rows === undefined && <Skeletons columns={columns.length + (selection ? 1 : 0)} />}
      {rows?.map((row, index) => (
        <Row
          key={rowKey(row)}
          table={props}
          row={row}
          isOpen={openKey === rowKey(row)}
          isHere={here === index}
          onSelect={(isRange) => {
            select(index, isRange);
          }}
        />
      ))}
    </tbody>
  );
}

/** Asks for the next page a screen before its end comes into sight. */
function More<Item>({ onMore, loading = false, rows }: DataTableProps<Item>) {
  const { t } = useTranslation("ui");
  const end = useRef<HTMLButtonElement>(null);
  const ask = useRef(onMore);
  useEffect(() => {
    ask.current = onMore;
  });
  const shown = rows?.length ?? 0;
  useEffect(() => {
    if (end.current === null || typeof IntersectionObserver === "undefined") return undefined;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting === true) ask.current?.();
      },
      { rootMargin: "600px" },
    );
    observer.observe(end.current);
    return () => {
      observer.disconnect();
    };
  }, [shown]);
  return (
    <button type="button" ref={end} className={classes.more} onClick={onMore} disabled={loading}>
      {loading ? t("table.loading") : t("table.more")}
    </button>
  );
}
