import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { clockTime, shortDay } from "@/ui/time";
import classes from "./Board.module.css";

/** Day and time of the server, in the zone of the person who looks. */
export function Clock({ now }: { readonly now: number }) {
  const { i18n } = useTranslation();
  return (
    <Text fz="md" c="dimmed" className={classes.clock} visibleFrom="md">
      {shortDay(now, i18n.language)} <b>{clockTime(now, i18n.language)}</b>
    </Text>
  );
}
