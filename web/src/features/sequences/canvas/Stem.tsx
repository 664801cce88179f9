import { Popover, UnstyledButton } from "@mantine/core";
import { IconClock } from "@tabler/icons-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { delayOf } from "@/flow/delay";
import { DelayFields } from "../editor/DelayFields";
import { delayWords } from "../stepWords";
import classes from "./Edge.module.css";
import type { StepData } from "./drawn";
import { Plus } from "./Plus";
import { useCanvas } from "./room";

/** What stands on the line right above a node: how long it waits, and the place for another step. */
export function Stem({ data }: { readonly data: StepData }) {
  const { readOnly } = useCanvas();
  const slot = readOnly ? undefined : data.slot;
  if (data.delay === "" && slot === undefined) return null;
  return (
    <span className={classes.stem}>
      {data.delay !== "" && <Delay step={data.key} delay={data.delay} when={data.when} />}
      {slot && (
        <span className={classes.stemPlus} data-beside={data.delay !== "" || undefined}>
          <Plus slot={slot} where={data.title} />
        </span>
      )}
    </span>
  );
}

interface DelayProps {
  readonly step: string;
  readonly delay: string;
  readonly when: string;
}

/** A step put in above gives all below it another number: their delays stay as they are drawn. */
const Delay = memo(function Delay({ step, delay, when }: DelayProps) {
  const { t } = useTranslation("sequences");
  const { deeds, readOnly } = useCanvas();
  const content = (
    <>
      <IconClock size={13} stroke={1.75} aria-hidden />
      {when}
    </>
  );
  if (readOnly) return <span className={classes.delay}>{content}</span>;
  return (
    <Popover position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton
          className={`nodrag nopan ${classes.delay ?? ""}`}
          aria-label={t("delay.change", { delay: delayWords(t, delayOf(delay)) })}
        >
          {content}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className="nodrag nowheel">
        <DelayFields
          value={delay}
          label={t("delay.label")}
          onChange={(changed) => {
            deeds.changeDelay(step, changed);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
});
