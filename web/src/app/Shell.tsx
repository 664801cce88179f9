import { Anchor, Center, Loader } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Outlet, useLocation } from "react-router";
import { useSession } from "@/api/session";
import { useListening } from "@/ui/keys";
import { useIsRailSlim } from "@/ui/slimRail";
import { Banners } from "./Banners";
import { BottomBar } from "./BottomBar";
import { useHelpOpened } from "./help";
import { usePaletteOpened } from "./palette";
import { Rail } from "./Rail";
import { type RoomEntry, roomAt } from "./rooms";
import classes from "./Shell.module.css";
import { Toasts } from "./Toasts";
import { useFrameKeys } from "./useFrameKeys";

const Help = lazy(() => import("./Help"));
const Palette = lazy(() => import("./Palette"));

/** The frame of every room: a rail at the left, a bottom bar on a phone. */
export function Shell() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const room = roomAt(pathname);
  const isTablet = useMediaQuery("(max-width: 62em)", false, { getInitialValueInEffect: false });
  const isAsked = useIsRailSlim();
  const slim = room?.slim ?? (isTablet || isAsked);
  const demo = useDemo(room);
  useListening();
  useFrameKeys();
  return (
    <div className={classes.shell} data-slim={slim || undefined}>
      <Anchor href="#room" className={classes.skip}>
        {t("skip")}
      </Anchor>
      <Rail slim={slim} demo={demo} />
      <main id="room" tabIndex={-1} className={classes.room}>
        {room?.ownBanners !== true && <Banners />}
        <Suspense fallback={<Waiting />}>
          <Outlet />
        </Suspense>
      </main>
      <BottomBar demo={demo} pathname={pathname} />
      <Toasts />
      <OnDemand />
    </div>
  );
}

/** Who stands in a room of the demo sees its rooms before the session says so. */
function useDemo(room: RoomEntry | undefined): boolean {
  const { data: session } = useSession();
  return session?.demo ?? room?.group === "demo";
}

function Waiting() {
  return (
    <Center py={96}>
      <Loader size="sm" />
    </Center>
  );
}

/** Overlays whose code comes when they are first asked for. */
function OnDemand() {
  const help = useHelpOpened();
  const palette = usePaletteOpened();
  return (
    <Suspense fallback={null}>
      {help && <Help />}
      {palette && <Palette />}
    </Suspense>
  );
}
