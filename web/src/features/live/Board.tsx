import { useTranslation } from "react-i18next";
import { BeatStrip } from "@/ui/BeatStrip";
import { EmptyRoom } from "@/ui/EmptyRoom";
import classes from "./Board.module.css";
import { Feed } from "./Feed";
import { Figures } from "./Figures";
import { Legend } from "./Legend";
import { Lines } from "./Lines";
import { NextList } from "./NextList";
import { Stopped } from "./Stop";
import { Troubles } from "./Troubles";
import type { LiveBoard } from "./useBoard";

interface BoardProps {
  readonly live: LiveBoard;
  readonly now: number;
  readonly offlineSince: number | undefined;
  readonly busy: boolean;
  /** Why the last stop or its lifting was refused, in the server's words. */
  readonly refused: string | undefined;
  readonly onLift: () => void;
}

const EXAMPLE = [0, 3, 7, 14];

/** The whole board, drawn from one answer. */
export function Board({ live, now, offlineSince, busy, refused, onLift }: BoardProps) {
  const { board, arrivals, perMinute } = live;
  const serverNow = now + live.clockOffset;
  return (
    <div className={classes.board}>
      {board.stop !== null && <Stopped stop={board.stop} busy={busy} onLift={onLift} />}
      <Troubles board={board} offlineSince={offlineSince} refused={refused} />
      <Figures figures={board.figures} sequences={board.lines.length} perMinute={perMinute} />
      <div className={classes.parts}>
        <div className={classes.lines}>
          {board.lines.length === 0 && <Nothing />}
          <Lines
            lines={board.lines}
            said={board.just_now}
            next={board.next}
            arrivals={arrivals}
            now={serverNow}
            clientNow={now}
          />
        </div>
        <div className={classes.legend}>
          <Legend
            sampled={board.lines.some((line) => line.people_per_dot > 1)}
            answered={board.just_now.find((said) => said.will_not_be_sent > 0)}
          />
        </div>
        <div className={classes.twins}>
          <Feed said={board.just_now} />
          <NextList next={board.next} now={serverNow} />
        </div>
      </div>
    </div>
  );
}

function Nothing() {
  const { t } = useTranslation("live");
  return (
    <EmptyRoom
      picture={<BeatStrip days={EXAMPLE} label={t("empty.picture")} />}
      title={t("empty.title")}
      hint={t("empty.hint")}
    />
  );
}
