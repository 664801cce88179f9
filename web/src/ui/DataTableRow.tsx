import { Checkbox } from "@mantine/core";
import type { MouseEvent } from "react";
import { useTranslation } from "react-i18next";
import type { DataTableProps } from "./DataTable";
import classes from "./DataTable.module.css";

interface RowProps<Item> {
  readonly table: DataTableProps<Item>;
  readonly row: Item;
  readonly isOpen: boolean;
  readonly isHere: boolean;
  readonly onSelect: (isRange: boolean) => void;
}

/** What answers a press itself: the row behind it stays as it is. */
const PRESSABLE = "a, button, input, label, select, textarea, [role=button], [role=menu]";

/** One row: a line of a table, a card of two lines on a phone. */
export function Row<Item>({ table, row, isOpen, isHere, onSelect }: RowProps<Item>) {
  const { columns, rowKey, selection, actions, onOpen } = table;
  const isSelected = selection?.selected.has(rowKey(row));
  return (
    <tr
      data-open={isOpen || undefined}
      data-here={isHere || undefined}
      data-selected={isSelected === true || undefined}
      data-opens={onOpen && true}
      aria-selected={isSelected}
      onClick={(event) => {
        if (isOnRowItself(event)) onOpen?.(row);
      }}
    >
      {isSelected !== undefined && (
        <td className={classes.box}>
          <Box table={table} row={row} isSelected={isSelected} onSelect={onSelect} />
        </td>
      )}
      {columns.map((column) => (
        <td
          key={column.key}
          data-align={column.align}
          data-phone={column.phone ?? "hidden"}
          data-title={column.title}
        >
          {column.cell(row)}
        </td>
      ))}
      {actions && (
        <td className={classes.actions}>
          <div>{actions(row)}</div>
        </td>
      )}
    </tr>
  );
}

/** Not on a link in it, not in a dialog that a cell opened, and not while text is being marked. */
function isOnRowItself({ target, currentTarget }: MouseEvent): boolean {
  const pressed = target as Element;
  const isMarking = window.getSelection()?.isCollapsed === false;
  return currentTarget.contains(pressed) && pressed.closest(PRESSABLE) === null && !isMarking;
}

interface BoxProps<Item> {
  readonly table: DataTableProps<Item>;
  readonly row: Item;
  readonly isSelected: boolean;
  readonly onSelect: (isRange: boolean) => void;
}

function Box<Item>({ table, row, isSelected, onSelect }: BoxProps<Item>) {
  const { t } = useTranslation("ui");
  const name = table.rowName?.(row) ?? String(table.rowKey(row));
  return (
    <Checkbox
      size="xs"
      aria-label={t("table.select", { name })}
      checked={isSelected}
      onChange={() => undefined}
      onClick={(event) => {
        onSelect(event.shiftKey);
      }}
    />
  );
}
