import { Box, Stack, TextInput } from "@mantine/core";
import { Trans, useTranslation } from "react-i18next";
import type { TaskStep } from "@/flow/document";
import { DEFAULTS } from "@/flow/fields";
import { DelayFields } from "../editor/DelayFields";
import { ChipField } from "../text/ChipField";
import type { InspectorProps } from "./Inspector";
import { PickWord } from "./PickWord";
import { useField } from "./useField";

/** A to-do or call for a person. */
export function TaskForm(props: InspectorProps) {
  const { t } = useTranslation("sequences");
  const change = useField<TaskStep>(props);
  const { step, readOnly } = props;
  if (step.kind !== "task") return null;
  const task = { ...DEFAULTS.task, ...step };
  return (
    <Stack gap="md">
      <ChipField
        label={t("task.title")}
        value={task.title}
        readOnly={readOnly}
        onChange={(title) => {
          change("title", title);
        }}
      />
      <ChipField
        label={t("task.text")}
        value={task.text}
        lines
        readOnly={readOnly}
        onChange={(text) => {
          change("text", text);
        }}
      />
      <Box fz="md" lh="34px">
        <Trans
          t={t}
          i18nKey="task.sentence"
          components={{
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
          }}
        />
        {task.waits && (
          <>
            {" "}
            <Trans
              t={t}
              i18nKey={task.when_not_done === "wait" ? "task.neverGivesUp" : "task.givesUp"}
              components={{
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
              }}
            />
          </>
        )}
      </Box>
      <TextInput
        label={t("task.assignee")}
        description={t("task.assigneeHint")}
        placeholder={t("task.assigneeDefault")}
        disabled={readOnly}
        value={task.assignee ?? ""}
        onChange={(event) => {
          change("assignee", event.currentTarget.value.trim() || null);
        }}
      />
    </Stack>
  );
}
