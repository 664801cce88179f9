import { AppShell, Divider, Drawer, Stack, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconMenu2, IconSearch } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { AccountItems } from "./AccountItems";
import { openPalette } from "./palette";
import { RoomLink } from "./RoomLink";
import { roomAt, roomsFor, thumbRooms } from "./rooms";
import classes from "./Shell.module.css";

interface BottomBarProps {
  readonly demo: boolean;
  readonly pathname: string;
}

/** Four rooms under the thumb and the rest below More, on a phone. */
export function BottomBar({ demo, pathname }: BottomBarProps) {
  const { t } = useTranslation();
  const [opened, sheet] = useDisclosure(false);
  const rooms = roomsFor(demo);
  const elsewhere = roomAt(pathname)?.thumb === undefined;
  return (
    <AppShell.Footer hiddenFrom="sm" component="nav" aria-label={t("rooms")} className={classes.bar}>
      {thumbRooms().map((room) => (
        <RoomLink key={room.path} room={room} />
      ))}
      <UnstyledButton
        className={classes.link}
        onClick={sheet.open}
        aria-haspopup="dialog"
        data-here={elsewhere || undefined}
      >
        <IconMenu2 size={16} stroke={1.75} aria-hidden />
        {t("more")}
      </UnstyledButton>
      <Drawer
        opened={opened}
        onClose={sheet.close}
        position="bottom"
        size="auto"
        title={t("more")}
        hiddenFrom="sm"
        className={classes.sheet ?? ""}
      >
        <Stack gap={2}>
          <UnstyledButton
            className={classes.link}
            onClick={() => {
              sheet.close();
              openPalette();
            }}
          >
            <IconSearch size={16} stroke={1.75} aria-hidden />
            {t("search")}
          </UnstyledButton>
          {rooms
            .filter((room) => room.thumb === undefined)
            .map((room) => (
              <RoomLink key={room.path} room={room} onClick={sheet.close} />
            ))}
          <Divider my="xs" />
          <AccountItems onDone={sheet.close} />
        </Stack>
      </Drawer>
    </AppShell.Footer>
  );
}
