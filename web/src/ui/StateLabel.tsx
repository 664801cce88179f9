import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./StateLabel.module.css";
import { enrollmentLook, type Look, touchLook } from "./states";
import { type Section, useWords, type Words } from "./words/useWords";

interface MarkedProps {
  readonly look: Look;
  readonly label: string;
  /** Why, in a few words. */
  readonly note?: ReactNode;
  /** Washed: for the head of a page only. */
  readonly pill?: boolean;
}

/** Icon, word and reason on one line. The colour is on the icon alone. */
export function Marked({ look, label, note, pill = false }: MarkedProps) {
  return (
    <span
      className={classes.label}
      style={pill ? { background: look.wash } : undefined}
      data-pill={pill || undefined}
    >
      <look.icon size={14} stroke={1.75} color={look.color} aria-hidden style={{ flex: "none" }} />
      <Text span inherit fw={500}>
        {label}
      </Text>
      {note !== undefined && note !== "" && (
        <Text span inherit c="dimmed" className={classes.note}>
          {"· "}
          {note}
        </Text>
      )}
    </span>
  );
}

interface StateLabelProps {
  /** Of an enrollment, as the API says it. */
  readonly state: string;
  readonly reason?: string | null | undefined;
  /** Takes the place of the reason's word: "out of office to 30 Nov". */
  readonly note?: ReactNode;
  readonly pill?: boolean;
}

const REASONS: Readonly<Record<string, Section>> = { paused: "pauseReason", blocked: "blockReason" };

/** The state of an enrollment; a finished one says by what it finished. */
export function StateLabel({ state, reason, note, pill = false }: StateLabelProps) {
  const words = useWords();
  const why = reason ?? "";
  const isNamed = state === "finished" && why !== "";
  return (
    <Marked
      look={enrollmentLook(state, why)}
      label={isNamed ? words.word("finished", why) : words.word("state", state)}
      note={note ?? reasonOf(words, state, why)}
      pill={pill}
    />
  );
}

function reasonOf(words: Words, state: string, reason: string): string {
  const section = REASONS[state];
  if (state === "finished" && reason === "manual") return words.word("finishReason", reason);
  return section === undefined || reason === "" ? "" : words.word(section, reason);
}

interface TouchLabelProps {
  readonly status: string;
  /** Why it was skipped, why it failed, or what holds it. */
  readonly reason?: string | null | undefined;
  readonly note?: ReactNode;
}

const TOUCH_REASONS: Readonly<Record<string, Section>> = { skipped: "skip", failed: "failure" };

/** The status of a touch or a task. */
export function TouchLabel({ status, reason, note }: TouchLabelProps) {
  const { word } = useWords();
  const why = reason == null || reason === "" ? "" : word(TOUCH_REASONS[status] ?? "hold", reason);
  return <Marked look={touchLook(status)} label={word("touch", status)} note={note ?? why} />;
}
