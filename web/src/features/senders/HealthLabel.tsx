import {
  IconAlertOctagon,
  IconCheck,
  IconClock,
  IconGauge,
  IconPlayerPause,
  IconSquare,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Sender } from "@/api/senders";
import { Marked } from "@/ui/StateLabel";
import { when } from "@/ui/moments";
import { useNow } from "@/ui/useNow";
import { useWords } from "@/ui/words/useWords";

const LOOKS = {
  ready: { icon: IconCheck, color: "var(--db-green)", wash: "var(--db-green-wash)" },
  window: { icon: IconClock, color: "var(--db-text-3)", wash: "var(--db-hover)" },
  cap: { icon: IconGauge, color: "var(--db-amber)", wash: "var(--db-amber-wash)" },
  down: { icon: IconAlertOctagon, color: "var(--db-red)", wash: "var(--db-red-wash)" },
  disabled: { icon: IconSquare, color: "var(--db-text-3)", wash: "var(--db-hover)" },
  stopped: { icon: IconPlayerPause, color: "var(--db-red)", wash: "var(--db-red-wash)" },
} as const;
const MINUTE = 60_000;

/** How a sender stands: icon, word, reason, until when. */
export function HealthLabel({ sender, pill = false }: { readonly sender: Sender; readonly pill?: boolean }) {
  const { t, i18n } = useTranslation("senders");
  const { word } = useWords();
  const now = useNow(MINUTE);
  const parts = [
    ...(sender.down_reason === "" ? [] : [word("failure", sender.down_reason)]),
    ...(sender.until === null ? [] : [t("until", { at: when(Date.parse(sender.until), now, i18n) })]),
  ];
  return (
    <Marked
      look={LOOKS[sender.health]}
      label={t(`health.${sender.health}`)}
      note={parts.join(", ")}
      pill={pill}
    />
  );
}
