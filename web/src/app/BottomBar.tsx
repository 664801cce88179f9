import { UnstyledButton } from "@mantine/core";
import { IconMenu2 } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { RoomLink } from "./RoomLink";
import { roomAt, thumbRooms } from "./rooms";
import classes from "./Shell.module.css";

interface BottomBarProps {
  readonly demo: boolean;
  readonly pathname: string;
}

const MoreSheet = lazy(() => import("./MoreSheet"));

/** Four rooms under the thumb and the rest below More, on a phone. */
export function BottomBar({ demo, pathname }: BottomBarProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const isElsewhere = roomAt(pathname)?.thumb === undefined;
  return (
    <nav aria-label={t("rooms")} className={classes.bar}>
      {thumbRooms().map((room) => (
        <RoomLink key={room.path} room={room} />
      ))}
      <UnstyledButton
        className={classes.link}
        onClick={() => {
          setOpened(true);
        }}
        aria-haspopup="dialog"
        aria-expanded={opened}
        data-here={isElsewhere || undefined}
      >
        <IconMenu2 size={16} stroke={1.75} aria-hidden />
        {t("more")}
      </UnstyledButton>
      <Suspense fallback={null}>
        {opened && (
          <MoreSheet
            demo={demo}
            onClose={() => {
              setOpened(false);
            }}
          />
        )}
      </Suspense>
    </nav>
  );
}
