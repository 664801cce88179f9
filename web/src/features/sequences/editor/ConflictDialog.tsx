import { Button, Group, Modal, Radio, ScrollArea, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useCreateSequence, type Sequence } from "@/api/sequences";
import type { Conflict, Side } from "@/flow/threeWayJudge";
import { Moment } from "@/ui/Moment";
import { problemText } from "../problemText";
import classes from "./ConflictDialog.module.css";
import { conflictField, conflictTitle, valueWords } from "./conflictWords";
import type { Editor } from "./useDraft";

interface ConflictDialogProps {
  readonly sequence: Sequence;
  readonly editor: Editor;
}

/** Both changed the same thing. Nothing is overwritten: choose thing by thing, take theirs, or keep ours apart. */
export function ConflictDialog({ sequence, editor }: ConflictDialogProps) {
  const { t } = useTranslation("sequences");
  const [choices, setChoices] = useState<ReadonlyMap<string, Side>>(new Map());
  const [shown, setShown] = useState<readonly Conflict[]>(() => editor.store.conflicts(new Map()));
  const { theirs } = editor.copy;
  const left = editor.store.conflicts(choices);
  const choose = (id: string, side: Side) => {
    const chosen = new Map(choices).set(id, side);
    setChoices(chosen);
    // A choice may bring up another question.
    const more = editor.store
      .conflicts(chosen)
      .filter((each) => !shown.some((known) => known.id === each.id));
    setShown([...shown, ...more]);
  };
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      title={t("conflict.title")}
      size={640}
      scrollAreaComponent={ScrollArea.Autosize}
    >
      <Stack gap="md">
        <Text>
          {t("conflict.who", { name: theirs?.savedBy ?? t("conflict.somebody") })}{" "}
          {theirs && <Moment at={theirs.savedAt} />}
        </Text>
        <Text c="dimmed">{t("conflict.hint")}</Text>
        {shown.map((conflict) => (
          <Question
            key={conflict.id}
            conflict={conflict}
            editor={editor}
            chosen={choices.get(conflict.id)}
            onChoose={(side) => {
              choose(conflict.id, side);
            }}
          />
        ))}
        <Text role="status" fz="sm" c="dimmed">
          {left.length > 0 ? t("conflict.left", { count: left.length }) : t("conflict.done")}
        </Text>
        <Button
          disabled={theirs === undefined || left.length > 0}
          onClick={() => {
            editor.store.resolve(choices);
          }}
        >
          {t("conflict.apply")}
        </Button>
        <Apart sequence={sequence} editor={editor} />
      </Stack>
    </Modal>
  );
}

interface QuestionProps {
  readonly conflict: Conflict;
  readonly editor: Editor;
  readonly chosen: Side | undefined;
  readonly onChoose: (side: Side) => void;
}

function Question({ conflict, editor, chosen, onChoose }: QuestionProps) {
  const { t } = useTranslation("sequences");
  const mine = editor.document;
  const theirs = editor.copy.theirs?.document ?? mine;
  const title = conflictTitle(t, conflict, [mine, theirs]);
  const field = conflictField(t, conflict);
  return (
    <Radio.Group
      value={chosen ?? null}
      onChange={(side) => {
        onChoose(side);
      }}
      label={title}
      description={field}
      className={classes.question}
    >
      <Group gap="sm" mt="xs" align="stretch" grow preventGrowOverflow={false}>
        <Radio.Card value="mine" className={classes.side ?? ""} p="sm">
          <Value label={t("conflict.yours")} words={valueWords(t, conflict, conflict.mine, mine)} />
        </Radio.Card>
        <Radio.Card value="theirs" className={classes.side ?? ""} p="sm">
          <Value label={t("conflict.others")} words={valueWords(t, conflict, conflict.theirs, theirs)} />
        </Radio.Card>
      </Group>
    </Radio.Group>
  );
}

function Value({ label, words }: { readonly label: string; readonly words: string }) {
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <Radio.Indicator />
      <Stack gap={2} miw={0}>
        <Text fz="xs" c="dimmed">
          {label}
        </Text>
        <Text className={classes.value ?? ""}>{words}</Text>
      </Stack>
    </Group>
  );
}

/** The ways out without choosing: their version, and ours as a sequence of its own. */
function Apart({ sequence, editor }: ConflictDialogProps) {
  const { t } = useTranslation("sequences");
  const navigate = useNavigate();
  const create = useCreateSequence();
  const isWaiting = editor.copy.theirs === undefined;
  const keep = () => {
    create.mutate(
      {
        name: t("conflict.copyName", { name: sequence.name }).slice(0, 200),
        description: sequence.description,
        document: { ...editor.document },
      },
      {
        onSuccess: ({ id }) => {
          editor.store.takeTheirs();
          void navigate(`/sequences/${id}`);
        },
      },
    );
  };
  return (
    <>
      {create.error !== null && <Text c="red">{problemText(t, create.error)}</Text>}
      <Group grow>
        <Button
          variant="default"
          disabled={isWaiting}
          onClick={() => {
            editor.store.takeTheirs();
          }}
        >
          {t("conflict.theirs")}
        </Button>
        <Button variant="default" loading={create.isPending} disabled={isWaiting} onClick={keep}>
          {t("conflict.mine")}
        </Button>
      </Group>
    </>
  );
}
