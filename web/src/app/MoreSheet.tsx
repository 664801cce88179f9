import { Divider, Drawer, Stack, UnstyledButton } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { AccountItems } from "./AccountItems";
import { openPalette } from "./palette";
import { RoomLink } from "./RoomLink";
import { roomsFor } from "./rooms";
import classes from "./Shell.module.css";

interface MoreSheetProps {
  readonly demo: boolean;
  readonly onClose: () => void;
}

/** The rooms that are not under the thumb, and what belongs to the person. */
export default function MoreSheet({ demo, onClose }: MoreSheetProps) {
  const { t } = useTranslation();
  const rooms = roomsFor(demo).filter((room) => room.thumb === undefined);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="bottom"
      size="auto"
      styles={{ content: { height: "auto" } }}
      title={t("more")}
    >
      <Stack gap={2}>
        <UnstyledButton
          className={classes.link}
          onClick={() => {
            onClose();
            openPalette();
          }}
        >
          <IconSearch size={16} stroke={1.75} aria-hidden />
          {t("search")}
        </UnstyledButton>
        {rooms.map((room) => (
          <RoomLink key={room.path} room={room} onClick={onClose} />
        ))}
        <Divider my="xs" />
        <AccountItems onDone={onClose} />
      </Stack>
    </Drawer>
  );
}
