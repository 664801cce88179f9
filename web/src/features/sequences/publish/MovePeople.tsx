import { Button, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMovePeople, type MovePerson, type StepMap } from "@/api/sequenceCare";
import type { FlowDocument } from "@/flow/document";
import { stepAt } from "@/flow/ways";
import { Moment } from "@/ui/Moment";
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
  const people = useMovePeople(id, number, steps, open).data;
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
    <ul className={classes.lines}>
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

function Person({ person, flow }: { readonly person: MovePerson; readonly flow: FlowDocument | undefined }) {
  const { t } = useTranslation("sequences");
  const { contact, course, to, due_at, new_due_at } = person;
  const step = flow && stepAt(flow, to);
  const moves = course === "at_once" || course === "when_settled";
  return (
    <li>
      <span>
        {contact.name}
        <Text fz="xs" c="dimmed">
          {moves && flow && step ? stepTitle(t, step, flow) : t(`move.course.${course}`)}
        </Text>
      </span>
      <Text fz="xs" ta="right" className="tabular">
        {due_at && <Moment at={due_at} />}
        {moves && new_due_at && new_due_at !== due_at && (
          <>
            {" → "}
            <Moment at={new_due_at} />
          </>
        )}
      </Text>
    </li>
  );
}
