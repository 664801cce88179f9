import { Button, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useLiftStop } from "@/api/emergency";
import { useReachable } from "@/api/reachable";
import { useSession } from "@/api/session";
import { Banner } from "@/ui/Banner";
import { dayTime } from "@/ui/time";
import classes from "./Banners.module.css";

/** What concerns every room: all is stopped, or the server is silent. */
export function Banners() {
  const { data: session } = useSession();
  const reachable = useReachable();
  const stop = session?.stop ?? null;
  if (reachable && stop === null) return null;
  return (
    <Stack gap="sm" className={classes.banners}>
      {stop !== null && <Stopped at={stop.at} by={stop.by} />}
      {!reachable && <Offline />}
    </Stack>
  );
}

function Offline() {
  const { t } = useTranslation();
  return <Banner tone="amber" title={t("offline.title")} text={t("offline.text")} />;
}

interface StoppedProps {
  readonly at: string;
  readonly by: string;
}

function Stopped({ at, by }: StoppedProps) {
  const { t, i18n } = useTranslation();
  const lift = useLiftStop();
  const time = dayTime(Date.parse(at), i18n.language);
  return (
    <Banner tone="red" title={t("stopped.title")} text={t("stopped.text", { by, time })}>
      <Button
        size="xs"
        variant="default"
        loading={lift.isPending}
        onClick={() => {
          lift.mutate();
        }}
      >
        {t("stopped.lift")}
      </Button>
    </Banner>
  );
}
