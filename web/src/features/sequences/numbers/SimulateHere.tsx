import { Button, Group, Text } from "@mantine/core";
import { IconChartHistogram } from "@tabler/icons-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { PEOPLE, type Overlay } from "./useSteps";

/** Switches between what came of the steps and what would; the simulation says what it assumes. */
export const SimulateHere = memo(function SimulateHere({ overlay }: { readonly overlay: Overlay }) {
  const { simulating, on, toggle } = overlay;
  const { t } = useTranslation("numbers");
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start" mt={6} data-screen-only>
      <Button
        size="compact-xs"
        variant="default"
        style={{ flex: "none" }}
        aria-pressed={on}
        leftSection={<IconChartHistogram size={14} stroke={1.75} aria-hidden />}
        onClick={toggle}
      >
        {t(on ? "leave" : "simulate")}
      </Button>
      {on && (
        <Text fz="xs" c="dimmed" role="status">
          <Legend simulating={simulating} />
        </Text>
      )}
    </Group>
  );
});

function Legend({ simulating: { busy, failed, state } }: Pick<Overlay, "simulating">) {
  const { t } = useTranslation("numbers");
  if (failed !== undefined || state?.state === "failed") return t("failedTo");
  return busy || state === undefined ? t("busy") : t("legend", { count: PEOPLE });
}
