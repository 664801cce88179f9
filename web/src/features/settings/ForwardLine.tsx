import { useTranslation } from "react-i18next";
import type { WorkspaceSettings } from "@/api/types";
import { PickOne } from "@/ui/picks";
import { SettingLine } from "./SettingLine";

interface ForwardLineProps {
  readonly values: WorkspaceSettings;
  readonly disabled: boolean;
  readonly set: (changed: { forwards_replies: boolean }) => void;
}

/** Whether a reply that comes in here also goes on by mail. */
export function ForwardLine({ values, disabled, set }: ForwardLineProps) {
  const { t } = useTranslation("settings");
  const picker = (
    <PickOne
      label={t("workspace.forwardLabel")}
      value={values.forwards_replies ? "yes" : "no"}
      disabled={disabled}
      options={[
        { value: "yes", label: t("workspace.forwardYes") },
        { value: "no", label: t("workspace.forwardNo") },
      ]}
      onChange={(which) => {
        set({ forwards_replies: which === "yes" });
      }}
    />
  );
  return (
    <SettingLine
      text={t("workspace.forward")}
      parts={{ which: picker }}
      effect={t("workspace.forwardEffect")}
    />
  );
}
