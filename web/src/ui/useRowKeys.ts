// Walking a table by keys: where one is, what x and Shift select, what Enter opens.
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { DataTableProps, RowKey } from "./DataTable";
import { type KeyAct, useKeys } from "./keys";

/** Return the row one is at, and what selecting a row means. */
export function useRowKeys<Item>({
  label,
  rows = [],
  rowKey,
  selection,
  onOpen,
  hasMore = false,
  onMore,
}: DataTableProps<Item>) {
  const { t } = useTranslation("ui");
  const [hereKey, setHereKey] = useState<RowKey>();
  const [anchor, setAnchor] = useState<RowKey>();
  const indexOf = (key: RowKey | undefined) =>
    key === undefined ? -1 : rows.findIndex((row) => rowKey(row) === key);
  const here = indexOf(hereKey);

  const move = (by: number) => {
    const next = Math.min(Math.max(here + by, 0), rows.length - 1);
    const row = rows[next];
    if (row !== undefined) setHereKey(rowKey(row));
    if (hasMore && next >= rows.length - 2) onMore?.();
  };
  const select = (index: number, isRange: boolean) => {
    const row = rows[index];
    if (row === undefined || selection === undefined) return;
    const from = indexOf(anchor);
    if (isRange && from >= 0) {
      const range = rows.slice(Math.min(from, index), Math.max(from, index) + 1);
      selection.set(range.map(rowKey), true);
    } else {
      selection.toggle(rowKey(row));
    }
    setAnchor(rowKey(row));
  };
  const moves: KeyAct[] = [
    {
      keys: "j",
      label: t("table.keys.next"),
      repeats: true,
      act: () => {
        move(1);
      },
    },
    {
      keys: "k",
      label: t("table.keys.before"),
      repeats: true,
      act: () => {
        move(-1);
      },
    },
  ];
  const selects: KeyAct[] = [
    {
      keys: "x",
      label: t("table.keys.select"),
      act: () => {
        select(here, false);
      },
    },
    {
      keys: "X",
      label: "",
      act: () => {
        select(here, true);
      },
    },
    {
      keys: "Escape",
      label: t("table.keys.leave"),
      act: () => {
        selection?.clear();
        setHereKey(undefined);
      },
    },
  ];
  const opens: KeyAct[] = [
    {
      keys: "Enter",
      label: t("table.keys.open"),
      act: () => {
        const row = rows[here];
        if (row !== undefined) onOpen?.(row);
      },
    },
  ];
  useKeys(label, [...moves, ...(selection ? selects : []), ...(onOpen ? opens : [])]);
  return { here, select };
}
