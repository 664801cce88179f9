import { Text, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { IconArrowsSort, IconMinus, IconPencil, IconPlus } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Comparison, FieldChange, StepChange } from "@/flow/compare";
import { KindIcon } from "@/ui/kinds";
import { jobTypeOf, stepTitle } from "../stepWords";
import { wordDifference } from "../text/wordDifference";
import classes from "./Compare.module.css";
import { changedWay, endOf, fieldWords, isText, valueWords, type Sides } from "./words";

const SIGNS = { added: IconPlus, removed: IconMinus, changed: IconPencil, moved: IconArrowsSort } as const;

interface ChangesProps {
  readonly comparison: Comparison;
  readonly sides: Sides;
  readonly chosen?: string | undefined;
  /** Shows the step in the drawing; without one there is no drawing. */
  readonly onChoose?: (key: string) => void;
}

/** What is different, step by step, and within a step field by field and way by way. */
export function Changes({ comparison, sides, chosen, onChoose }: ChangesProps) {
  return (
    <>
      <Begins comparison={comparison} sides={sides} />
      {comparison.steps.map((change) => (
        <StepChanges key={change.key} {...{ change, sides, onChoose }} chosen={change.key === chosen} />
      ))}
    </>
  );
}

function useTongue() {
  return { t: useTranslation("compare").t, steps: useTranslation("sequences").t };
}

function Begins({ comparison, sides }: Pick<ChangesProps, "comparison" | "sides">) {
  const tongue = useTongue();
  const start = comparison.ways.find(({ step, news }) => step === null && news);
  if (start === undefined) return null;
  const said = {
    before: endOf(tongue, start.before ?? null, sides.before),
    after: endOf(tongue, start.after ?? null, sides.after),
  };
  return <Text fz="sm">{tongue.t("start", said)}</Text>;
}

interface StepChangesProps {
  readonly change: StepChange;
  readonly sides: Sides;
  readonly chosen: boolean;
  readonly onChoose: ((key: string) => void) | undefined;
}

function StepChanges({ change, sides, chosen, onChoose }: StepChangesProps) {
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    if (chosen) section.current?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  const { key, kind, ways } = change;
  return (
    <section
      ref={section}
      className={classes.change}
      data-change={kind}
      data-chosen={chosen || undefined}
      data-key={key}
    >
      {onChoose === undefined ? (
        <div className={classes.head}>
          <Head {...{ change, sides }} />
        </div>
      ) : (
        <UnstyledButton
          className={classes.head ?? ""}
          aria-current={chosen || undefined}
          onClick={() => {
            onChoose(key);
          }}
        >
          <Head {...{ change, sides }} />
        </UnstyledButton>
      )}
      <Placed change={change} />
      {toldOf(change).map((field) => (
        <Field key={`${field.of ?? ""} ${field.path}`} field={field} sides={sides} />
      ))}
      {ways.map((way) => (
        <Way key={way.way} way={way} sides={sides} />
      ))}
    </section>
  );
}

/** What a way says is told with the way itself where that came or went. */
function toldOf({ fields, ways }: StepChange): readonly FieldChange[] {
  const gone = new Set(ways.filter(({ after }) => after === undefined).map(({ name }) => name));
  const fresh = new Set(ways.filter(({ before }) => before === undefined).map(({ name }) => name));
  return fields.filter(
    ({ path, of }) => of === undefined || !(gone.has(of) || (path === "name" && fresh.has(of))),
  );
}

function Head({ change, sides }: Pick<StepChangesProps, "change" | "sides">) {
  const { t, steps } = useTongue();
  const { kind, step, placeAfter, placeBefore } = change;
  const Sign = SIGNS[kind];
  const flow = kind === "removed" ? sides.before : sides.after;
  return (
    <>
      <span className={classes.sign} data-change={kind}>
        <Sign size={13} stroke={2} aria-hidden />
        {t(`change.${kind}`)}
      </span>
      <KindIcon kind={step.kind} jobType={jobTypeOf(step)} size={15} />
      <Text span truncate fw={500} fz="sm">
        {t("step", { number: placeAfter ?? placeBefore ?? 0, name: stepTitle(steps, step, flow) })}
      </Text>
    </>
  );
}

function Placed({ change: { moved, placeBefore, placeAfter } }: Pick<StepChangesProps, "change">) {
  const { t } = useTongue();
  if (!moved) return null;
  return <div className={classes.field}>{t("placed", { before: placeBefore, after: placeAfter })}</div>;
}

function Way({ way, sides }: { readonly way: StepChange["ways"][number]; readonly sides: Sides }) {
  return <div className={classes.field}>{changedWay(useTongue(), way, sides)}</div>;
}

function Field({ field, sides }: { readonly field: FieldChange; readonly sides: Sides }) {
  const tongue = useTongue();
  const { t } = tongue;
  return (
    <div className={classes.field}>
      <Text fz="xs" c="dimmed">
        {fieldWords(tongue, field)}
      </Text>
      {isText(field) ? (
        <Words before={textOf(field.before)} after={textOf(field.after)} />
      ) : (
        <div className={classes.words}>
          <VisuallyHidden>{t("was")} </VisuallyHidden>
          <del>{valueWords(tongue, field, field.before, sides.before)}</del>
          {" → "}
          <VisuallyHidden>{t("is")} </VisuallyHidden>
          <ins>{valueWords(tongue, field, field.after, sides.after)}</ins>
        </div>
      )}
    </div>
  );
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** A text with what went struck through and what came underlined. */
function Words({ before, after }: { readonly before: string; readonly after: string }) {
  const parts = wordDifference(before, after);
  return (
    <div className={classes.words}>
      {parts.map(({ kind, text }, index) => {
        const key = `${String(index)} ${kind}`;
        if (kind === "gone") return <del key={key}>{text}</del>;
        return kind === "new" ? <ins key={key}>{text}</ins> : <span key={key}>{text}</span>;
      })}
    </div>
  );
}
