import { Text, Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Moment } from "@/flow/days";
import { shortDay } from "@/ui/time";
import classes from "./Steps.module.css";

/** Day and date of a step, for somebody enrolled now. */
export function Gutter({ moment }: { readonly moment: Moment | undefined }) {
  const { t, i18n } = useTranslation("sequences");
  if (moment === undefined) return <span className={classes.gutter} />;
  const day = (
    <span className={classes.gutter}>
      <Text span inherit fw={600}>
        {moment.certain ? t("line.day", { day: moment.day }) : t("line.fromDay", { day: moment.day })}
      </Text>
      <Text span inherit c="var(--db-text-3)">
        {shortDay(moment.at.getTime(), i18n.language)}
      </Text>
    </span>
  );
  return moment.certain ? day : <Tooltip label={t("line.uncertain")}>{day}</Tooltip>;
}
