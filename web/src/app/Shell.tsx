import { Anchor, AppShell, Box, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { NavLink, Outlet, useLocation } from "react-router";
import { Brand } from "./Brand";
import { Preferences } from "./Preferences";
import { ROOMS, type RoomEntry } from "./rooms";
import classes from "./Shell.module.css";

const RAIL = 216;
const SLIM = 56;
const BOTTOM_BAR = 56;

/** The frame of every room: a rail at the left, a bottom bar on a phone. */
export function Shell() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const slim = ROOMS.some((room) => room.slim === true && pathname.startsWith(`/${room.path}`));
  return (
    <AppShell
      layout="alt"
      navbar={{ width: slim ? SLIM : RAIL, breakpoint: "sm", collapsed: { mobile: true } }}
      footer={{ height: { base: BOTTOM_BAR, sm: 0 } }}
    >
      <Anchor href="#room" className={classes.skip}>
        {t("skip")}
      </Anchor>
      <AppShell.Navbar className={classes.rail} aria-label={t("rooms")} data-slim={slim || undefined}>
        <Brand />
        <Stack gap={0}>
          <Rooms />
        </Stack>
        <Box className={classes.foot}>
          <Preferences />
        </Box>
      </AppShell.Navbar>
      <AppShell.Main id="room" tabIndex={-1} className={classes.room}>
        <Outlet />
      </AppShell.Main>
      <AppShell.Footer hiddenFrom="sm" component="nav" aria-label={t("rooms")} className={classes.bar}>
        <Group h="100%" justify="space-around">
          <Rooms />
        </Group>
      </AppShell.Footer>
    </AppShell>
  );
}

function Rooms() {
  return ROOMS.map((room) => <RoomLink key={room.path} room={room} />);
}

function RoomLink({ room }: { readonly room: RoomEntry }) {
  const { t } = useTranslation(room.name);
  return (
    <NavLink to={`/${room.path}`} className={classes.link ?? ""} title={t("title")}>
      <room.icon size={16} stroke={1.75} aria-hidden />
      <Text span inherit className={classes.name}>
        {t("title")}
      </Text>
    </NavLink>
  );
}
