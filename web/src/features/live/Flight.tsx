import { useTranslation } from "react-i18next";
import type { Said } from "@/api/types";
import classes from "./Lines.module.css";

interface FlightProps {
  readonly said: Said;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** 0 is nearest to the line; a second answer flies higher. */
  readonly level: number;
}

const LETTER = 6.3;
const BEND = 36;
const TO_TEXT = 46;

/** An answer: the person leaves the line upwards and says what is no longer sent. */
export function Flight({ said, x, y, width, level }: FlightProps) {
  const { t } = useTranslation("live");
  const name = said.contact;
  const count = said.will_not_be_sent;
  const full = count > 0 ? t("line.repliedSpared", { name, count }) : t("line.replied", { name });
  const fits = (text: string) => Math.max(x, width - x) - TO_TEXT > text.length * LETTER;
  const text = fits(full) ? full : t("line.replied", { name });
  const way = x + TO_TEXT + text.length * LETTER > width ? -1 : 1;
  const top = y - 30 - level * 15;
  return (
    <g className={classes.flight}>
      <path
        d={`M${x} ${y - 5}q${way * 12} ${top - y + 5} ${way * BEND} ${top - y + 5}`}
        fill="none"
        stroke="var(--db-green)"
        strokeWidth={1.5}
        strokeDasharray="3 4"
      />
      <circle cx={x + way * BEND} cy={top} r={4} fill="var(--db-green)" />
      <text
        x={x + way * TO_TEXT}
        y={top + 4}
        textAnchor={way < 0 ? "end" : "start"}
        className={classes.answer}
      >
        {text}
      </text>
    </g>
  );
}
