import { Button, Group, Progress as Bar, Stack, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type Import, isRunning, refusalsAddress, useCancelImport } from "@/api/imports";
import { Figure } from "@/ui/Figure";
import { Problem } from "@/ui/Problem";
import { useTimeLeft } from "./timeLeft";
import classes from "./Import.module.css";

interface ProgressProps {
  readonly file: Import;
}

/** How far an import is, what it did, and the rows it refused. */
export function Progress({ file }: ProgressProps) {
  const { t } = useTranslation("contacts");
  const { created, updated, skipped, refused, enrolled, fault } = file.progress;
  return (
    <Stack gap="lg">
      <HowFar file={file} />
      <div className={classes.figures}>
        <Figure value={created} label={t("import.created")} />
        <Figure value={updated} label={t("import.updated")} />
        <Figure value={skipped} label={t("import.skipped")} />
        <Figure value={refused} label={t("import.refused")} />
      </div>
      {enrolled > 0 && <Text>{t("import.enrolled", { count: enrolled })}</Text>}
      {fault !== "" && <Problem tone="red" title={t("import.state.failed")} text={fault} />}
      <Acts file={file} />
    </Stack>
  );
}

function HowFar({ file }: ProgressProps) {
  const { t, i18n } = useTranslation("contacts");
  const number = (value: number) => value.toLocaleString(i18n.language);
  const { state, done, total } = file.progress;
  const left = useTimeLeft(state === "running" ? done : 0, total);
  const percent = state === "done" ? 100 : total > 0 ? Math.min(99, (done / total) * 100) : 0;
  return (
    <div>
      <Group justify="space-between" mb={6}>
        <Text fw={500} role="status">
          {t(`import.state.${stateOf(state)}`)}
        </Text>
        <Text c="dimmed" className="tabular">
          {t("import.lines", { done: number(done), total: number(total) })}
          {left !== undefined && ` · ${left}`}
        </Text>
      </Group>
      <Bar value={percent} size="md" animated={isRunning(file)} aria-label={t("import.title")} />
    </div>
  );
}

function Acts({ file }: ProgressProps) {
  const { t } = useTranslation("contacts");
  const cancel = useCancelImport();
  const runs = isRunning(file);
  const { refused } = file.progress;
  return (
    <Group gap="sm">
      {!runs && (
        <Button component={Link} to="/contacts">
          {t("import.see")}
        </Button>
      )}
      {refused > 0 && (
        <Button
          component="a"
          href={refusalsAddress(file.id)}
          variant="default"
          leftSection={<IconDownload size={16} />}
        >
          {t("import.fetchRefused", { count: refused })}
        </Button>
      )}
      {runs && (
        <Button
          variant="default"
          loading={cancel.isPending}
          onClick={() => {
            cancel.mutate(file.id);
          }}
        >
          {t("import.cancel")}
        </Button>
      )}
    </Group>
  );
}

const STATES = ["uploaded", "waiting", "running", "done", "failed", "cancelled"] as const;

export function stateOf(state: string) {
  return STATES.find((each) => each === state) ?? "waiting";
}
