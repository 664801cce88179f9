import { Button } from "@mantine/core";
import { IconChartHistogram } from "@tabler/icons-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import classes from "./Numbers.module.css";
import { PEOPLE, type Overlay } from "./useSteps";

/** Switches between what came of the steps and what would; the simulation says what it assumes. */
export const SimulateHere = memo(function SimulateHere({ overlay }: { readonly overlay: Overlay }) {
  const { t } = useTranslation("numbers");
  const { simulating, on, toggle } = overlay;
  return (
    <div className={classes.simulate} data-on={on || undefined} data-screen-only>
      <Button
        size="compact-xs"
        variant="default"
        aria-pressed={on}
        leftSection={<IconChartHistogram size={14} stroke={1.75} aria-hidden />}
        onClick={toggle}
      >
        {t(on ? "leave" : "simulate")}
      </Button>
      {on && <Legend simulating={simulating} />}
    </div>
  );
});

function Legend({ simulating: { busy, failed, state } }: Pick<Overlay, "simulating">) {
  const { t } = useTranslation("numbers");
  const hasFailed = failed !== undefined || state?.state === "failed";
  const isBusy = busy || state === undefined;
  if (hasFailed || isBusy) return <p role="status">{t(hasFailed ? "failedTo" : "busy")}</p>;
  return (
    <>
      <p role="status">{t("legend", { count: PEOPLE })}</p>
      <details>
        <summary>{t("assumes")}</summary>
        <p>{t("assumed")}</p>
      </details>
    </>
  );
}
