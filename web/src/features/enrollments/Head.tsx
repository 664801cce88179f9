import { Button } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay, IconSquare } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Enrollment, useMoveEnrollments } from "@/api/enrollments";
import { useMay } from "@/api/session";
import { StopDialog } from "./StopDialog";
import { useSaid } from "./useSaid";

/** Pause and stop are different buttons. */
export function Head({ enrollment }: { readonly enrollment: Enrollment }) {
  const { t } = useTranslation("enrollments");
  const may = useMay()("enrollments.edit");
  const said = useSaid();
  const [stops, setStops] = useState(false);
  const move = useMoveEnrollments({ said: ({ verb }, data) => said(verb, data) });
  const { state, id, ahead } = enrollment;
  if (!may || state === "finished") return null;
  const onMove = (verb: "pause" | "resume") => {
    move.mutate({ verb, selected: { ids: [id] } });
  };
  return (
    <>
      <PauseOrResume enrollment={enrollment} onMove={onMove} />
      <Button
        variant="default"
        c="red"
        leftSection={<IconSquare size={16} stroke={1.75} aria-hidden />}
        onClick={() => {
          setStops(true);
        }}
      >
        {t("head.stop", { count: ahead })}
      </Button>
      {stops && (
        <StopDialog
          selected={{ ids: [id] }}
          onClose={() => {
            setStops(false);
          }}
        />
      )}
    </>
  );
}

interface PauseOrResumeProps {
  readonly enrollment: Enrollment;
  readonly onMove: (verb: "pause" | "resume") => void;
}

function PauseOrResume({ enrollment: { state, reason }, onMove }: PauseOrResumeProps) {
  const { t } = useTranslation("enrollments");
  const retries = state === "blocked" && reason !== "interrupted";
  return (
    <>
      {state !== "paused" && (
        <Button
          variant="default"
          leftSection={<IconPlayerPause size={16} stroke={1.75} aria-hidden />}
          onClick={() => {
            onMove("pause");
          }}
        >
          {t("act.pause")}
        </Button>
      )}
      {(state === "paused" || retries) && (
        <Button
          leftSection={<IconPlayerPlay size={16} stroke={1.75} aria-hidden />}
          onClick={() => {
            onMove("resume");
          }}
        >
          {t(retries ? "act.retry" : "act.resume")}
        </Button>
      )}
    </>
  );
}
