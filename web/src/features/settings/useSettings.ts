import { useTranslation } from "react-i18next";
import { useMay } from "@/api/session";
import { useChangeWorkspace, useWorkspace } from "@/api/settings";
import type { WorkspaceChange, WorkspaceSettings } from "@/api/types";

export interface Settings {
  readonly values: WorkspaceSettings | undefined;
  readonly mayEdit: boolean;
  /** Save one setting at once; the toast takes it back. */
  readonly set: (change: WorkspaceChange) => void;
}

/** The settings of the workspace, each saved as soon as it is changed. */
export function useSettings(): Settings {
  const { t } = useTranslation("settings");
  const may = useMay();
  const { data: values } = useWorkspace();
  const change = useChangeWorkspace(t("saved"));
  const set = (to: WorkspaceChange) => {
    if (values === undefined) return;
    const names = Object.keys(to) as (keyof WorkspaceSettings)[];
    change.mutate({ to, from: Object.fromEntries(names.map((name) => [name, values[name]])) });
  };
  return { values, mayEdit: may("settings.edit"), set };
}
