import { Popover, UnstyledButton } from "@mantine/core";
import { IconClock } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { delayOf } from "@/flow/delay";
import { delayWords } from "../stepWords";
import { DelayFields } from "./DelayFields";
import { KindPicker } from "./KindPicker";
import type { Offer } from "./offers";
import classes from "./Gap.module.css";

interface GapProps {
  /** The delay of the step below; undefined at the end of the line. */
  readonly delay?: string | undefined;
  /** Whether the step above is chosen: the place where a new step is likely to go. */
  readonly here: boolean;
  readonly readOnly: boolean;
  /** Beside words that say where the way goes on. */
  readonly inline?: boolean;
  readonly onDelay?: (delay: string) => void;
  /** Left out where ways come together: there is no single place for another step. */
  readonly onAdd?: ((offer: Offer) => void) | undefined;
}

/** What lies between two steps: the time, and the place for another one. */
export function Gap({ delay, readOnly, inline = false, ...rest }: GapProps) {
  const isShort = readOnly && delay === undefined;
  return (
    <div className={classes.gap} data-short={isShort || undefined} data-inline={inline || undefined}>
      <div className={classes.between}>
        {readOnly ? <Shown delay={delay} /> : <Changeable delay={delay} {...rest} />}
      </div>
    </div>
  );
}

function Shown({ delay }: Pick<GapProps, "delay">) {
  return delay === undefined ? null : <DelayPill delay={delay} onDelay={undefined} />;
}

function Changeable({ delay, here, onDelay, onAdd }: Omit<GapProps, "readOnly" | "inline">) {
  return (
    <>
      {delay !== undefined && <DelayPill delay={delay} onDelay={onDelay} />}
      {onAdd && <KindPicker here={here} onAdd={onAdd} />}
    </>
  );
}

interface DelayPillProps {
  readonly delay: string;
  readonly onDelay: ((delay: string) => void) | undefined;
}

function DelayPill({ delay, onDelay }: DelayPillProps) {
  const { t } = useTranslation("sequences");
  const { value } = delayOf(delay);
  const words = delayWords(t, delayOf(delay));
  const content = (
    <>
      <IconClock size={14} stroke={1.75} aria-hidden />
      {value === 0 ? words : `+${words}`}
    </>
  );
  if (onDelay === undefined) return <span className={classes.delay}>{content}</span>;
  return (
    <Popover position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className={classes.delay ?? ""} aria-label={t("delay.change", { delay: words })}>
          {content}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <DelayFields value={delay} label={t("delay.label")} onChange={onDelay} />
      </Popover.Dropdown>
    </Popover>
  );
}
