import { Text, VisuallyHidden } from "@mantine/core";
import { IconArrowsSort, IconMinus, IconPencil, IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { StepChange } from "@/api/sequenceContent";
import type { Kind } from "@/flow/document";
import { KindIcon } from "@/ui/kinds";
import classes from "./History.module.css";

const SIGNS = {
  added: { icon: IconPlus, color: "var(--db-green)" },
  removed: { icon: IconMinus, color: "var(--db-red)" },
  changed: { icon: IconPencil, color: "var(--db-amber)" },
  moved: { icon: IconArrowsSort, color: "var(--db-text-2)" },
} as const;

/** What is different, step by step, and within a step field by field. */
export function Changes({ steps }: { readonly steps: readonly StepChange[] }) {
  return steps.map((step) => <StepChanges key={step.key} step={step} />);
}

function StepChanges({ step }: { readonly step: StepChange }) {
  const { t } = useTranslation("sequences");
  const { icon: Icon, color } = SIGNS[step.change];
  const position = step.after_position ?? step.before_position ?? 0;
  return (
    <section className={classes.step}>
      <div className={classes.stepHead}>
        <Icon size={14} stroke={1.75} color={color} aria-hidden />
        <Text fw={500}>{t(`difference.${step.change}`)}</Text>
        <KindIcon kind={step.kind} />
        <Text truncate>
          {t("difference.step", { number: position, name: step.name || t(`kind.${step.kind as Kind}`) })}
        </Text>
      </div>
      {step.change === "changed" &&
        step.fields.map((field) => (
          <div key={field.path} className={classes.field}>
            <Text fz="xs" c="dimmed">
              {t(`field.${field.path}` as "field.delay", {
                defaultValue: field.path.replaceAll(/[._]/g, " "),
              })}
            </Text>
            <Value side="before" value={field.before} />
            <Value side="after" value={field.after} />
          </div>
        ))}
    </section>
  );
}

function Value({ side, value }: { readonly side: "before" | "after"; readonly value: unknown }) {
  const { t } = useTranslation("sequences");
  if (value === null || value === undefined || value === "") return null;
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  return (
    <pre className={classes.value} data-side={side}>
      <VisuallyHidden>{t(`difference.${side}`)} </VisuallyHidden>
      {text}
    </pre>
  );
}
