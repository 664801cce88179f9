import { useTranslation } from "react-i18next";
import type { Board } from "@/api/types";
import { clockTime } from "@/ui/time";
import { Banner } from "@/ui/Banner";

interface TroublesProps {
  readonly board: Board;
  /** Since when nothing answers, in milliseconds. */
  readonly offlineSince: number | undefined;
  readonly refused: string | undefined;
}

/** Why something does not go out although it should. */
export function Troubles({ board, offlineSince, refused }: TroublesProps) {
  const { t, i18n } = useTranslation("live");
  const time = (at: number) => clockTime(at, i18n.language);
  return (
    <>
      {refused !== undefined && <Banner tone="amber" title={t("stop.refused")} text={refused} />}
      {offlineSince !== undefined && (
        <Banner
          tone="amber"
          title={t("trouble.offline")}
          text={t("trouble.offlineHint", { time: time(offlineSince) })}
        />
      )}
      {!board.worker.alive && (
        <Banner tone="red" title={t("trouble.worker")} text={t("trouble.workerHint")} />
      )}
      {board.troubles.map((trouble) => (
        <Banner
          key={trouble.sender_id}
          tone="amber"
          title={t("trouble.sender", { name: trouble.name })}
          text={[
            trouble.text,
            trouble.until === null ? "" : t("trouble.until", { time: time(Date.parse(trouble.until)) }),
          ].join(" ")}
        />
      ))}
    </>
  );
}
