import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { type KeyAct, useKeys } from "@/ui/keys";
import { actsOf } from "./acts";
import { type Desk, idsOf } from "./useDesk";

/** j and k walk, a approves, e edits, r rejects, n asks anew, u takes back, x chooses; a and r mean the chosen ones. */
export function useApprovalKeys(desk: Desk): void {
  const { t } = useTranslation("approvals");
  const { approve, edit, reject, regenerate } = actsOf(desk);
  const { undo } = desk;
  const { next, back } = useWalk(desk);
  const acts: readonly KeyAct[] = [
    { keys: "j", label: t("key.next"), act: next, repeats: true },
    { keys: "k", label: t("key.back"), act: back, repeats: true },
    {
      keys: "a",
      label: t("key.approve"),
      act: () => {
        approve(false);
      },
    },
    {
      keys: "mod+Enter",
      label: t("key.approveNext"),
      act: () => {
        approve(true);
      },
      whileTyping: true,
    },
    { keys: "e", label: t("key.edit"), act: edit },
    { keys: "n", label: t("key.regenerate"), act: regenerate },
    { keys: "r", label: t("key.reject"), act: reject },
    { keys: "u", label: t("key.undo"), act: undo },
    {
      keys: "x",
      label: t("key.select"),
      act: () => {
        if (desk.openId !== undefined) desk.selection.toggle(desk.openId);
      },
    },
    {
      keys: "Escape",
      label: t("key.leave"),
      act: () => {
        leave(desk);
      },
      whileTyping: true,
    },
  ];
  useKeys(t("title"), acts);
}

/** A draft that was approved has left the list: what stands in its place is next. */
function useWalk({ rows, openId, list, show }: Desk) {
  const found = openId === undefined ? -1 : idsOf(rows).indexOf(openId);
  const last = useRef(0);
  useEffect(() => {
    if (found !== -1) last.current = found;
  }, [found]);
  const go = (to: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, to))];
    if (row !== undefined) show(row.id);
    if (list.hasMore && to >= rows.length - 2) list.onMore();
  };
  return {
    next: () => {
      go(found === -1 ? last.current : found + 1);
    },
    back: () => {
      go((found === -1 ? last.current : found) - 1);
    },
  };
}

/** Leave the field, then what is chosen, then the draft; what was typed is let go by its button alone. */
function leave({ selection, chosen, show }: Desk): void {
  const field = document.activeElement;
  if (field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement) field.blur();
  else if (chosen.length > 0) selection.clear();
  else show(undefined);
}
