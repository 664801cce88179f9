import { Center, SegmentedControl } from "@mantine/core";
import { IconList, IconSitemap } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import classes from "./ViewSwitch.module.css";
import { useStepsView, type StepsView } from "../useStepsView";

const ICONS = { line: IconList, canvas: IconSitemap };

/** The steps as a line, or as a canvas. */
export function ViewSwitch({ sequence }: { readonly sequence: number }) {
  const { t } = useTranslation("sequences");
  const [view, choose] = useStepsView(sequence);
  return (
    <SegmentedControl<StepsView>
      size="sm"
      aria-label={t("view.label")}
      value={view}
      onChange={choose}
      data={(["line", "canvas"] as const).map((value) => {
        const Icon = ICONS[value];
        return {
          value,
          label: (
            <Center style={{ gap: 6 }}>
              <Icon size={16} stroke={1.75} aria-hidden />
              <span className={classes.word}>{t(`view.${value}`)}</span>
            </Center>
          ),
        };
      })}
    />
  );
}
