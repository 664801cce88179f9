import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type Moved, type Selected, useMoveEnrollments, useStopReach } from "@/api/enrollments";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { useSaid } from "./useSaid";

interface StopDialogProps {
  readonly selected: Selected;
  readonly onClose: () => void;
  readonly onDone?: (moved: Moved) => void;
}

/** A stop is final: it says first what will not be sent. */
export function StopDialog({ selected, onClose, onDone }: StopDialogProps) {
  const { t } = useTranslation("enrollments");
  const said = useSaid();
  const { data: reach } = useStopReach(selected);
  const stop = useMoveEnrollments({ said: (_, data) => said("stop", data) });
  const count = reach?.enrollments ?? selected.ids?.length ?? 0;
  const left = t("bulk.left", { count: reach?.steps_ahead ?? 0 });
  return (
    <ConfirmDialog
      opened
      danger
      busy={reach === undefined || stop.isPending}
      onClose={onClose}
      title={t("stop.title", { count })}
      confirm={t("stop.confirm", { count })}
      keep={t("stop.keep")}
      onConfirm={() => {
        stop.mutate(
          { verb: "stop", selected },
          {
            onSuccess: (moved) => {
              onDone?.(moved);
              onClose();
            },
          },
        );
      }}
    >
      <Text c="dimmed">{t("stop.text", { left })}</Text>
    </ConfirmDialog>
  );
}
