import {
  closestCenter,
  DndContext,
  PointerSensor,
  useSensor,
  useSensors,
  type DragEndEvent,
} from "@dnd-kit/core";
import { SortableContext, useSortable, verticalListSortingStrategy } from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { UnstyledButton } from "@mantine/core";
import { IconGripVertical } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { FlowDocument, Step } from "@/flow/document";
import { stepAt, START, type Slot } from "@/flow/ways";
import { Gap } from "./Gap";
import { Gutter } from "./Gutter";
import { StepCard } from "./StepCard";
import classes from "./Steps.module.css";
import type { LineProps } from "./types";

/** A linear flow: the cards one below the other, to be dragged. */
export function Line({ line, ...shared }: LineProps & { readonly line: readonly string[] }) {
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 6 } }));
  const { document, acts, readOnly, chosen } = shared;
  const end = ({ active, over }: DragEndEvent) => {
    const to = line.indexOf(String(over?.id));
    if (to >= 0 && active.id !== over?.id) acts.reorder(String(active.id), to);
  };
  return (
    <DndContext accessibility={BY_MOUSE} sensors={sensors} collisionDetection={closestCenter} onDragEnd={end}>
      <SortableContext items={[...line]} strategy={verticalListSortingStrategy} disabled={readOnly}>
        {line.map((key, index) => (
          <SortableRow
            key={key}
            step={stepOf(document, key)}
            slot={slotAfter(line[index - 1])}
            before={line[index - 1]}
            {...shared}
          />
        ))}
      </SortableContext>
      <Gap
        here={line.length > 0 && chosen === line.at(-1)}
        readOnly={readOnly}
        onAdd={(offer) => {
          acts.add(slotAfter(line.at(-1)), offer);
        }}
      />
    </DndContext>
  );
}

// Only a pointer drags here, and the library's words would be English: the keyboard moves a step with Alt and an arrow.
const SILENT = () => undefined;
const BY_MOUSE = {
  announcements: { onDragStart: SILENT, onDragOver: SILENT, onDragEnd: SILENT, onDragCancel: SILENT },
  screenReaderInstructions: { draggable: "" },
};

interface RowProps extends LineProps {
  readonly step: Step;
  readonly slot: Slot;
  readonly before: string | undefined;
}

function SortableRow({ step, slot, before, document, days, chosen, problems, readOnly, acts }: RowProps) {
  const { setNodeRef, listeners, transform, transition, isDragging, setActivatorNodeRef } = useSortable({
    id: step.key,
  });
  const { t } = useTranslation("sequences");
  const handle = !readOnly && (
    <UnstyledButton
      ref={setActivatorNodeRef}
      className={classes.grip ?? ""}
      {...listeners}
      aria-label={t("line.drag")}
      title={t("line.drag")}
    >
      <IconGripVertical size={16} aria-hidden />
    </UnstyledButton>
  );
  return (
    <>
      <Gap
        delay={step.delay ?? "0m"}
        here={before !== undefined && chosen === before}
        readOnly={readOnly}
        onDelay={(delay) => {
          acts.change(step.key, { delay }, `${step.key}.delay`);
        }}
        onAdd={(offer) => {
          acts.add(slot, offer);
        }}
      />
      <div className={classes.row}>
        <Gutter moment={days.get(step.key)} />
        <StepCard
          step={step}
          document={document}
          chosen={chosen === step.key}
          problems={problems(step.key)}
          nodeRef={setNodeRef}
          style={{ transform: CSS.Translate.toString(transform), ...(transition && { transition }) }}
          dragged={isDragging}
          handle={handle}
          onOpen={() => {
            acts.choose(step.key);
          }}
        />
      </div>
    </>
  );
}

function slotAfter(key: string | undefined): Slot {
  return key === undefined ? START : { step: key, way: "next" };
}

function stepOf(document: FlowDocument, key: string): Step {
  const step = stepAt(document, key);
  if (step === undefined) throw new Error(`no step ${key}`);
  return step;
}
