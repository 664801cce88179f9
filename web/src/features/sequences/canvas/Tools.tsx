import { ActionIcon } from "@mantine/core";
import { IconArrowBack, IconCopy, IconPencil, IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import classes from "./Toolbar.module.css";
import type { StepData } from "./drawn";
import { LeadMenu } from "./LeadMenu";
import { useCanvas } from "./room";

/** What can be done with the chosen step, beside it. */
export function Tools({ data: { key, moved } }: { readonly data: StepData }) {
  const { t } = useTranslation("sequences");
  const { deeds, leads, readOnly } = useCanvas();
  if (readOnly) return null;
  const tools = [
    { label: t("canvas.edit"), icon: IconPencil, act: deeds.open },
    { label: t("keys.duplicate"), icon: IconCopy, act: deeds.duplicate },
    { label: t("canvas.addAfter"), icon: IconPlus, act: deeds.addAfter },
    ...(moved ? [{ label: t("positions.back"), icon: IconArrowBack, act: deeds.letGo }] : []),
    { label: t("keys.remove"), icon: IconTrash, act: deeds.remove },
  ];
  return (
    <span className={`nodrag nopan ${classes.tools ?? ""}`} role="toolbar" aria-label={t("canvas.tools")}>
      {tools.map(({ label, icon: Icon, act }) => (
        <ActionIcon
          key={label}
          size={26}
          variant="subtle"
          aria-label={label}
          title={label}
          onClick={(event) => {
            event.stopPropagation();
            act(key);
          }}
        >
          <Icon size={15} stroke={1.75} />
        </ActionIcon>
      ))}
      {leads && <LeadMenu step={key} leads={leads} />}
    </span>
  );
}
