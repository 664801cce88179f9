import { Box, Select, Stack, TextInput } from "@mantine/core";
import { Trans, useTranslation } from "react-i18next";
import type { TaskStep } from "@/flow/document";
import { DEFAULTS } from "@/flow/fields";
import { DelayFields } from "../editor/DelayFields";
import { ChipField } from "../text/ChipField";
import type { InspectorProps } from "./Inspector";
import { useField } from "./useField";

const NOT_DONE = ["wait", "skip", "escalate"] as const;

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
              <Picker
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
              <Picker
                label={t("task.waits")}
                words={{ yes: t("task.waitsYes"), no: t("task.waitsNo") }}
                value={task.waits ? "yes" : "no"}
                readOnly={readOnly}
                width={210}
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
                  <Picker
                    label={t("task.then")}
                    words={Object.fromEntries(NOT_DONE.map((each) => [each, t(`task.notDone.${each}`)]))}
                    value={task.when_not_done}
                    readOnly={readOnly}
                    width={180}
                    onChange={(then) => {
                      change("when_not_done", NOT_DONE.find((each) => each === then) ?? "wait");
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

interface PickerProps<Word extends string> {
  readonly label: string;
  readonly words: Readonly<Record<Word, string>>;
  readonly value: Word;
  readonly readOnly: boolean;
  readonly width?: number;
  readonly onChange: (word: Word) => void;
}

/** A choice within a sentence. */
export function Picker<Word extends string>({
  label,
  words,
  value,
  readOnly,
  width = 130,
  onChange,
}: PickerProps<Word>) {
  return (
    <Select
      size="xs"
      w={width}
      display="inline-block"
      allowDeselect={false}
      disabled={readOnly}
      aria-label={label}
      data={Object.entries<string>(words).map(([word, text]) => ({ value: word, label: text }))}
      value={value}
      onChange={(chosen) => {
        if (chosen !== null) onChange(chosen as Word);
      }}
    />
  );
}
