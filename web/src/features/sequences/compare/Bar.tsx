import { Anchor, Group, NativeSelect, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Version } from "@/api/sequenceContent";
import { ViewSwitch } from "../head/ViewSwitch";
import type { Replaced } from "../history/replaced";
import { Restore, type RestoreProps } from "../history/Restore";
import { useReplaced } from "../history/useReplaced";
import type { SequenceContext } from "../SequenceContext";
import classes from "./Compare.module.css";
import { Counts } from "./Counts";
import { DRAFT, REPLACED, type Chosen, type Compared } from "./useSides";

interface BarProps extends SequenceContext {
  readonly versions: readonly Version[];
  readonly chosen: Chosen;
  readonly both: Compared | undefined;
}

/** Which two, how many differences, and what can be done about them. */
export function Bar({ sequence, editor, mayEdit, chosen, versions, both }: BarProps) {
  const { t } = useTranslation("compare");
  const { before, after } = chosen;
  const { replaced } = useReplaced(sequence.id, editor?.document);
  const mayRestore = mayEdit && editor && before !== DRAFT && after === DRAFT;
  return (
    <div className={classes.bar}>
      <Anchor component={Link} to={`/sequences/${sequence.id}/history`} fz="sm">
        {t("back")}
      </Anchor>
      <Pickers {...{ chosen, versions, replaced }} />
      <Text fz="sm" role="status">
        {both && <Counts comparison={both.comparison} />}
      </Text>
      <Group gap="sm" ml="auto">
        {mayRestore && both && <Back {...{ sequence, editor, both }} side={before} />}
        <ViewSwitch sequence={sequence.id} />
      </Group>
    </div>
  );
}

interface BackProps extends Pick<RestoreProps, "sequence" | "editor"> {
  readonly both: Compared;
  readonly side: string;
}

function Back({ both: { comparison, sides }, side, ...of }: BackProps) {
  const { t } = useTranslation("compare");
  if (comparison.steps.length === 0) return null;
  const name = side === REPLACED ? t("replaced") : t("version", { number: side });
  return <Restore {...of} sides={sides} name={name} />;
}

interface PickersProps extends Pick<BarProps, "chosen" | "versions"> {
  readonly replaced: Replaced | undefined;
}

function Pickers({ chosen: { before, after, choose }, versions, replaced }: PickersProps) {
  const { t } = useTranslation("compare");
  const data = [
    { value: DRAFT, label: t("draft") },
    ...(replaced ? [{ value: REPLACED, label: t("replaced") }] : []),
    ...versions.map(({ number, current }) => ({
      value: String(number),
      label: t(current ? "live" : "version", { number }),
    })),
  ];
  return (["before", "after"] as const).map((side) => (
    <Group key={side} gap={6} wrap="nowrap">
      <Text fz="sm" c="dimmed">
        {t(side === "before" ? "from" : "to")}
      </Text>
      <NativeSelect
        size="xs"
        aria-label={t(side === "before" ? "from" : "to")}
        data={data}
        value={side === "before" ? before : after}
        onChange={(event) => {
          choose({ [side]: event.currentTarget.value });
        }}
      />
    </Group>
  ));
}
