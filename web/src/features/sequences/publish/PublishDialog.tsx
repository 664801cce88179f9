import { Button, Group, Modal, Skeleton, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useForecast, type Forecast } from "@/api/sequenceContent";
import { useActivateSequence, usePublishSequence, type Sequence } from "@/api/sequences";
import { undoToast } from "@/ui/toasts";
import { Sign } from "../editor/ProblemList";
import { countOf } from "../editor/problems";
import type { Loaded } from "../editor/copy";
import { problemText } from "../problemText";
import { Days } from "./Days";
import { DefaultLines } from "./DefaultLines";
import { ExceptionLines } from "./ExceptionLines";
import { Figures } from "./Figures";
import classes from "./Publish.module.css";

interface PublishDialogProps {
  readonly sequence: Sequence;
  readonly saved: Loaded;
  readonly onClose: () => void;
  /** A version is live, and people run through older ones. */
  readonly onMovable: (number: number) => void;
}

/** What activating or publishing will bring, in figures, before it happens. */
export function PublishDialog({ sequence, saved, onClose, onMovable }: PublishDialogProps) {
  const { t } = useTranslation("sequences");
  const isDraft = sequence.status === "draft";
  const number = (sequence.version?.number ?? 0) + 1;
  const forecast = useForecast(sequence.id, saved.revision, true);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(isDraft ? "publish.activateTitle" : "publish.publishTitle", { name: sequence.name, number })}
      padding={0}
      closeButtonProps={{ "aria-label": t("close") }}
      classNames={{
        header: classes.header ?? "",
        title: classes.title ?? "",
        content: classes.content ?? "",
      }}
    >
      <Text c="dimmed" px={24} pb="md">
        {t(isDraft ? "publish.nothingYet" : "publish.runningKeep")}
      </Text>
      <Told forecast={forecast} sequence={sequence} onGo={onClose} />
      <Foot {...{ sequence, saved, onClose, onMovable, number }} people={peopleOf(forecast.data)} />
    </Modal>
  );
}

function peopleOf(forecast: Forecast | undefined): number {
  return forecast === undefined || forecast.of === "imagined" ? 0 : forecast.people;
}

interface ToldProps {
  readonly forecast: ReturnType<typeof useForecast>;
  readonly sequence: Sequence;
  readonly onGo: () => void;
}

function Told({ forecast: { data, error }, sequence, onGo }: ToldProps) {
  const { t } = useTranslation("sequences");
  if (data !== undefined) return <Brings forecast={data} sequence={sequence} onGo={onGo} />;
  if (error === null) return <Skeleton height={300} mx={24} w="auto" mb="md" />;
  return (
    <Text px={24} pb="md" c="dimmed">
      {t("publish.noForecast")} {problemText(t, error)}
    </Text>
  );
}

interface BringsProps {
  readonly forecast: Forecast;
  readonly sequence: Sequence;
  readonly onGo: () => void;
}

function Brings({ forecast, sequence, onGo }: BringsProps) {
  return (
    <div className={classes.brings}>
      <Figures forecast={forecast} />
      <Days forecast={forecast} />
      <ul className={classes.lines}>
        <ExceptionLines forecast={forecast} sequence={sequence} />
        <DefaultLines forecast={forecast} sequence={sequence} onGo={onGo} />
      </ul>
    </div>
  );
}

interface FootProps extends PublishDialogProps {
  readonly number: number;
  readonly people: number;
}

/** The warnings, and the button with its count. */
function Foot({ sequence, saved, number, people, onClose, onMovable }: FootProps) {
  const { t } = useTranslation("sequences");
  const isDraft = sequence.status === "draft";
  const activate = useActivateSequence(sequence.id);
  const publish = usePublishSequence(sequence.id);
  const act = isDraft ? activate : publish;
  const run = () => {
    if (isDraft) activate.mutate(saved.revision, { onSuccess: done });
    else {
      publish.mutate(saved.revision, {
        onSuccess: (version) => {
          done();
          if (version.movable > 0) onMovable(version.number);
        },
      });
    }
  };
  const warnings = countOf(saved.problems, "warning");
  const done = () => {
    undoToast({
      text: t(isDraft ? "publish.activated" : "publish.published", { name: sequence.name, number }),
    });
    onClose();
  };
  const draftWords = people > 0 ? t("publish.activateFor", { count: people }) : t("publish.activate");
  return (
    <footer className={classes.foot}>
      {act.error === null ? (
        <Group gap={6} wrap="nowrap" miw={0} c={warnings > 0 ? "var(--db-amber)" : "dimmed"}>
          {warnings > 0 && <Sign severity="warning" />}
          <Text fz="xs" inherit>
            {t("publish.warnings", { count: warnings })}
          </Text>
        </Group>
      ) : (
        <Text fz="xs" c="red" role="alert">
          {problemText(t, act.error)}
        </Text>
      )}
      <Group gap="sm" ml="auto" wrap="nowrap">
        <Button variant="subtle" color="gray" onClick={onClose}>
          {t("cancel")}
        </Button>
        <Button data-autofocus loading={act.isPending} onClick={run}>
          {isDraft ? draftWords : t("publish.publish", { number })}
        </Button>
      </Group>
    </footer>
  );
}
