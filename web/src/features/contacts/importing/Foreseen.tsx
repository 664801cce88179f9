import { Skeleton, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/client";
import type { Foreseen as Told } from "@/api/imports";
import { Figure } from "@/ui/Figure";
import { Problem } from "@/ui/Problem";
import classes from "./Import.module.css";

interface ForeseenProps {
  readonly foreseen: Told | undefined;
  readonly failed: Error | null;
  readonly lacksAddress: boolean;
  readonly lines: number;
}

const SHOWN = 8;

/** What the import would do: counts, and the first rows that are refused with their reasons. */
export function Foreseen({ foreseen, failed, lacksAddress, lines }: ForeseenProps) {
  const { t } = useTranslation("contacts");
  if (lacksAddress)
    return <Problem tone="amber" title={t("import.noAddress")} text={t("import.noAddressHint")} />;
  if (failed !== null) return <Problem tone="red" title={detailOf(failed) ?? t("failed")} />;
  if (foreseen === undefined) return <Skeleton h={86} radius="lg" />;
  return <Shown told={foreseen} lines={lines} />;
}

function detailOf(failed: Error): string | undefined {
  return failed instanceof ApiError ? failed.problem?.detail : undefined;
}

interface ShownProps {
  readonly told: Told;
  readonly lines: number;
}

function Shown({
  told: { created, updated, skipped, refused, refusals, rows, is_all, enrolled, sequence },
  lines,
}: ShownProps) {
  const { t, i18n } = useTranslation("contacts");
  const number = (value: number) => value.toLocaleString(i18n.language);
  return (
    <section>
      <Title order={2} mb="xs">
        {is_all
          ? t("import.foreseen")
          : t("import.foreseenFirst", { rows: number(rows), lines: number(lines) })}
      </Title>
      <div className={classes.figures}>
        <Figure value={created} label={t("import.created")} />
        <Figure value={updated} label={t("import.updated")} />
        <Figure value={skipped} label={t("import.skipped")} />
        <Figure value={refused} label={t("import.refused")} />
      </div>
      {sequence !== null && enrolled > 0 && (
        <Text mt="xs">{t("import.enrolls", { count: enrolled, sequence: sequence.name })}</Text>
      )}
      {refusals.slice(0, SHOWN).map(({ line, reason }) => (
        <Problem key={line} tone="amber" title={t("import.line", { line })} text={reason} />
      ))}
      {refused > SHOWN && <Text c="dimmed">{t("import.moreRefused", { count: refused - SHOWN })}</Text>}
    </section>
  );
}
