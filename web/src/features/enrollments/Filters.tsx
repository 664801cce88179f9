import { Group, Select } from "@mantine/core";
import {
  IconAlertOctagon,
  IconArrowBackUp,
  IconCircleCheck,
  IconHourglass,
  IconPlayerPause,
  IconPlayerPlay,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { EnrollmentCounts } from "@/api/enrollments";
import { type Chip, Chips } from "@/ui/Chips";
import { FilterBar } from "@/ui/FilterBar";
import { type Section, useWords } from "@/ui/words/useWords";
import type { View } from "./SequenceEnrollments";
import { useStepName } from "./words";

interface FiltersProps {
  readonly view: View;
  readonly onView: (changed: Partial<View>) => void;
  readonly counts: EnrollmentCounts | undefined;
}

const GROUPS = [
  "all",
  "running",
  "waiting",
  "paused",
  "blocked",
  "replied",
  "completed",
  "other_ends",
] as const;
const ICONS: Readonly<Record<string, typeof IconPlayerPlay>> = {
  running: IconPlayerPlay,
  waiting: IconHourglass,
  paused: IconPlayerPause,
  blocked: IconAlertOctagon,
  replied: IconArrowBackUp,
  completed: IconCircleCheck,
};

/** What narrows the table, each with its count. */
export function Filters({ view, onView, counts }: FiltersProps) {
  const { t } = useTranslation("enrollments");
  const countOf = (group: string) =>
    group === "all" ? counts?.total : counts?.groups.find(({ value }) => value === group)?.count;
  const chips: Chip<string>[] = GROUPS.filter(
    (group) => group === "all" || group === "running" || group === view.group || (countOf(group) ?? 0) > 0,
  ).map((group) => ({
    value: group,
    label: t(`group.${group}`),
    count: countOf(group),
    ...(ICONS[group] !== undefined && { icon: ICONS[group] }),
  }));
  return (
    <FilterBar
      search={{
        value: view.q,
        onChange: (q) => {
          onView({ q });
        },
        label: t("search"),
      }}
      right={<Picks view={view} onView={onView} counts={counts} />}
    >
      <Chips
        label={t("filter.group")}
        value={view.group}
        chips={chips}
        onChange={(group) => {
          onView({ group, reason: "" });
        }}
      />
    </FilterBar>
  );
}

function Picks({ view, onView, counts }: FiltersProps) {
  const { t } = useTranslation("enrollments");
  const reasons = useReasons(view, counts);
  const steps = useSteps(counts);
  const senders = (counts?.senders ?? []).map(({ sender, count }) => ({
    value: String(sender.id),
    label: `${sender.name} ${count}`,
  }));
  return (
    <Group gap={6} wrap="nowrap" visibleFrom="md">
      {reasons.length > 1 && (
        <Pick
          label={t("filter.reason")}
          value={view.reason}
          data={reasons}
          onPick={(reason) => {
            onView({ reason });
          }}
        />
      )}
      <Pick
        label={t("filter.step")}
        value={view.step}
        data={steps}
        onPick={(step) => {
          onView({ step });
        }}
      />
      {senders.length > 1 && (
        <Pick
          label={t("filter.sender")}
          value={view.sender}
          data={senders}
          onPick={(sender) => {
            onView({ sender });
          }}
        />
      )}
    </Group>
  );
}

interface PickProps {
  readonly label: string;
  readonly value: string;
  readonly data: readonly { readonly value: string; readonly label: string }[];
  readonly onPick: (value: string) => void;
}

function Pick({ label, value, data, onPick }: PickProps) {
  return (
    <Select
      aria-label={label}
      placeholder={label}
      value={value === "" ? null : value}
      data={[...data]}
      clearable
      w={value === "" ? 104 : 150}
      comboboxProps={{ width: 240, position: "bottom-end" }}
      onChange={(picked) => {
        onPick(picked ?? "");
      }}
    />
  );
}

const SECTIONS: Readonly<Record<string, Section>> = {
  paused: "pauseReason",
  blocked: "blockReason",
  finished: "finished",
};
const STATE_OF: Readonly<Record<string, string>> = {
  paused: "paused",
  blocked: "blocked",
  other_ends: "finished",
};

/** The reasons that occur within the chosen group. */
function useReasons({ group }: View, counts: EnrollmentCounts | undefined) {
  const { word } = useWords();
  const state = STATE_OF[group];
  return (counts?.states ?? [])
    .filter((one) => one.reason !== "" && (state === undefined ? group === "all" : one.state === state))
    .filter((one) => group !== "other_ends" || (one.reason !== "replied" && one.reason !== "completed"))
    .map((one) => ({
      value: one.reason,
      label: `${word(SECTIONS[one.state] ?? "finished", one.reason)} ${one.count}`,
    }))
    .filter((one, index, all) => all.findIndex(({ value }) => value === one.value) === index);
}

function useSteps(counts: EnrollmentCounts | undefined) {
  const nameOf = useStepName();
  return (counts?.steps ?? [])
    .filter((step) => step.count > 0)
    .map((step) => ({
      value: step.step,
      label: `${step.number > 0 ? `${step.number}. ` : ""}${nameOf(step)} ${step.count}`,
    }));
}
