import { Button, Group, Stack, Switch, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { SplitStep } from "@/flow/document";
import { addEntry, evenly, freeName, percents, weigh, withShare } from "@/flow/branches";
import { problemsOf } from "@/flow/places";
import { PickNumber } from "@/ui/picks";
import { At } from "../At";
import type { InspectorProps } from "../Inspector";
import { useField } from "../useField";
import { BranchCard } from "./BranchCard";
import { below } from "./ConditionForm";
import classes from "./Kinds.module.css";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const COLOURS = 4;

/** The arms of a split with the share of people that each gets. */
export function SplitForm(props: InspectorProps) {
  const { t } = useTranslation("sequences");
  const change = useField<SplitStep>(props);
  const { step, acts, readOnly, problems } = props;
  if (step.kind !== "split") return null;
  const arms = step.arms ?? [];
  const shares = percents(arms.map(({ weight = 1 }) => weight));
  return (
    <Stack gap="sm">
      <Text c="dimmed">{t("arms.hint")}</Text>
      <div className={classes.shares} aria-hidden>
        {shares.map((share, index) => (
          <span
            key={index}
            style={{ flexGrow: share, background: `var(--db-chart-${(index % COLOURS) + 1})` }}
            hidden={share === 0}
          />
        ))}
      </div>
      <Stack gap="sm" component="ol" m={0} p={0}>
        {arms.map((arm, index) => (
          <BranchCard
            key={index}
            {...props}
            list="arms"
            index={index}
            beside={
              <Group gap={2} wrap="nowrap">
                <PickNumber
                  label={t("arms.share", { name: arm.name })}
                  disabled={readOnly}
                  max={100}
                  value={shares[index] ?? 0}
                  onChange={(share) => {
                    acts.edit((held) => weigh(held, step.key, withShare(shares, index, share)));
                  }}
                />
                %
              </Group>
            }
          />
        ))}
      </Stack>
      <At place="arms" problems={problemsOf(problems(step.key), "arms")}>
        {!readOnly && (
          <Group gap="sm">
            <Button
              size="xs"
              variant="default"
              leftSection={<IconPlus size={14} aria-hidden />}
              onClick={() => {
                const name = freeName(arms, (number) => LETTERS[number - 1] ?? String(number));
                acts.edit((held) => {
                  const grown = addEntry(held, step.key, { name }, below(held, step.key));
                  return weigh(grown, step.key, evenly(arms.length + 1));
                });
              }}
            >
              {t("arms.add")}
            </Button>
            {new Set(shares).size > 1 && (
              <Button
                size="xs"
                variant="subtle"
                onClick={() => {
                  acts.edit((held) => weigh(held, step.key, evenly(arms.length)));
                }}
              >
                {t("arms.even")}
              </Button>
            )}
          </Group>
        )}
      </At>
      <Switch
        label={t("arms.winner")}
        description={t("arms.winnerHint")}
        disabled={readOnly}
        checked={step.automatic_winner ?? false}
        onChange={(event) => {
          change("automatic_winner", event.currentTarget.checked);
        }}
      />
    </Stack>
  );
}
