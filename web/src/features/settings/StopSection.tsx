import { Button, Group, Skeleton, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLiftStop, useStopAll } from "@/api/emergency";
import { stopOf, useMay, useSession } from "@/api/session";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { when } from "@/ui/moments";
import { Panel } from "@/ui/Panel";
import { Problem } from "@/ui/Problem";
import { undoToast } from "@/ui/toasts";
import { useNow } from "@/ui/useNow";
import classes from "./Settings.module.css";

const MINUTE = 60_000;

/** One button that lets nothing leave, and one that lets it leave again. */
export function StopSection() {
  const { t, i18n } = useTranslation("settings");
  const { data: session } = useSession();
  const now = useNow(MINUTE);
  if (session === undefined) return <Skeleton h={200} maw={680} radius="lg" />;
  const stop = stopOf(session);
  return (
    <div className={classes.narrow}>
      <Panel title={t("stop.title")} {...(stop === undefined ? {} : { tone: "red" as const })}>
        <Stack gap="sm" pb="sm">
          {stop === undefined ? (
            <Problem tone="green" title={t("stop.running")} text={t("stop.runningText")} />
          ) : (
            <Problem
              tone="red"
              title={t("stop.stopped")}
              text={t("stop.stoppedText", { by: stop.by, at: when(Date.parse(stop.at), now, i18n) })}
            />
          )}
          <Text c="dimmed">{t("stop.what")}</Text>
          <Group>{stop === undefined ? <StopAll /> : <Lift />}</Group>
        </Stack>
      </Panel>
    </div>
  );
}

function StopAll() {
  const { t } = useTranslation("settings");
  const may = useMay();
  const [asking, setAsking] = useState(false);
  const stop = useStopAll();
  return (
    <>
      <Button
        color="red"
        disabled={!may("enrollments.edit")}
        onClick={() => {
          setAsking(true);
        }}
      >
        {t("stop.act")}
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => {
          setAsking(false);
        }}
        title={t("stop.title2")}
        confirm={t("stop.confirm")}
        danger
        busy={stop.isPending}
        onConfirm={() => {
          stop.mutate(undefined, {
            onSuccess: () => {
              undoToast({ text: t("stop.done") });
            },
            onSettled: () => {
              setAsking(false);
            },
          });
        }}
      >
        {t("stop.what")}
      </ConfirmDialog>
    </>
  );
}

function Lift() {
  const { t } = useTranslation("settings");
  const may = useMay();
  const lift = useLiftStop();
  return (
    <Button
      loading={lift.isPending}
      disabled={!may("settings.edit")}
      onClick={() => {
        lift.mutate(undefined, {
          onSuccess: () => {
            undoToast({ text: t("stop.lifted") });
          },
        });
      }}
    >
      {t("stop.lift")}
    </Button>
  );
}
