import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { type KeyAct, useKeys } from "@/ui/keys";
import type { Desk } from "./useDesk";

/** j and k walk, a approves, r rejects, x chooses; a and r mean those chosen where some are. */
export function useReviewKeys({ rows, open, list, selection, chosen, show, decide }: Desk): void {
  const { t } = useTranslation("reviews");
  const navigate = useNavigate();
  const here = open === undefined ? -1 : rows.indexOf(open);
  const meant = chosen.length > 0 ? chosen : open === undefined ? [] : [open];
  const go = (to: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, to))];
    if (row !== undefined) show(row.id);
    if (list.hasMore && to >= rows.length - 2) list.onMore();
  };
  const acts: readonly KeyAct[] = [
    {
      keys: "j",
      label: t("key.next"),
      repeats: true,
      act: () => {
        go(here + 1);
      },
    },
    {
      keys: "k",
      label: t("key.back"),
      repeats: true,
      act: () => {
        go(here - 1);
      },
    },
    {
      keys: "a",
      label: t("key.approve"),
      act: () => {
        decide("approve", meant);
      },
    },
    {
      keys: "r",
      label: t("key.reject"),
      act: () => {
        decide("reject", meant);
      },
    },
    {
      keys: "x",
      label: t("key.select"),
      act: () => {
        if (open !== undefined) selection.toggle(open.id);
      },
    },
    {
      keys: "Enter",
      label: t("key.open"),
      act: () => {
        if (open !== undefined) void navigate(`/enrollments/${open.id}`);
      },
    },
    {
      keys: "Escape",
      label: t("key.leave"),
      act: () => {
        if (chosen.length > 0) selection.clear();
        else show(undefined);
      },
    },
  ];
  useKeys(t("title"), acts);
}
