import { Button, Group, Progress as Bar, Stack, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type Import, isRunning, refusalsAddress, useCancelImport } from "@/api/imports";
import { Figure } from "@/ui/Figure";
import { Problem } from "@/ui/Problem";
import classes from "./Import.module.css";

/** How far an import is, what it did, and the rows it refused. */
export function Progress({ file }: { readonly file: Import }) {
  const { t } = useTranslation("contacts");
  const { state, done, total, created, updated, skipped, refused, fault } = file.progress;
  const cancel = useCancelImport();
  const runs = isRunning(file);
  const percent = state === "done" ? 100 : total > 0 ? Math.min(99, (done / total) * 100) : 0;
  return (
    <Stack gap="lg">
      <div>
        <Group justify="space-between" mb={6}>
          <Text fw={500} role="status">
            {t(`import.state.${stateOf(state)}`)}
          </Text>
          <Text c="dimmed" className="tabular">
            {t("import.lines", { done: done.toLocaleString(), total: total.toLocaleString() })}
          </Text>
        </Group>
        <Bar value={percent} size="md" animated={runs} aria-label={t("import.title")} />
      </div>
      <div className={classes.figures}>
        <Figure value={created} label={t("import.created")} />
        <Figure value={updated} label={t("import.updated")} />
        <Figure value={skipped} label={t("import.skipped")} />
        <Figure value={refused} label={t("import.refused")} />
      </div>
      {fault !== "" && <Problem tone="red" title={t("import.state.failed")} text={fault} />}
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
    </Stack>
  );
}

const STATES = ["uploaded", "waiting", "running", "done", "failed", "cancelled"] as const;

export function stateOf(state: string) {
  return STATES.find((each) => each === state) ?? "waiting";
}
