import { Button, Group, Kbd, Stack, Textarea } from "@mantine/core";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "@/api/session";
import type { TaskDetail } from "@/api/tasks";
import { useKeys } from "@/ui/keys";
import { Panel } from "@/ui/Panel";
import { OpenQuestion, type Question, questionOf } from "./Questions";
import { useActs } from "./useActs";
import type { Notes } from "./useNotes";
import { useOutcome } from "./useOutcome";

interface OutcomesProps {
  readonly task: TaskDetail;
  readonly notes: Notes;
  /** Said as soon as a person has decided; the next one comes. */
  readonly onSettled: () => void;
}

const NOTE_LONGEST = 10_000;

/** How it went, each by its number, with a note; or later, or for somebody else, or not at all. */
export function Outcomes({ task, notes, onSettled }: OutcomesProps) {
  const { t } = useTranslation("tasks");
  const may = useMay()("tasks.edit");
  const note = notes.of(task.id) ?? task.note;
  const [question, setQuestion] = useState<Question>();
  const acts = useActs(task, note, {
    onSettled,
    onTaken: () => {
      notes.drop(task.id);
    },
  });
  if (!may) return null;
  const say = (outcome: string) => {
    const asks = questionOf(outcome);
    if (asks === undefined) acts.onDone(outcome);
    else setQuestion(asks);
  };
  return (
    <Panel title={t("player.title")}>
      {question === undefined ? (
        <Stack gap="sm" pb="sm">
          <Ways task={task} onSay={say} onAsk={setQuestion} onSkip={acts.onSkip} />
          <Note
            note={note}
            onNote={(typed) => {
              notes.put(task.id, typed);
            }}
          />
        </Stack>
      ) : (
        <OpenQuestion
          question={question}
          task={task}
          acts={acts}
          onLeave={() => {
            setQuestion(undefined);
          }}
        />
      )}
    </Panel>
  );
}

interface WaysProps {
  readonly task: TaskDetail;
  readonly onSay: (outcome: string) => void;
  readonly onAsk: (question: Question) => void;
  readonly onSkip: () => void;
}

function Ways({ task, onSay, onAsk, onSkip }: WaysProps) {
  const { t } = useTranslation("tasks");
  const { outcomes } = task;
  const outcomeOf = useOutcome();
  const saying = (outcome: string) => () => {
    onSay(outcome);
  };
  const asking = (question: Question) => () => {
    onAsk(question);
  };
  useKeys(t("player.title"), [
    ...outcomes.map((outcome, index) => ({
      keys: String(index + 1),
      label: outcomeOf(outcome),
      act: saying(outcome),
    })),
    { keys: "d", label: t("key.done"), act: saying(outcomes[0] ?? "") },
    { keys: "s", label: t("key.snooze"), act: asking("snooze") },
    { keys: "a", label: t("key.hand"), act: asking("hand") },
    { keys: "k", label: t("key.skip"), act: onSkip },
  ]);
  const quiet = { size: "xs", variant: "default" } as const;
  return (
    <>
      <Group gap="sm">
        {outcomes.map((outcome, index) => (
          <Button
            key={outcome}
            variant={index === 0 ? "filled" : "default"}
            rightSection={<Kbd size="xs">{index + 1}</Kbd>}
            onClick={saying(outcome)}
          >
            {outcomeOf(outcome)}
          </Button>
        ))}
      </Group>
      <Group gap="sm">
        <Button {...quiet} rightSection={<Kbd size="xs">s</Kbd>} onClick={asking("snooze")}>
          {t("act.snooze")}
        </Button>
        <Button {...quiet} rightSection={<Kbd size="xs">a</Kbd>} onClick={asking("hand")}>
          {t("act.hand")}
        </Button>
        <Button {...quiet} variant="subtle" rightSection={<Kbd size="xs">k</Kbd>} onClick={onSkip}>
          {t("act.skip")}
        </Button>
      </Group>
    </>
  );
}

interface NoteProps {
  readonly note: string;
  readonly onNote: (note: string) => void;
}

/** Kept with the outcome and shown on the person's timeline. n leads there, Esc away, so that numbers are heard again. */
function Note({ note, onNote }: NoteProps) {
  const { t } = useTranslation("tasks");
  const field = useRef<HTMLTextAreaElement>(null);
  useKeys(t("player.title"), [
    {
      keys: "n",
      label: t("key.note"),
      act: () => {
        field.current?.focus();
      },
    },
  ]);
  return (
    <Textarea
      ref={field}
      label={t("note.label")}
      description={t("note.hint")}
      autosize
      minRows={2}
      maxLength={NOTE_LONGEST}
      value={note}
      onChange={(event) => {
        onNote(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") event.currentTarget.blur();
      }}
    />
  );
}
