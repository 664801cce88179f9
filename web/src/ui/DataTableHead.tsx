import { Checkbox, UnstyledButton } from "@mantine/core";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Column, DataTableProps } from "./DataTable";
import classes from "./DataTable.module.css";

export interface Sort {
  readonly by: string;
  readonly descending: boolean;
}

/** The titles of the columns, and the box that selects all that is shown. */
export function Head<Item>(props: DataTableProps<Item>) {
  const { columns, selection, actions } = props;
  const { t } = useTranslation("ui");
  return (
    <thead>
      <tr>
        {selection && (
          <th className={classes.box} scope="col">
            <All {...props} />
          </th>
        )}
        {columns.map((column) => (
          <Title key={column.key} column={column} table={props} />
        ))}
        {actions && (
          <th scope="col" className={classes.actionsTitle}>
            <span className={classes.unseen}>{t("table.actions")}</span>
          </th>
        )}
      </tr>
    </thead>
  );
}

function All<Item>({ rows = [], rowKey, selection }: DataTableProps<Item>) {
  const { t } = useTranslation("ui");
  const keys = rows.map(rowKey);
  const chosen = keys.filter((key) => selection?.selected.has(key)).length;
  const isAll = chosen > 0 && chosen === keys.length;
  return (
    <Checkbox
      size="xs"
      aria-label={t("table.selectAll")}
      checked={isAll}
      indeterminate={chosen > 0 && !isAll}
      onChange={() => selection?.set(keys, !isAll)}
    />
  );
}

interface TitleProps<Item> {
  readonly column: Column<Item>;
  readonly table: DataTableProps<Item>;
}

function Title<Item>({ column, table: { sort, onSort } }: TitleProps<Item>) {
  const direction = directionOf(column.sort, sort);
  return (
    <th scope="col" style={{ width: column.width }} data-align={column.align} aria-sort={direction}>
      {column.sort === undefined || onSort === undefined ? (
        column.title
      ) : (
        <SortButton title={column.title} by={column.sort} direction={direction} onSort={onSort} />
      )}
    </th>
  );
}

type Direction = "ascending" | "descending" | undefined;

function directionOf(by: string | undefined, sort: Sort | undefined): Direction {
  if (by === undefined || sort?.by !== by) return undefined;
  return sort.descending ? "descending" : "ascending";
}

interface SortButtonProps {
  readonly title: string;
  readonly by: string;
  readonly direction: Direction;
  readonly onSort: (sort: Sort) => void;
}

function SortButton({ title, by, direction, onSort }: SortButtonProps) {
  const { t } = useTranslation("ui");
  const Arrow = direction === "descending" ? IconArrowDown : IconArrowUp;
  return (
    <UnstyledButton
      className={classes.sort}
      title={t("table.sortBy", { column: title })}
      onClick={() => {
        onSort({ by, descending: direction === "ascending" });
      }}
    >
      {title}
      {direction !== undefined && <Arrow size={12} stroke={2} aria-hidden />}
    </UnstyledButton>
  );
}
