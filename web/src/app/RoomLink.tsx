import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";
import { useCounts } from "./counts";
import type { RoomEntry } from "./rooms";
import classes from "./Shell.module.css";

interface RoomLinkProps {
  readonly room: RoomEntry;
  readonly onClick?: () => void;
}

/** The way into a room, with the number of what waits there. */
export function RoomLink({ room, onClick }: RoomLinkProps) {
  const { t } = useTranslation();
  const waiting = useCounts()[room.name];
  const name = t(`room.${room.name}`);
  return (
    <NavLink to={`/${room.path}`} className={classes.link ?? ""} title={name} onClick={onClick}>
      <room.icon size={16} stroke={1.75} aria-hidden />
      <Text span inherit className={classes.name}>
        {name}
      </Text>
      {waiting !== undefined && waiting.count > 0 && (
        <Text
          span
          className={classes.count}
          data-urgent={waiting.urgent || undefined}
          aria-label={t("waiting", { room: name, count: waiting.count })}
        >
          {waiting.count}
        </Text>
      )}
    </NavLink>
  );
}
