import { Button, Group, Modal, Skeleton, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useForecast, type Forecast } from "@/api/sequenceContent";
import { useActivateSequence, usePublishSequence, type Sequence } from "@/api/sequences";
import { useKeys } from "@/ui/keys";
import { undoToast } from "@/ui/toasts";
import { useFocusBack } from "@/ui/useFocusBack";
import type { Loaded } from "../editor/copy";
import { countOf } from "../editor/problems";
import { problemText } from "../problemText";
import { Days } from "./Days";
import { DefaultLines } from "./DefaultLines";
import { ExceptionLines } from "./ExceptionLines";
import { Figures } from "./Figures";
import type { LinesProps } from "./lines";
import { OutcomeLines } from "./OutcomeLines";
import { Problems } from "./Problems";
import classes from "./Publish.module.css";
import { SenderLines } from "./SenderLines";
import { UnderWay } from "./UnderWay";

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
  const errors = countOf(saved.problems, "error");
  const forecast = useForecast(sequence.id, saved.revision, errors === 0);
  useFocusBack();
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
      <Body {...{ sequence, saved, errors, forecast }} onGo={onClose} />
      <Foot {...{ sequence, saved, onClose, onMovable, number, errors }} people={startingOf(forecast.data)} />
    </Modal>
  );
}

interface BodyProps {
  readonly sequence: Sequence;
  readonly saved: Loaded;
  readonly errors: number;
  readonly forecast: ReturnType<typeof useForecast>;
  readonly onGo: () => void;
}

/** What has to be mended, else what will happen; then what may be mended. */
function Body({ errors, forecast, ...rest }: BodyProps) {
  const { t } = useTranslation("sequences");
  const isDraft = rest.sequence.status === "draft";
  return (
    <>
      {errors === 0 && (
        <Text c="dimmed" px={24} pb="md">
          {t(isDraft ? "publish.nothingYet" : "publish.runningKeep")}
        </Text>
      )}
      <div className={classes.brings}>
        <Problems severity="error" {...rest} />
        {errors === 0 && <Told forecast={forecast} sequence={rest.sequence} onGo={rest.onGo} />}
        <Problems severity="warning" {...rest} />
      </div>
    </>
  );
}

/** Return how many activating enrolls at once. */
function startingOf(forecast: Forecast | undefined): number {
  return forecast?.of === "starting" ? forecast.people : 0;
}

interface ToldProps {
  readonly forecast: ReturnType<typeof useForecast>;
  readonly sequence: Sequence;
  readonly onGo: () => void;
}

function Told({ forecast: { data, error }, ...rest }: ToldProps) {
  const { t } = useTranslation("sequences");
  if (data !== undefined) return <Brings forecast={data} {...rest} />;
  if (error === null) return <Skeleton height={300} />;
  return (
    <Text pb="md" c="dimmed" role="alert">
      {t("publish.noForecast")} {problemText(t, error)}
    </Text>
  );
}

function Brings(lines: LinesProps) {
  const { t } = useTranslation("sequences");
  const { forecast } = lines;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <>
      <Figures forecast={forecast} />
      <Days forecast={forecast} />
      <Text fz="xs" c="dimmed" py={8}>
        {t("figures.zone", { zone })}
        {forecast.sampled !== null && ` ${t("figures.sampled", { count: forecast.sampled })}`}
      </Text>
      <ul className={classes.lines}>
        <UnderWay {...lines} />
        <ExceptionLines {...lines} />
        <OutcomeLines {...lines} />
        <SenderLines {...lines} />
        <DefaultLines {...lines} />
      </ul>
    </>
  );
}

interface FootProps extends PublishDialogProps {
  readonly number: number;
  readonly people: number;
  readonly errors: number;
}

/** What the server refused, and the button with its count. */
function Foot({ sequence, saved, number, people, errors, onClose, onMovable }: FootProps) {
  const { t } = useTranslation("sequences");
  const isDraft = sequence.status === "draft";
  const { act, run } = useAct({ sequence, saved, onClose, onMovable, number });
  const draftWords = people > 0 ? t("publish.activateFor", { count: people }) : t("publish.activate");
  const words = isDraft ? draftWords : t("publish.publish", { number });
  useKeys(words, [{ keys: "mod+Enter", label: words, act: run, whileTyping: true }], {
    where: "dialog",
    enabled: errors === 0 && !act.isPending,
  });
  return (
    <footer className={classes.foot}>
      {act.error !== null && (
        <Text fz="xs" c="red" role="alert">
          {problemText(t, act.error)}
        </Text>
      )}
      <Group gap="sm" ml="auto" wrap="nowrap">
        <Button
          variant="subtle"
          color="gray"
          onClick={onClose}
          {...(errors > 0 && { "data-autofocus": true })}
        >
          {t("cancel")}
        </Button>
        <Button
          disabled={errors > 0}
          loading={act.isPending}
          onClick={run}
          {...(errors === 0 && { "data-autofocus": true })}
        >
          {errors > 0 ? t("mend.do") : words}
        </Button>
      </Group>
    </footer>
  );
}

/** Activate or publish, and say so. */
function useAct({ sequence, saved, number, onClose, onMovable }: Omit<FootProps, "people" | "errors">) {
  const { t } = useTranslation("sequences");
  const isDraft = sequence.status === "draft";
  const activate = useActivateSequence(sequence.id);
  const publish = usePublishSequence(sequence.id);
  const done = (isMovable: boolean) => {
    onClose();
    // The offer to move people says it, too.
    if (isMovable) return;
    undoToast({
      text: t(isDraft ? "publish.activated" : "publish.published", { name: sequence.name, number }),
    });
  };
  const run = () => {
    if (isDraft) {
      activate.mutate(saved.revision, {
        onSuccess: () => {
          done(false);
        },
      });
    } else {
      publish.mutate(saved.revision, {
        onSuccess: ({ movable, number: live }) => {
          done(movable > 0);
          if (movable > 0) onMovable(live);
        },
      });
    }
  };
  return { act: isDraft ? activate : publish, run };
}
