import { Box } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { targetOf } from "@/flow/slots";
import { onwards, stepAt, waysOf } from "@/flow/ways";
import { stepTitle } from "../stepWords";
import type { InspectorProps } from "./Inspector";
import { Section } from "./Section";
import { WayOn } from "./WayOn";

/** Where a step leads whose form speaks of other things than its ways. */
export function Onward(props: InspectorProps) {
  const { t } = useTranslation("sequences");
  const { step, document } = props;
  const isSplit = step.kind === "split";
  if (onwards(step).length === 0 || (waysOf(step).length > 1 && !isSplit)) return null;
  const to = stepAt(document, targetOf(document, { step: step.key, way: "next" }));
  const title = t(isSplit ? "onward.split" : "onward.title");
  return (
    <Section
      title={title}
      now={to === undefined ? t("wayOn.end") : t("wayOn.step", { step: stepTitle(t, to, document) })}
    >
      <Box lh="32px">
        <WayOn {...props} way="next" label={title} />
      </Box>
    </Section>
  );
}
