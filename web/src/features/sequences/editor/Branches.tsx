import { Text } from "@mantine/core";
import { IconArrowMerge, IconCornerDownRight, IconFlag } from "@tabler/icons-react";
import type { CSSProperties } from "react";
import { useTranslation } from "react-i18next";
import { useFlowNames } from "@/api/flowNames";
import { outline, type Row } from "@/flow/outline";
import { AFTER } from "@/flow/slots";
import { stepAt, type Slot } from "@/flow/ways";
import { WayOn } from "../inspector/WayOn";
import { WayTaken } from "../numbers/StepNumbers";
import { stepTitle } from "../stepWords";
import { Gap } from "./Gap";
import { Gutter } from "./Gutter";
import { StepCard } from "./StepCard";
import lead from "./Lead.module.css";
import classes from "./Steps.module.css";
import type { LineProps } from "./types";
import { wayWords } from "./wayWords";

/** A flow with branches as an indented list: each step once, its ways below it, what they share below all. */
export function Branches(props: LineProps) {
  const rows = outline(props.document);
  return rows.map((row, index) => (
    <div
      key={keyOf(row, index)}
      className={classes.indented}
      style={{ "--depth": "depth" in row ? row.depth : 0 } as CSSProperties}
      data-row={row.row}
    >
      <BranchRow row={row} {...props} />
    </div>
  ));
}

interface BranchRowProps extends LineProps {
  readonly row: Row;
}

function BranchRow({ row, ...props }: BranchRowProps) {
  const { t } = useTranslation("sequences");
  switch (row.row) {
    case "step":
      return <BranchStep row={row} {...props} />;
    case "way":
      return <WayRow row={row} {...props} />;
    case "unreached":
      return (
        <Text fz="xs" c="var(--db-red)" pt="lg" pb="xs" role="note">
          {t("line.unreached")}
        </Text>
      );
    case "below":
    case "joins":
    case "end":
      return <BranchEnd row={row} {...props} />;
  }
}

/** A way as what it does: its name, and who takes it. */
function WayRow({ row, document, acts }: LineProps & { readonly row: Extract<Row, { row: "way" }> }) {
  const { t } = useTranslation("sequences");
  const { fields } = useFlowNames();
  const step = stepAt(document, row.from);
  if (step === undefined) return null;
  const { name, when } = wayWords(t, step, row.way, { document, fields });
  return (
    <button
      type="button"
      className={classes.way}
      onClick={() => {
        acts.choose(row.from);
      }}
    >
      <IconCornerDownRight size={14} stroke={1.75} color="var(--db-text-3)" aria-hidden />
      <span className={classes.label}>{name}</span>
      <span className={classes.when} title={when}>
        {when}
      </span>
      <WayTaken step={step} way={row.way} />
    </button>
  );
}

interface BranchEndProps extends LineProps {
  readonly row: Extract<Row, { row: "below" | "joins" | "end" }>;
}

/** Where a way ends, goes on below or at a step shown elsewhere; before that another step may be put. */
function BranchEnd({ row, ...props }: BranchEndProps) {
  const { t } = useTranslation("sequences");
  const { document, readOnly } = props;
  const step = stepAt(document, row.row === "joins" ? row.to : null);
  const Icon = row.row === "end" ? IconFlag : IconArrowMerge;
  const words = {
    below: t("line.below"),
    joins: t("line.joins", { step: step ? stepTitle(t, step, document) : "" }),
    end: t("line.ends"),
  };
  const from = stepAt(document, row.slot.step);
  const isFixed = readOnly || from === undefined || row.slot.way === AFTER;
  return (
    <>
      {!readOnly && <Adding row={row} {...props} />}
      <div className={classes.way} data-quiet>
        <Icon size={14} stroke={1.75} aria-hidden />
        <span>{words[row.row]}</span>
        {!isFixed && (
          <span className={lead.lead}>
            <WayOn {...props} step={from} way={row.slot.way} label={t("wayOn.lead")} />
          </span>
        )}
      </div>
    </>
  );
}

function Adding({ row, acts, chosen, readOnly }: BranchEndProps) {
  const { slot } = row;
  return (
    <Gap
      inline={row.row !== "end"}
      here={isBehind(slot, chosen)}
      readOnly={readOnly}
      onAdd={(offer) => {
        acts.add(slot, offer);
      }}
    />
  );
}

/** Tell whether a slot is the place right behind the chosen step. */
function isBehind(slot: Slot | undefined, chosen: string | undefined): boolean {
  return (
    slot !== undefined && slot.step !== null && slot.step === chosen && ["next", AFTER].includes(slot.way)
  );
}

interface BranchStepProps extends LineProps {
  readonly row: Extract<Row, { row: "step" }>;
}

function BranchStep({ row, document, days, chosen, problems, readOnly, acts }: BranchStepProps) {
  const step = stepAt(document, row.key);
  const { slot } = row;
  if (step === undefined) return null;
  return (
    <>
      <Gap
        delay={step.delay ?? "0m"}
        here={isBehind(slot, chosen)}
        readOnly={readOnly}
        onDelay={(delay) => {
          acts.change(step.key, { delay }, `${step.key}.delay`);
        }}
        onAdd={
          slot &&
          ((offer) => {
            acts.add(slot, offer);
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

function keyOf(row: Row, index: number): string {
  if (row.row === "step") return row.key;
  return row.row === "way" ? `${row.from}.${row.way}` : `${row.row}.${index}`;
}
