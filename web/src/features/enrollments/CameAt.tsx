import { Button, Group, Text } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { EnrollmentCounts } from "@/api/enrollments";
import { useWords } from "@/ui/words/useWords";
import type { View } from "./SequenceEnrollments";
import { useStepName } from "./words";

interface CameAtProps {
  readonly view: View;
  readonly onView: (changed: Partial<View>) => void;
  readonly counts: EnrollmentCounts | undefined;
}

const SECTIONS = { skipped: "skip", failed: "failure" } as const;

/** Says that only those are shown to whom something came at a step, wherever they are now; with the way back. */
export function CameAt({
  view: { met_step: step, met: outcome, met_reason: reason },
  onView,
  counts,
}: CameAtProps) {
  const { t } = useTranslation("enrollments");
  const { word } = useWords();
  const nameOf = useStepName();
  const found = counts?.steps.find((one) => one.step === step);
  const named = found ? nameOf(found) : step;
  const section = outcome === "skipped" || outcome === "failed" ? SECTIONS[outcome] : undefined;
  return (
    <Group gap="sm" px={24} py={6}>
      <Text role="status">
        {t(`came.${outcome}` as "came.done", {
          step: found && found.number > 0 ? `${found.number}. ${named}` : named,
          reason: section === undefined ? reason : word(section, reason),
          defaultValue: "",
        })}
      </Text>
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconX size={14} aria-hidden />}
        onClick={() => {
          onView({ met: "", met_step: "", met_reason: "" });
        }}
      >
        {t("came.all")}
      </Button>
    </Group>
  );
}
