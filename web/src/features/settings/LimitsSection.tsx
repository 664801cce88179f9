import { Group, Skeleton, Stack, TagsInput, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFlowNames } from "@/api/flowNames";
import type { WorkspaceSettings } from "@/api/types";
import { Panel } from "@/ui/Panel";
import { PickNumber, PickOne } from "@/ui/picks";
import { Sentence } from "@/ui/Sentence";
import classes from "./Settings.module.css";
import { SettingLine } from "./SettingLine";
import { type Settings, useSettings } from "./useSettings";

const CAPS = ["cap_per_minute", "cap_per_hour", "cap_per_day"] as const;
type Cap = (typeof CAPS)[number];
const FIRST: Readonly<Record<Cap, number>> = { cap_per_minute: 10, cap_per_hour: 100, cap_per_day: 500 };
const MOST = 10_000_000;
const MOST_AT_ONCE = 100_000;

/** How much leaves, how much one request may do, and when something is late. */
export function LimitsSection() {
  const { values, mayEdit, set } = useSettings();
  if (values === undefined) return <Skeleton h={320} maw={680} radius="lg" />;
  return (
    <Stack gap="lg" className={classes.narrow}>
      <Caps values={values} mayEdit={mayEdit} set={set} />
      <Courtesy values={values} mayEdit={mayEdit} set={set} />
      <Others values={values} mayEdit={mayEdit} set={set} />
    </Stack>
  );
}

interface PartProps extends Settings {
  readonly values: WorkspaceSettings;
}

function Caps({ values, mayEdit, set }: PartProps) {
  const { t } = useTranslation("settings");
  return (
    <Panel title={t("limits.caps")}>
      {!mayEdit && <Text c="dimmed">{t("readOnly")}</Text>}
      <div className={classes.line}>
        {CAPS.map((cap) => (
          <Sentence
            key={cap}
            text={t(`limits.${cap}`)}
            parts={{
              many: (
                <PickCap
                  first={FIRST[cap]}
                  value={values[cap]}
                  disabled={!mayEdit}
                  onChange={(value) => {
                    set({ [cap]: value });
                  }}
                />
              ),
            }}
          />
        ))}
        <Text fz="xs" c="dimmed" maw={560} mt={4}>
          {t("limits.capsEffect")}
        </Text>
      </div>
    </Panel>
  );
}

interface PickCapProps {
  readonly first: number;
  readonly value: number | null;
  readonly disabled: boolean;
  readonly onChange: (value: number | null) => void;
}

/** "No limit", or "At most 500". */
function PickCap({ first, value, disabled, onChange }: PickCapProps) {
  const { t } = useTranslation("settings");
  return (
    <Group component="span" display="inline-flex" gap={6}>
      <PickOne
        label={t("limits.perLabel")}
        value={value === null ? "none" : "most"}
        disabled={disabled}
        options={[
          { value: "none", label: t("limits.noLimit") },
          { value: "most", label: t("limits.atMost") },
        ]}
        onChange={(which) => {
          onChange(which === "none" ? null : first);
        }}
      />
      {value !== null && (
        <PickNumber
          label={t("limits.number")}
          value={value}
          min={1}
          max={MOST}
          disabled={disabled}
          onChange={onChange}
        />
      )}
    </Group>
  );
}

const FIRST_FREQUENCY = 3;
const MOST_MESSAGES = 1_000;
const MOST_DAYS = 365;

/** How often one person hears from all sequences together, and which stages count as won. */
function Courtesy({ values, mayEdit, set }: PartProps) {
  const { t } = useTranslation("settings");
  const { frequency_cap: cap, frequency_cap_days: days, won_stages: won } = values;
  const { stages } = useFlowNames();
  return (
    <Panel title={t("courtesy.title")}>
      <SettingLine
        text={t(cap === null ? "courtesy.none" : "courtesy.sentence")}
        effect={t("courtesy.effect")}
        parts={{
          which: (
            <PickOne
              label={t("courtesy.label")}
              value={cap === null ? "none" : "most"}
              disabled={!mayEdit}
              options={[
                { value: "none", label: t("courtesy.anyNumber") },
                { value: "most", label: t("courtesy.atMost") },
              ]}
              onChange={(to) => {
                set({ frequency_cap: to === "none" ? null : FIRST_FREQUENCY });
              }}
            />
          ),
          many: (
            <PickNumber
              label={t("courtesy.many")}
              value={cap ?? FIRST_FREQUENCY}
              min={1}
              max={MOST_MESSAGES}
              disabled={!mayEdit}
              onChange={(n) => {
                set({ frequency_cap: n });
              }}
            />
          ),
          days: (
            <PickNumber
              label={t("courtesy.days")}
              value={days}
              min={1}
              max={MOST_DAYS}
              disabled={!mayEdit}
              onChange={(n) => {
                set({ frequency_cap_days: n });
              }}
            />
          ),
        }}
      />
      <Stack gap={4} className={classes.line}>
        <TagsInput
          label={t("courtesy.won")}
          description={t("courtesy.wonEffect")}
          disabled={!mayEdit}
          data={[...new Set(stages)]}
          value={[...won]}
          onChange={(stages) => {
            set({ won_stages: stages });
          }}
        />
      </Stack>
    </Panel>
  );
}

function Others({ values, mayEdit, set }: PartProps) {
  const { t } = useTranslation("settings");
  const batch = (
    <PickNumber
      label={t("limits.batchLabel")}
      value={values.sequence_batch_limit}
      min={1}
      max={MOST_AT_ONCE}
      disabled={!mayEdit}
      onChange={(n) => {
        set({ sequence_batch_limit: n });
      }}
    />
  );
  const overdue = (
    <PickNumber
      label={t("limits.overdueLabel")}
      value={values.overdue_minutes}
      min={1}
      max={MOST_AT_ONCE}
      disabled={!mayEdit}
      onChange={(n) => {
        set({ overdue_minutes: n });
      }}
    />
  );
  return (
    <Panel title={t("section.limits")}>
      <SettingLine text={t("limits.batch")} parts={{ n: batch }} effect={t("limits.batchEffect")} />
      <SettingLine text={t("limits.overdue")} parts={{ n: overdue }} effect={t("limits.overdueEffect")} />
    </Panel>
  );
}
