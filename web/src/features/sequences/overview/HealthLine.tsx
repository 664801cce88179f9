import { Anchor, Text } from "@mantine/core";
import {
  IconAlertOctagon,
  IconAlertTriangle,
  IconCircleCheck,
  IconHourglass,
  IconPointFilled,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Health, SequenceCard } from "@/api/sequences";
import { STATUS_LOOKS } from "../Status";
import { healthSentence, linkOf } from "./health";

const LOOKS = {
  good: { icon: IconCircleCheck, color: "var(--db-green)" },
  quiet: { icon: IconPointFilled, color: "var(--db-text-3)" },
  waiting: { icon: IconHourglass, color: "var(--db-violet)" },
  warning: { icon: IconAlertTriangle, color: "var(--db-amber)" },
  problem: { icon: IconAlertOctagon, color: "var(--db-red)" },
} as const satisfies Record<Health["level"], unknown>;

/** How a sequence is: an icon, the reason, at most one link. */
export function HealthLine({ card }: { readonly card: SequenceCard }) {
  const { t, i18n } = useTranslation("sequences");
  const { icon: Icon, color } =
    card.health.code === "paused" ? STATUS_LOOKS.paused : LOOKS[card.health.level];
  const sentence = healthSentence(t, card, i18n.language);
  return (
    <>
      <Icon size={14} stroke={1.75} color={color} aria-hidden style={{ flex: "none" }} />
      <Text fz="xs" c="dimmed" truncate flex={1} title={sentence} className="tabular">
        {sentence}
      </Text>
      {card.health.link && (
        <Anchor component={Link} to={linkOf(card.id, card.health.link)} fz="xs" fw={500}>
          {t(`room.${card.health.link.room}`)}
        </Anchor>
      )}
    </>
  );
}
