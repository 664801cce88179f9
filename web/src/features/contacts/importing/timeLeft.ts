import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNow } from "@/ui/useNow";

const SECOND = 1_000;
const MINUTE = 60;
/** Before that, the pace says nothing. */
const LEAST_SECONDS = 3;

interface Begun {
  readonly at: number;
  readonly done: number;
}

/** Return the seconds that are left at the pace since `begun`; undefined while it says nothing. */
export function secondsLeft({ at, done: before }: Begun, done: number, total: number, now: number) {
  const seconds = (now - at) / SECOND;
  const pace = (done - before) / seconds;
  if (seconds < LEAST_SECONDS || pace <= 0 || done >= total) return undefined;
  return Math.ceil((total - done) / pace);
}

/** Say how long it still takes, at the pace since the page is open. */
export function useTimeLeft(done: number, total: number): string | undefined {
  const { t } = useTranslation("contacts");
  const now = useNow(SECOND);
  const [begun, setBegun] = useState<Begun>();
  if (done > 0 && begun === undefined) setBegun({ at: now, done });
  if (done === 0 || begun === undefined) return undefined;
  const seconds = secondsLeft(begun, done, total, now);
  if (seconds === undefined) return undefined;
  return seconds < MINUTE
    ? t("import.secondsLeft", { count: seconds })
    : t("import.minutesLeft", { count: Math.ceil(seconds / MINUTE) });
}
