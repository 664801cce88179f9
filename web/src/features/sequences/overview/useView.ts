import { useSearchParams } from "react-router";
import type { SequenceFilter, SequenceSort, SequenceStatus } from "@/api/sequences";

export type View = Required<SequenceFilter>;

export const STATUSES: readonly SequenceStatus[] = ["active", "paused", "draft", "archived"];
export const SORTS = [
  "-active",
  "name",
  "-updated_at",
  "-created_at",
] as const satisfies readonly SequenceSort[];

/** What the overview shows, kept in the address so that it can be shared. */
export function useView(): [View, (change: Partial<View>) => void] {
  const [params, setParams] = useSearchParams();
  const owner = Number(params.get("owner"));
  const view: View = {
    status: STATUSES.find((status) => status === params.get("status")),
    owner: owner > 0 ? owner : undefined,
    tag: params.get("tag") ?? "",
    q: params.get("q") ?? "",
    sort: SORTS.find((sort) => sort === params.get("sort")) ?? "-active",
  };
  const change = (changed: Partial<View>) => {
    const next = { ...view, ...changed };
    setParams(
      Object.fromEntries(
        Object.entries(next)
          .filter(
            ([name, value]) =>
              value !== undefined && value !== "" && !(name === "sort" && value === "-active"),
          )
          .map(([name, value]) => [name, String(value)]),
      ),
      { replace: true },
    );
  };
  return [view, change];
}
