import { Text } from "@mantine/core";
import { IconArrowMerge, IconFlag } from "@tabler/icons-react";
import type { CSSProperties } from "react";
import { useTranslation } from "react-i18next";
import { outline, type Row } from "@/flow/outline";
import { stepAt, type Slot } from "@/flow/ways";
import { stepTitle } from "../stepWords";
import { Gap } from "./Gap";
import { Gutter } from "./Gutter";
import { StepCard } from "./StepCard";
import classes from "./Steps.module.css";
import type { LineProps } from "./types";
import { wayWords } from "./wayWords";

const INDENT = 22;

/** A flow with branches as an indented list: each step once, its ways below it. */
export function Branches(props: LineProps) {
  const rows = outline(props.document);
  return (
    <>
      {rows.map((row, index) => (
        <div
          key={keyOf(row, index)}
          className={classes.indented}
          style={{ "--indent": `${"depth" in row ? row.depth * INDENT : 0}px` } as CSSProperties}
        >
          <BranchRow row={row} slot={slotOf(rows, index)} {...props} />
        </div>
      ))}
    </>
  );
}

interface BranchRowProps extends LineProps {
  readonly row: Row;
  /** Where a new step above this row goes; undefined below what ends or joins. */
  readonly slot: Slot | undefined;
}

function BranchRow({ row, slot, ...props }: BranchRowProps) {
  const { t } = useTranslation("sequences");
  switch (row.row) {
    case "step":
      return <BranchStep row={row} slot={slot} {...props} />;
    case "way":
      return (
        <div className={classes.way}>
          <span className={classes.label}>{wayWords(t, stepAt(props.document, row.from), row.way)}</span>
        </div>
      );
    case "unreached":
      return (
        <Text fz="xs" c="var(--db-red)" pt="lg" pb="xs">
          {t("line.unreached")}
        </Text>
      );
    case "joins":
    case "end":
      return <BranchEnd to={row.row === "joins" ? row.to : null} slot={slot} {...props} />;
  }
}

interface BranchEndProps extends LineProps {
  readonly to: string | null;
  readonly slot: Slot | undefined;
}

/** Where a way ends, or goes on at a step shown elsewhere; before that another step may be put. */
function BranchEnd({ to, slot, document, readOnly, acts, chosen }: BranchEndProps) {
  const { t } = useTranslation("sequences");
  const step = stepAt(document, to);
  const Icon = step === undefined ? IconFlag : IconArrowMerge;
  return (
    <>
      {slot && !readOnly && (
        <Gap
          here={slot.step === chosen && slot.way === "next"}
          readOnly={readOnly}
          onAdd={(kind) => {
            acts.add(slot, kind);
          }}
        />
      )}
      <div className={classes.way}>
        <Icon size={14} aria-hidden />
        {step ? t("line.joins", { step: stepTitle(t, step, document) }) : t("line.ends")}
      </div>
    </>
  );
}

interface BranchStepProps extends LineProps {
  readonly row: Extract<Row, { row: "step" }>;
  readonly slot: Slot | undefined;
}

function BranchStep({ row, slot, document, days, chosen, problems, readOnly, acts }: BranchStepProps) {
  const step = stepAt(document, row.key);
  if (step === undefined) return null;
  return (
    <>
      <Gap
        delay={step.delay ?? "0m"}
        here={slot !== undefined && slot.step === chosen && slot.way === "next"}
        readOnly={readOnly}
        onDelay={(delay) => {
          acts.change(step.key, { delay }, `${step.key}.delay`);
        }}
        onAdd={
          slot &&
          ((kind) => {
            acts.add(slot, kind);
          })
        }
      />
      <div className={classes.row}>
        <Gutter moment={days.get(step.key)} />
        <StepCard
          step={step}
          document={document}
          chosen={chosen === step.key}
          problems={problems(step.key)}
          onOpen={() => {
            acts.choose(step.key);
          }}
        />
      </div>
    </>
  );
}

/** Return the slot above a row: the way that the row before it opens or leaves by. */
function slotOf(rows: readonly Row[], index: number): Slot | undefined {
  const before = rows[index - 1];
  if (before === undefined) return { step: null, way: "start" };
  if (before.row === "way") return { step: before.from, way: before.way };
  // Below a fork several ways come together: there is no single place for another step.
  const isSame =
    before.row === "step" && "depth" in (rows[index] ?? {}) && depthOf(rows[index]) === before.depth;
  return isSame ? { step: before.key, way: "next" } : undefined;
}

function depthOf(row: Row | undefined): number | undefined {
  return row !== undefined && "depth" in row ? row.depth : undefined;
}

function keyOf(row: Row, index: number): string {
  if (row.row === "step") return row.key;
  return row.row === "way" ? `${row.from}.${row.way}` : `${row.row}.${index}`;
}
