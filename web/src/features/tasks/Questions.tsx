import { useTranslation } from "react-i18next";
import { useChangeContact } from "@/api/contacts";
import { useMay, useSession } from "@/api/session";
import { useAddSuppression } from "@/api/suppressions";
import { type TaskDetail, useColleagues } from "@/api/tasks";
import { Moment } from "@/ui/Moment";
import { failToast } from "@/ui/toasts";
import { Choice, type ChoiceOption } from "./Choice";
import { type LaterMoment, snoozes, tries } from "./later";
import type { Acts } from "./useActs";

/** Which question is open: how long, to whom, or what follows from an outcome. */
export type Question = "snooze" | "hand" | "no_answer" | "busy" | "wrong_number";

/** Outcomes after which one asks what follows. */
export function questionOf(outcome: string): Question | undefined {
  return ASKING.find((each) => each === outcome);
}

const ASKING = ["no_answer", "busy", "wrong_number"] as const;

interface QuestionProps {
  readonly question: Question;
  readonly task: TaskDetail;
  readonly acts: Acts;
  readonly onLeave: () => void;
}

export function OpenQuestion(props: QuestionProps) {
  if (props.question === "snooze") return <Snooze {...props} />;
  if (props.question === "hand") return <HandOn {...props} />;
  if (props.question === "wrong_number") return <WrongNumber {...props} />;
  return <Again {...props} outcome={props.question} />;
}

function useLater(moments: readonly LaterMoment[], act: (until: string) => void): readonly ChoiceOption[] {
  const { t } = useTranslation("tasks");
  return moments.map(({ name, at }) => ({
    key: name,
    label: t(`later.${name}`),
    hint: <Moment at={at.getTime()} />,
    act: () => {
      act(at.toISOString());
    },
  }));
}

function Snooze({ acts, onLeave }: QuestionProps) {
  const { t } = useTranslation("tasks");
  const options = useLater(snoozes(new Date()), acts.onSnooze);
  return <Choice title={t("ask.snooze")} options={options} onMoment={acts.onSnooze} onLeave={onLeave} />;
}

/** Nobody was reached: once more later, or the sequence goes on. */
function Again({ acts, onLeave, outcome }: QuestionProps & { readonly outcome: string }) {
  const { t } = useTranslation("tasks");
  const again = (until: string) => {
    acts.onAgain(outcome, until);
  };
  const later = useLater(tries(new Date()), again);
  const goOn = {
    key: "done",
    label: t("ask.goOn"),
    act: () => {
      acts.onDone(outcome);
    },
  };
  const title = t(`ask.${outcome}` as "ask.busy");
  return <Choice title={title} options={[...later, goOn]} onMoment={again} onLeave={onLeave} />;
}

/** The number belongs to somebody else: it should not be called again. */
function WrongNumber({ task, acts, onLeave }: QuestionProps) {
  const { t } = useTranslation("tasks");
  const may = useMay();
  const change = useChangeContact(task.contact.id);
  const suppress = useAddSuppression({ said: () => t("said.suppressed") });
  const phone = task.contact_phone;
  const done = () => {
    acts.onDone("wrong_number");
  };
  const onError = (error: Error) => {
    failToast(error.message);
  };
  const options = [
    ...(phone !== "" && may("contacts.edit")
      ? [
          {
            key: "clear",
            label: t("ask.clear"),
            hint: phone,
            act: () => {
              change.mutate({ phone: "" }, { onSuccess: done, onError });
            },
          },
        ]
      : []),
    ...(phone !== "" && may("suppressions.create")
      ? [
          {
            key: "never",
            label: t("ask.never"),
            hint: phone,
            act: () => {
              suppress.mutate({ address: phone, channel: "" }, { onSuccess: done, onError });
            },
          },
        ]
      : []),
    { key: "keep", label: t("ask.keep"), act: done },
  ];
  return <Choice title={t("ask.wrong_number")} options={options} onLeave={onLeave} />;
}

function HandOn({ task, acts, onLeave }: QuestionProps) {
  const { t } = useTranslation("tasks");
  const me = useSession().data?.member_id;
  const colleagues = useColleagues().toSorted(
    (one, other) => Number(other.id === me) - Number(one.id === me),
  );
  const hand = (to: number | null) => () => {
    acts.onHand(to);
    onLeave();
  };
  const options = [
    ...colleagues
      .filter(({ id }) => id !== task.assignee?.id)
      .map(({ id, name }) => ({
        key: String(id),
        label: id === me ? t("act.reassign") : name,
        act: hand(id),
      })),
    ...(task.assignee === null ? [] : [{ key: "nobody", label: t("act.release"), act: hand(null) }]),
  ];
  return <Choice title={t("ask.hand")} options={options} onLeave={onLeave} />;
}
