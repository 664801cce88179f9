import { Button, Group, Modal, Skeleton, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMovePreview, useStartMove, type MovePreview, type StepMap } from "@/api/sequenceCare";
import { useVersion } from "@/api/sequenceContent";
import type { Sequence } from "@/api/sequences";
import type { FlowDocument } from "@/flow/document";
import { problemText } from "../problemText";
import { Moving } from "./Moving";
import { MovePartLine } from "./MovePartLine";
import { MovePeople } from "./MovePeople";
import classes from "./Publish.module.css";

interface MoveDialogProps {
  readonly sequence: Pick<Sequence, "id" | "name">;
  readonly number: number;
  readonly onClose: () => void;
}

/** Offer to move who runs through an older version: how many, from which steps to which, and when it comes. */
export function MoveDialog({ sequence, number, onClose }: MoveDialogProps) {
  const { t } = useTranslation("sequences");
  const start = useStartMove(sequence.id, number);
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
        <Asking {...{ sequence, number, start, onClose }} />
      ) : (
        <Moving job={start.data.job_id} total={start.data.total} onClose={onClose} />
      )}
    </Modal>
  );
}

interface AskingProps extends MoveDialogProps {
  readonly start: ReturnType<typeof useStartMove>;
}

function Asking({ sequence, number, start, onClose }: AskingProps) {
  const { t } = useTranslation("sequences");
  const [steps, setSteps] = useState<StepMap>({});
  const preview = useMovePreview(sequence.id, number, steps);
  const moving = preview.data ? preview.data.at_once + preview.data.when_settled : 0;
  return (
    <>
      <Text c="dimmed" px={24} pb="md">
        {t("move.hint")}
      </Text>
      <div className={classes.brings}>
        {preview.data === undefined ? (
          <Skeleton height={120} />
        ) : (
          <Foreseen preview={preview.data} steps={steps} onMap={setSteps} {...{ sequence, number }} />
        )}
      </div>
      <footer className={classes.foot}>
        <Text fz="xs" c="red" role="alert">
          {problemText(t, start.error ?? preview.error)}
        </Text>
        <Group gap="sm" ml="auto" wrap="nowrap">
          <Button variant="subtle" color="gray" onClick={onClose}>
            {t("move.leave")}
          </Button>
          <Button
            data-autofocus
            disabled={moving === 0}
            loading={start.isPending}
            onClick={() => {
              start.mutate(steps);
            }}
          >
            {preview.data === undefined ? t("move.counting") : t("move.do", { count: moving })}
          </Button>
        </Group>
      </footer>
    </>
  );
}

interface ForeseenProps extends Omit<MoveDialogProps, "onClose"> {
  readonly preview: MovePreview;
  readonly steps: StepMap;
  readonly onMap: (steps: StepMap) => void;
}

function Foreseen({ preview, steps, onMap, sequence, number }: ForeseenProps) {
  const { t } = useTranslation("sequences");
  const flow = useVersion(sequence.id, number).data?.document as unknown as FlowDocument | undefined;
  const figures = [
    { name: "at_once", count: preview.at_once },
    { name: "when_settled", count: preview.when_settled },
    { name: "stay", count: preview.stay },
  ] as const;
  return (
    <>
      <dl className={classes.figures} data-three>
        {figures.map(({ name, count }) => (
          <div key={name}>
            <dt>{t(`move.${name}`)}</dt>
            <dd>{count}</dd>
          </div>
        ))}
      </dl>
      <ul className={classes.lines}>
        {preview.parts.map((part) => (
          <li key={`${part.version}.${part.step}`}>
            <MovePartLine
              part={part}
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
