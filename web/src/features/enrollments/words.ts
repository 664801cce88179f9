import { useTranslation } from "react-i18next";
import type { Enrollment, WhyLine } from "@/api/enrollments";
import { type Section, useWords } from "@/ui/words/useWords";

interface Step {
  readonly kind: string;
  readonly job_type: string;
  readonly name?: string;
}

/** Name a step as people do: a task by its title, a message by what it is. */
export function useStepName(): (step: Step) => string {
  const { word } = useWords();
  return ({ kind, job_type: jobType, name = "" }) => {
    if (kind === "task" && name !== "") return name;
    if (jobType !== "") return word("jobType", jobType);
    return kind === "" ? name : word("kind", kind);
  };
}

const WHY: Readonly<Record<string, Section>> = {
  failed: "failure",
  skipped: "skip",
  paused: "pauseReason",
  blocked: "blockReason",
  finished: "finishReason",
};

/** Say one decision in the words of the reader. */
export function useLineWords(): (line: WhyLine) => string {
  const { t } = useTranslation("enrollments");
  const { word } = useWords();
  const nameOf = useStepName();
  return (line) => {
    const section = WHY[line.rule];
    const rule = line.rule === "waited" && line.reason === "timed_out" ? "waited_in_vain" : line.rule;
    return t(`line.${rule}` as "line.settled", {
      defaultValue: line.sentence,
      step: stepOf(line, nameOf, t("last.step", { number: line.number })),
      status: word("touch", line.reason),
      event: word("event", line.reason),
      elsewhere: t(`elsewhere.${line.reason}` as "elsewhere.loop", {
        defaultValue: word("enroll", line.reason),
      }),
      stays: t(`stays.${line.reason}` as "stays.step_behind", {
        defaultValue: word("finishReason", line.reason),
      }),
      why: section === undefined ? line.reason : word(section, line.reason),
      reason: line.rule === "resolved" ? t(`resolution.${line.reason}` as "resolution.skip") : line.reason,
    });
  };
}

function stepOf(line: WhyLine, nameOf: (step: Step) => string, numbered: string): string {
  const name = nameOf(line);
  if (name === "") return line.number > 0 ? numbered : line.step;
  return line.number > 0 ? `${name} (${numbered})` : name;
}

/** Say the last event of a row; without one it was enrolled. */
export function useLastWords(): (row: Enrollment) => string {
  const { t } = useTranslation("enrollments");
  const { word } = useWords();
  return ({ last }) => {
    if (last === null) return t("last.enrolled");
    return t(`last.${last.rule}` as "last.settled", {
      defaultValue: last.rule,
      step: last.number > 0 ? t("last.step", { number: last.number }) : last.step,
      status: word("touch", last.reason),
      end: word("finished", last.reason),
    });
  };
}
