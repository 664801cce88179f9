import { Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Sequence } from "@/api/sequences";
import type { Saving } from "../editor/copy";
import classes from "./Frame.module.css";
import type { LineProps } from "../editor/types";
import { SavingWords } from "./SavingWords";

interface NothingChosenProps extends LineProps {
  readonly sequence: Sequence;
  readonly saving: Saving;
}

/** The inspector while no step is chosen: what to do here, and with which keys. */
export function NothingChosen({ document, sequence, saving, readOnly }: NothingChosenProps) {
  const { t } = useTranslation("sequences");
  const isEmpty = document.steps.length === 0;
  const why = sequence.status === "archived" ? "inspector.archived" : "inspector.readOnly";
  return (
    <aside className={classes.inspector} data-inspector>
      <Stack className={classes.body} justify="center" align="center" gap={6} ta="center">
        <Text fz="lg" fw={600}>
          {t(isEmpty ? "inspector.beginTitle" : "inspector.noneTitle")}
        </Text>
        <Text c="dimmed" maw={380}>
          {readOnly ? t(why) : t(isEmpty ? "inspector.begin" : "inspector.none")}
        </Text>
      </Stack>
      <footer className={classes.foot}>
        <SavingWords saving={saving} />
      </footer>
    </aside>
  );
}
