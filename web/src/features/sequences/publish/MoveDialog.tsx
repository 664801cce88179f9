import { Button, Group, Modal, Skeleton, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMovePreview, useStartMove, type MovePreview, type StepMap } from "@/api/sequenceCare";
import { useVersion } from "@/api/sequenceContent";
import type { Sequence } from "@/api/sequences";
import type { FlowDocument } from "@/flow/document";
import { useKeys } from "@/ui/keys";
import { useFocusBack } from "@/ui/useFocusBack";
import { problemText } from "../problemText";
import { Moving } from "./Moving";
import { MovePartLine } from "./MovePartLine";
import { MovePeople } from "./MovePeople";
import classes from "./Publish.module.css";

interface MoveDialogProps {
  readonly sequence: Pick<Sequence, "id" | "name">;
  readonly number: number;
  /** It was published just now. */
  readonly isNew?: boolean;
  readonly onClose: () => void;
}

/** Offer to move who runs through an older version: how many, from which steps to which, and when it comes. */
export function MoveDialog({ sequence, number, isNew = false, onClose }: MoveDialogProps) {
  const { t } = useTranslation("sequences");
  const start = useStartMove(sequence.id, number);
  useFocusBack();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("move.title", { number })}
      padding={0}
      closeButtonProps={{ "aria-label": t("close") }}
      classNames={{
        header: classes.header ?? "",
        title: classes.title ?? "",
        content: classes.content ?? "",
      }}
    >
      {start.data === undefined ? (
        <Asking {...{ sequence, number, isNew, start, onClose }} />
      ) : (
        <Moving job={start.data.job_id} total={start.data.total} onClose={onClose} />
      )}
    </Modal>
  );
}

interface AskingProps extends MoveDialogProps {
  readonly start: ReturnType<typeof useStartMove>;
}

function Asking({ sequence, number, isNew = false, start, onClose }: AskingProps) {
  const { t } = useTranslation("sequences");
  const [steps, setSteps] = useState<StepMap>({});
  const { shown, isOld, moving, error } = useCounted(sequence.id, number, steps);
  const rest = { sequence, number, steps, isOld, onMap: setSteps };
  return (
    <>
      <Text c="dimmed" px={24} pb="md">
        {isNew && <strong>{t("publish.published", { name: sequence.name, number })} </strong>}
        {t("move.hint")}
      </Text>
      <div className={classes.brings}>
        {shown === undefined ? (
          error === null && <Skeleton height={120} />
        ) : (
          <Foreseen preview={shown} {...rest} />
        )}
      </div>
      <footer className={classes.foot}>
        <Text fz="xs" c="red" role="alert">
          {problemText(t, start.error ?? error)}
        </Text>
        <Group gap="sm" ml="auto" wrap="nowrap">
          <Button variant="subtle" color="gray" data-autofocus onClick={onClose}>
            {t("move.leave")}
          </Button>
          <Start count={moving} start={start} steps={steps} failed={error !== null} />
        </Group>
      </footer>
    </>
  );
}

/** Count what the move would do; where the count of another choice fails, the one before stands, to choose again. */
function useCounted(id: number, number: number, steps: StepMap) {
  const { data, error, isPlaceholderData } = useMovePreview(id, number, steps);
  const [last, setLast] = useState<MovePreview>();
  if (data !== undefined && data !== last) setLast(data);
  const isOld = isPlaceholderData || data === undefined;
  // What another choice of steps would do is not counted yet: nobody starts what was not shown.
  return { shown: data ?? last, isOld, error, moving: isOld ? undefined : data.at_once + data.when_settled };
}

interface StartProps extends Pick<AskingProps, "start"> {
  /** How many would move; undefined while it is counted. */
  readonly count: number | undefined;
  readonly steps: StepMap;
  readonly failed: boolean;
}

/** Starts exactly the move that was counted. */
function Start({ count, start, steps, failed }: StartProps) {
  const { t } = useTranslation("sequences");
  const words = count === undefined && !failed ? t("move.counting") : t("move.do", { count: count ?? 0 });
  const isReady = !failed && count !== undefined && count > 0;
  const run = () => {
    start.mutate(steps);
  };
  useKeys(words, [{ keys: "mod+Enter", label: words, act: run, whileTyping: true }], {
    where: "dialog",
    enabled: isReady && !start.isPending,
  });
  return (
    <Button disabled={!isReady} loading={start.isPending} onClick={run}>
      {words}
    </Button>
  );
}

interface ForeseenProps extends Omit<MoveDialogProps, "onClose" | "isNew"> {
  readonly preview: MovePreview;
  readonly steps: StepMap;
  /** The preview is of steps that were chosen before; the one of these is being counted. */
  readonly isOld: boolean;
  readonly onMap: (steps: StepMap) => void;
}

function Foreseen({ preview, steps, isOld, onMap, sequence, number }: ForeseenProps) {
  const { t, i18n } = useTranslation("sequences");
  const flow = useVersion(sequence.id, number).data?.document as unknown as FlowDocument | undefined;
  const figures = [
    { name: "at_once", count: preview.at_once },
    { name: "when_settled", count: preview.when_settled },
    { name: "stay", count: preview.stay },
  ] as const;
  return (
    <>
      <dl className={classes.figures} data-three aria-busy={isOld}>
        {figures.map(({ name, count }) => (
          <div key={name}>
            <dt>{t(`move.${name}`)}</dt>
            <dd>{count.toLocaleString(i18n.language)}</dd>
          </div>
        ))}
      </dl>
      {preview.people === 0 && <Text c="dimmed">{t("moving.nobody")}</Text>}
      <ul className={classes.lines}>
        {preview.parts.map((part) => (
          <li key={`${part.version}.${part.step}`} className={classes.choice}>
            <MovePartLine
              sequence={sequence.id}
              part={part}
              isOld={isOld}
              flow={flow}
              to={steps[part.step] ?? part.to}
              onMap={(to) => {
                const others = Object.entries(steps).filter(([step]) => step !== part.step);
                onMap(Object.fromEntries(to === null ? others : [...others, [part.step, to]]));
              }}
            />
          </li>
        ))}
      </ul>
      <MovePeople id={sequence.id} number={number} steps={steps} flow={flow} />
    </>
  );
}
