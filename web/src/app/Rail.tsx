import { Box, Kbd, Stack, Text, UnstyledButton } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/api/session";
import { Account } from "./Account";
import { Brand } from "./Brand";
import { openPalette } from "./palette";
import { RoomLink } from "./RoomLink";
import { type RoomEntry, roomsFor } from "./rooms";
import classes from "./Shell.module.css";

interface RailProps {
  readonly slim: boolean;
  readonly demo: boolean;
}

/** The rooms at the left of a wide page. */
export function Rail({ slim, demo }: RailProps) {
  const { t } = useTranslation();
  const { data: session } = useSession();
  return (
    <nav className={classes.rail} aria-label={t("rooms")} data-slim={slim || undefined}>
      <Brand workspace={session?.workspace.name ?? ""} />
      <Search />
      <Box className={classes.groups}>
        {grouped(roomsFor(demo)).map((rooms) => (
          <Stack key={rooms[0]?.group} gap={0} className={classes.group}>
            {rooms.map((room) => (
              <RoomLink key={room.path} room={room} />
            ))}
          </Stack>
        ))}
      </Box>
      <Box className={classes.foot}>
        <Account />
      </Box>
    </nav>
  );
}

function grouped(rooms: readonly RoomEntry[]): RoomEntry[][] {
  return [...Map.groupBy(rooms, (room) => room.group).values()];
}

const MAC = /mac|iphone|ipad/i.test(navigator.userAgent);

function Search() {
  const { t } = useTranslation();
  return (
    <UnstyledButton className={classes.search} onClick={openPalette} title={t("search")}>
      <IconSearch size={16} stroke={1.75} aria-hidden />
      <Text span inherit className={classes.name}>
        {t("search")}
      </Text>
      <Kbd size="xs" ml="auto" className={classes.name} aria-hidden>
        {MAC ? "⌘ K" : "Ctrl K"}
      </Kbd>
    </UnstyledButton>
  );
}
