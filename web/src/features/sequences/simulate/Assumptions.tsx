import { useTranslation } from "react-i18next";
import type { useCrowds } from "@/api/simulations";
import { PickNumber, PickOne } from "@/ui/picks";
import { Sentence } from "@/ui/Sentence";
import type { Choices, Happening } from "./choices";

const MOST_PEOPLE = 10_000;
const MOST_DAYS = 730;

interface AssumptionsProps {
  readonly choices: Choices;
  /** Of the version that new enrollments get. */
  readonly number: number | undefined;
  readonly crowds: ReturnType<typeof useCrowds>;
  readonly onChange: (choices: Choices) => void;
}

/** For whom, how long, and how people behave, as sentences. */
export function Assumptions({ choices, number, crowds, onChange }: AssumptionsProps) {
  const { t } = useTranslation("simulate");
  const set = (part: Partial<Choices>) => {
    onChange({ ...choices, ...part });
  };
  const count = (name: "people" | "days" | "seed", min: number, max: number) => (
    <PickNumber
      label={t(`label.${name}`)}
      value={choices[name]}
      min={min}
      max={max}
      onChange={(value) => {
        set({ [name]: value });
      }}
    />
  );
  const percent = (name: Happening) => (
    <PickNumber
      label={t(`label.${name}`)}
      value={choices.percent[name]}
      max={100}
      onChange={(value) => {
        set({ percent: { ...choices.percent, [name]: value } });
      }}
    />
  );
  return (
    <>
      <Sentence
        text={t(choices.whom === "imagined" ? "whomImagined" : "whom")}
        parts={{
          people: count("people", 1, MOST_PEOPLE),
          days: count("days", 1, MOST_DAYS),
          whom: <Whom {...{ choices, crowds, set }} />,
          version: <Version {...{ choices, number, set }} />,
        }}
      />
      <Sentence
        text={t("assumed")}
        parts={{
          replied: percent("replied"),
          opened: percent("opened"),
          bounced: percent("bounced"),
          opted_out: percent("opted_out"),
        }}
      />
      <Sentence text={t("tasks")} parts={{ tasks: percent("tasks"), seed: count("seed", 0, 1_000_000) }} />
    </>
  );
}

interface PartProps {
  readonly choices: Choices;
  readonly set: (part: Partial<Choices>) => void;
}

function Whom({ choices, crowds, set }: PartProps & Pick<AssumptionsProps, "crowds">) {
  const { t } = useTranslation("simulate");
  return (
    <PickOne
      label={t("label.whom")}
      value={choices.whom}
      onChange={(whom) => {
        set({ whom });
      }}
      options={[
        { value: "imagined", label: t("imagined") },
        ...crowds.lists.map(({ id, name }) => ({ value: `list ${id}`, label: t("list", { name }) })),
        ...crowds.segments.map(({ id, name }) => ({ value: `segment ${id}`, label: t("segment", { name }) })),
      ]}
    />
  );
}

function Version({ choices, number, set }: PartProps & Pick<AssumptionsProps, "number">) {
  const { t } = useTranslation("simulate");
  const published = number === undefined ? [] : [{ value: "", label: t("version", { number }) }];
  return (
    <PickOne
      label={t("label.version")}
      value={choices.version}
      onChange={(version) => {
        set({ version });
      }}
      options={[...published, { value: "draft", label: t("draft") }]}
    />
  );
}
