import { Badge, Button, Center, Loader } from "@mantine/core";
import { useInterval } from "@mantine/hooks";
import { IconMailOpened } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useSession } from "@/api/session";
import type { Board as BoardAnswer } from "@/api/types";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { Room } from "@/ui/Room";
import { Board } from "./Board";
import { Clock } from "./Clock";
import { StopButton } from "./Stop";
import classes from "./Board.module.css";
import { useBoard, useEmergencyStop } from "./useBoard";

const SECOND = 1_000;

/** The live board: fetches each second, ticks each second, draws. */
export function Component() {
  const { t } = useTranslation("live");
  const { data: live, isError } = useBoard();
  const stop = useEmergencyStop();
  const now = useNow();
  return (
    <Room
      title={t("title")}
      beside={<Beside now={live && now + live.clockOffset} />}
      actions={<Actions board={live?.board} stop={stop} />}
    >
      {live === undefined ? (
        <Waiting failed={isError} />
      ) : (
        <Board
          live={live}
          now={Math.max(now, live.readAt)}
          offlineSince={isError ? live.readAt : undefined}
          busy={stop.isPending}
          refused={stop.error?.message}
          onLift={() => {
            stop.mutate(false);
          }}
        />
      )}
    </Room>
  );
}

/** Before the first answer; a server that does not answer is named, not waited for in silence. */
function Waiting({ failed }: { readonly failed: boolean }) {
  const { t } = useTranslation("live");
  return failed ? (
    <EmptyRoom picture={null} title={t("trouble.offline")} hint={t("trouble.offlineStart")} />
  ) : (
    <Center py={96}>
      <Loader size="sm" />
    </Center>
  );
}

function Beside({ now }: { readonly now: number | undefined }) {
  const { t } = useTranslation("live");
  const session = useSession();
  return (
    <>
      {session.data?.demo === true && (
        <Badge visibleFrom="sm" color="gray" radius="sm" size="lg" c="dimmed" className={classes.demo ?? ""}>
          {t("demo")}
        </Badge>
      )}
      {now !== undefined && <Clock now={now} />}
    </>
  );
}

interface ActionsProps {
  readonly board: BoardAnswer | undefined;
  readonly stop: ReturnType<typeof useEmergencyStop>;
}

function Actions({ board, stop }: ActionsProps) {
  const session = useSession();
  return (
    <>
      {session.data?.demo === true && <DevInboxLink />}
      {board?.stop === null && (
        <StopButton
          people={board.figures.on_the_way}
          busy={stop.isPending}
          onStop={() => {
            stop.mutate(true);
          }}
        />
      )}
    </>
  );
}

/** The time here, a new one each second. */
function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useInterval(
    () => {
      setNow(Date.now());
    },
    SECOND,
    { autoInvoke: true },
  );
  return now;
}

function DevInboxLink() {
  const { t } = useTranslation("live");
  return (
    <Button
      component={Link}
      to="/dev-inbox"
      variant="default"
      visibleFrom="sm"
      leftSection={<IconMailOpened size={16} stroke={1.75} aria-hidden />}
    >
      {t("devInbox")}
    </Button>
  );
}
