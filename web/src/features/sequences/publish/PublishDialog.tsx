import { Button, Group, Modal, Skeleton, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useForecast } from "@/api/sequenceContent";
import { useActivateSequence, usePublishSequence, type Sequence } from "@/api/sequences";
import { undoToast } from "@/ui/toasts";
import { Sign } from "../editor/ProblemList";
import { countOf } from "../editor/problems";
import type { Loaded } from "../editor/store";
import { problemText } from "../problemText";
import { DefaultLines } from "./DefaultLines";
import { Days } from "./Days";
import { ExceptionLines } from "./ExceptionLines";
import { Figures } from "./Figures";
import classes from "./Publish.module.css";

interface PublishDialogProps {
  readonly sequence: Sequence;
  readonly saved: Loaded;
  readonly onClose: () => void;
}

/** What activating or publishing will bring, in figures, before it happens. */
export function PublishDialog({ sequence, saved, onClose }: PublishDialogProps) {
  const { t } = useTranslation("sequences");
  const isDraft = sequence.status === "draft";
  const number = (sequence.version?.number ?? 0) + 1;
  const forecast = useForecast(sequence.id, saved.revision, true);
  const activate = useActivateSequence(sequence.id);
  const publish = usePublishSequence(sequence.id);
  const act = isDraft ? activate : publish;
  const people = forecast.data?.of === "imagined" ? 0 : (forecast.data?.people ?? 0);
  const done = () => {
    undoToast({
      text: t(isDraft ? "publish.activated" : "publish.published", { name: sequence.name, number }),
    });
    onClose();
  };
  const warnings = countOf(saved.problems, "warning");
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(isDraft ? "publish.activateTitle" : "publish.publishTitle", { name: sequence.name, number })}
      padding={0}
      classNames={{ header: classes.header ?? "" }}
    >
      <Text c="dimmed" px={24} mt={-8} pb="md">
        {t(isDraft ? "publish.nothingYet" : "publish.runningKeep")}
      </Text>
      {forecast.isPending && <Skeleton height={300} mx={24} w="auto" />}
      {forecast.error !== null && (
        <Text px={24} c="dimmed">
          {t("publish.noForecast")} {problemText(t, forecast.error)}
        </Text>
      )}
      {forecast.data && (
        <Stack gap={0} px={24}>
          <Figures forecast={forecast.data} />
          <Days forecast={forecast.data} />
          <ul className={classes.lines}>
            <ExceptionLines forecast={forecast.data} sequence={sequence} />
            <DefaultLines forecast={forecast.data} sequence={sequence} onGo={onClose} />
          </ul>
        </Stack>
      )}
      <footer className={classes.foot}>
        <Group gap={6} wrap="nowrap" miw={0}>
          {warnings > 0 && <Sign severity="warning" />}
          <Text fz="xs" c={warnings > 0 ? "var(--db-amber)" : "dimmed"}>
            {t("publish.warnings", { count: warnings })}
          </Text>
        </Group>
        <Group gap="sm" ml="auto" wrap="nowrap">
          <Button variant="subtle" color="gray" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button
            data-autofocus
            loading={act.isPending}
            onClick={() => {
              act.mutate(saved.revision, { onSuccess: done });
            }}
          >
            {isDraft ? buttonWords() : t("publish.publish", { number })}
          </Button>
        </Group>
      </footer>
      {act.error !== null && (
        <Text c="red" px={24} pb="md">
          {problemText(t, act.error)}
        </Text>
      )}
    </Modal>
  );

  function buttonWords() {
    return people > 0 ? t("publish.activateFor", { count: people }) : t("publish.activate");
  }
}
