import { Button, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMovePeople, type MovePerson, type StepMap } from "@/api/sequenceCare";
import type { FlowDocument } from "@/flow/document";
import { stepAt } from "@/flow/ways";
import { Moment } from "@/ui/Moment";
import { problemText } from "../problemText";
import { stepTitle } from "../stepWords";
import classes from "./Publish.module.css";

interface MovePeopleProps {
  readonly id: number;
  readonly number: number;
  readonly steps: StepMap;
  readonly flow: FlowDocument | undefined;
}

/** The first people with what comes next for them, and when. */
export function MovePeople({ id, number, steps, flow }: MovePeopleProps) {
  const { t } = useTranslation("sequences");
  const [open, setOpen] = useState(false);
  const { data: people, isPlaceholderData: isOld, error } = useMovePeople(id, number, steps, open);
  if (!open) {
    return (
      <Button
        size="xs"
        variant="subtle"
        my="sm"
        onClick={() => {
          setOpen(true);
        }}
      >
        {t("move.who")}
      </Button>
    );
  }
  return (
    <ul className={classes.lines} aria-busy={isOld}>
      {error !== null && <li role="alert">{problemText(t, error)}</li>}
      {people?.items.map((person) => (
        <Person key={person.id} person={person} flow={flow} />
      ))}
      {people?.next_cursor != null && (
        <li>
          <Text c="dimmed">{t("move.more")}</Text>
        </li>
      )}
    </ul>
  );
}

interface PersonProps {
  readonly person: MovePerson;
  readonly flow: FlowDocument | undefined;
}

function Person({ person, flow }: PersonProps) {
  return (
    <li>
      <span>
        {person.contact.name}
        <Text fz="xs" c="dimmed">
          <Next person={person} flow={flow} />
        </Text>
      </span>
      <Text fz="xs" ta="right" className="tabular">
        <Due person={person} />
      </Text>
    </li>
  );
}

/** The step that comes next for who moves, else what comes of them. */
function Next({ person: { course, to }, flow }: PersonProps) {
  const { t } = useTranslation("sequences");
  const step = flow && stepAt(flow, to);
  return moves(course) && flow && step ? stepTitle(t, step, flow) : t(`move.course.${course}`);
}

/** When it comes, and when it would by the other version. */
function Due({ person: { course, due_at, new_due_at } }: Pick<PersonProps, "person">) {
  const isOther = moves(course) && new_due_at !== due_at;
  return (
    <>
      {due_at && <Moment at={due_at} />}
      {isOther && new_due_at && (
        <>
          {" → "}
          <Moment at={new_due_at} />
        </>
      )}
    </>
  );
}

function moves(course: MovePerson["course"]): boolean {
  return course === "at_once" || course === "when_settled";
}
