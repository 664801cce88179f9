import { Center, Loader } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import type { Letter } from "@/api/types";
import { BeatStrip } from "@/ui/BeatStrip";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { Room } from "@/ui/Room";
import classes from "./DevInbox.module.css";
import { LetterList } from "./LetterList";
import { Reader } from "./Reader";
import { useLetter, useLetters } from "./useDevInbox";

const EXAMPLE = [0, 3, 7];

/** The dev inbox: a list at the left, the open mail at the right. */
export function Component() {
  const { t } = useTranslation("devInbox");
  const { available, items, onMore } = useLetters();
  return (
    <Room title={t("title")}>
      {available === undefined && (
        <Center py={96}>
          <Loader size="sm" />
        </Center>
      )}
      {available === false && <Empty what="unavailable" />}
      {available === true && items.length === 0 && <Empty what="empty" />}
      {items.length > 0 && <Split items={items} onMore={onMore} />}
    </Room>
  );
}

interface EmptyProps {
  readonly what: "empty" | "unavailable" | "choose" | "gone";
}

function Empty({ what }: EmptyProps) {
  const { t } = useTranslation("devInbox");
  return (
    <EmptyRoom
      picture={<BeatStrip days={EXAMPLE} label={t("empty.picture")} />}
      title={t(`${what}.title`)}
      hint={t(`${what}.hint`)}
    />
  );
}

interface SplitProps {
  readonly items: readonly Letter[];
  readonly onMore: (() => void) | undefined;
}

function Split({ items, onMore }: SplitProps) {
  const { mailId } = useParams();
  const opened = mailId === undefined ? undefined : Number(mailId);
  const { letter, gone } = useLetter(opened);
  return (
    <div className={classes.split} data-open={opened !== undefined || undefined}>
      <LetterList items={items} onMore={onMore} />
      <div className={classes.reader}>
        {opened === undefined && <Empty what="choose" />}
        {gone && <Empty what="gone" />}
        {letter !== undefined && <Reader key={letter.id} letter={letter} />}
      </div>
    </div>
  );
}
