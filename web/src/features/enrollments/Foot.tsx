import { Group, Kbd, Progress, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

interface Job {
  readonly done: number;
  readonly total: number | null;
  readonly finished_at: string | null;
}

interface FootProps {
  readonly shown: number | undefined;
  readonly total: number | undefined;
  readonly job: Job | undefined;
}

/** How much is shown, how far a job is. */
export function Foot({ shown, total, job }: FootProps) {
  const { t } = useTranslation("enrollments");
  if (shown === undefined || total === undefined) return null;
  return (
    <Group px="xl" py="sm" justify="space-between" c="dimmed" fz="xs" mb={72}>
      <Text span inherit className="tabular" role="status">
        {t("shown", { count: shown, total })}
      </Text>
      {job && <Work job={job} />}
      <Group gap={6} visibleFrom="md" aria-hidden>
        <Kbd size="xs">j</Kbd>
        <Kbd size="xs">k</Kbd>
        <Kbd size="xs">x</Kbd>
        <Kbd size="xs">Enter</Kbd>
      </Group>
    </Group>
  );
}

function Work({ job }: { readonly job: Job }) {
  const { t } = useTranslation("enrollments");
  const { done, total } = job;
  if (job.finished_at !== null) {
    return (
      <Text span inherit role="status">
        {t("job.done", { done })}
      </Text>
    );
  }
  const says = t("job.running", { done, total: total ?? 0 });
  return (
    <Group gap={8}>
      <Progress w={120} size="sm" value={(100 * done) / Math.max(1, total ?? 1)} aria-label={says} />
      <Text span inherit role="status">
        {says}
      </Text>
    </Group>
  );
}
