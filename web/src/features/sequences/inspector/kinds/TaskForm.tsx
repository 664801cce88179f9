import { Box, Stack } from "@mantine/core";
import { Trans, useTranslation } from "react-i18next";
import type { TaskStep } from "@/flow/document";
import { DEFAULTS } from "@/flow/fields";
import { DelayFields } from "../../editor/DelayFields";
import { ChipField } from "../../text/ChipField";
import { At } from "../At";
import type { FormProps } from "../FormProps";
import { PickWord } from "../PickWord";
import { useField } from "../useField";
import { MemberField } from "./MemberField";

/** A to-do or call for a person. */
export function TaskForm(props: FormProps) {
  const { t } = useTranslation("sequences");
  const change = useField<TaskStep>(props);
  const { step, readOnly } = props;
  if (step.kind !== "task") return null;
  const task = { ...DEFAULTS.task, ...step };
  const problems = props.problems(step.key);
  return (
    <Stack gap="md">
      <At place="title" problems={problems}>
        <ChipField
          label={t("task.title")}
          value={task.title}
          readOnly={readOnly}
          onChange={(title) => {
            change("title", title);
          }}
        />
      </At>
      <At place="text" problems={problems}>
        <ChipField
          label={t("task.text")}
          value={task.text}
          lines
          readOnly={readOnly}
          onChange={(text) => {
            change("text", text);
          }}
        />
      </At>
      <At place="when_not_done" problems={problems}>
        <Policy {...props} task={task} />
      </At>
      <At place="assignee" problems={problems}>
        <MemberField
          label={t("task.assignee")}
          roles={{ contact_owner: t("task.assigneeDefault") }}
          value={task.assignee ?? "contact_owner"}
          readOnly={readOnly}
          onChange={(who) => {
            change("assignee", who === "contact_owner" ? null : who);
          }}
        />
      </At>
    </Stack>
  );
}

type Filled = TaskStep &
  Required<Pick<TaskStep, "task_kind" | "due_in" | "waits" | "when_not_done" | "give_up_after">>;

/** What kind of task, when it is due, and what happens while nobody does it. */
function Policy({ task, ...props }: FormProps & { readonly task: Filled }) {
  const { t } = useTranslation("sequences");
  const change = useField<TaskStep>(props);
  const { readOnly } = props;
  const pickers = {
    kind: (
      <PickWord
        label={t("task.kind")}
        words={{ to_do: t("task.to_do"), call: t("task.call") }}
        value={task.task_kind}
        readOnly={readOnly}
        onChange={(kind) => {
          change("task_kind", kind);
        }}
      />
    ),
    due: (
      <DelayFields
        label={t("task.due")}
        value={task.due_in}
        disabled={readOnly}
        onChange={(due) => {
          change("due_in", due);
        }}
      />
    ),
    waits: (
      <PickWord
        label={t("task.waits")}
        words={{ yes: t("task.waitsYes"), no: t("task.waitsNo") }}
        value={task.waits ? "yes" : "no"}
        readOnly={readOnly}
        onChange={(waits) => {
          change("waits", waits === "yes");
        }}
      />
    ),
    after: (
      <DelayFields
        label={t("task.after")}
        value={task.give_up_after}
        disabled={readOnly}
        onChange={(after) => {
          change("give_up_after", after);
        }}
      />
    ),
    then: (
      <PickWord
        label={t("task.then")}
        words={{
          wait: t("task.notDone.wait"),
          skip: t("task.notDone.skip"),
          escalate: t("task.notDone.escalate"),
        }}
        value={task.when_not_done}
        readOnly={readOnly}
        onChange={(then) => {
          change("when_not_done", then);
        }}
      />
    ),
  };
  if (props.isLast === true) {
    return (
      <Box fz="md" lh="34px">
        <Trans t={t} i18nKey="task.sentenceAlone" components={pickers} />
      </Box>
    );
  }
  const givesUp = task.when_not_done === "wait" ? "task.neverGivesUp" : "task.givesUp";
  return (
    <Box fz="md" lh="34px">
      <Trans t={t} i18nKey="task.sentence" components={pickers} />
      {task.waits && (
        <>
          {" "}
          <Trans t={t} i18nKey={givesUp} components={pickers} />
        </>
      )}
    </Box>
  );
}
