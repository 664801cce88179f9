import { IconClockPause, IconFlag } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { dayOf } from "@/ui/moments";
import { useNow } from "@/ui/useNow";
import { useWords } from "@/ui/words/useWords";
import { Fact } from "./Fact";
import type { LinesProps } from "./lines";

const KNOWN = ["window", "quiet_hours", "spacing", "cap", "frequency_cap"] as const;
const UNFINISHED: readonly string[] = ["pending_review", "active", "awaiting", "paused", "blocked"];

/** What has to wait and for what, and how everybody ends if nobody replies. */
export function OutcomeLines({ forecast, onGo }: LinesProps) {
  const { t, i18n } = useTranslation("sequences");
  const { word } = useWords();
  const now = useNow(60_000);
  const held = Object.entries(forecast.held)
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => {
      const key = KNOWN.find((each) => each === reason) ?? "other";
      return t(`held.part.${key}`, { count, why: word("hold", reason) });
    });
  const ends = forecast.ends.map(({ state, reason, people: count }) => {
    const isOpen = UNFINISHED.includes(state);
    const label = isOpen ? word("state", state) : word("finished", state);
    const why = word(state === "blocked" ? "blockReason" : "pauseReason", reason);
    return t(reason === "" ? "ends.part" : "ends.why", { state: label, why, count });
  });
  const isThrough = forecast.ends.every(({ state }) => !UNFINISHED.includes(state));
  const day = dayOf(Date.parse(forecast.ends_at), now, { language: i18n.language });
  return (
    <>
      {held.length > 0 && (
        <Fact icon={IconClockPause} onGo={onGo}>
          {t("held.line", { what: held })}
        </Fact>
      )}
      {ends.length > 0 && (
        <Fact icon={IconFlag} onGo={onGo}>
          {t(isThrough ? "ends.through" : "ends.line", { what: ends, day })}
        </Fact>
      )}
    </>
  );
}
