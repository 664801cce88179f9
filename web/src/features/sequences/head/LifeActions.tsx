import { Button, Switch, Tooltip } from "@mantine/core";
import { IconPlayerPlay } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSwitchSequence, type Sequence } from "@/api/sequences";
import { countOf } from "../editor/problems";
import type { Editor } from "../editor/useDraft";
import { MoveDialog } from "../publish/MoveDialog";
import { PublishDialog } from "../publish/PublishDialog";

interface LifeActionsProps {
  readonly sequence: Sequence;
  readonly editor: Editor;
}

/** The switch of a sequence that was started, and the one filled button: Activate, or Publish what changed. */
export function LifeActions({ sequence, editor }: LifeActionsProps) {
  const isDraft = sequence.status === "draft";
  const isDirty = editor.copy.saving.state !== "saved";
  return (
    <>
      {!isDraft && <OnOff sequence={sequence} />}
      <Publish
        sequence={sequence}
        editor={editor}
        offered={isDraft || isDirty || editor.copy.saved.changed}
      />
    </>
  );
}

function OnOff({ sequence: { id, name, status } }: Pick<LifeActionsProps, "sequence">) {
  const { t } = useTranslation("sequences");
  const turn = useSwitchSequence(({ on }) => t(on ? "card.resumed" : "card.paused", { name }));
  const label = t("card.switch", { name });
  return (
    <Switch
      withThumbIndicator={false}
      checked={status === "active"}
      aria-label={label}
      title={label}
      onChange={(event) => {
        turn.mutate({ id, name, on: event.currentTarget.checked });
      }}
    />
  );
}

function Publish({ sequence, editor, offered }: LifeActionsProps & { readonly offered: boolean }) {
  const { t } = useTranslation("sequences");
  const [asking, setAsking] = useState(false);
  const [moving, setMoving] = useState<number>();
  const isDraft = sequence.status === "draft";
  const errors = countOf(editor.copy.saved.problems, "error");
  const ask = () => {
    void editor.store.flush().then(setAsking);
  };
  const close = () => {
    setAsking(false);
    void editor.store.refresh();
  };
  return (
    <>
      {offered && (
        <Tooltip label={t("publish.errors", { count: errors })} disabled={errors === 0}>
          <Button
            disabled={errors > 0}
            {...(isDraft && { leftSection: <IconPlayerPlay size={16} /> })}
            onClick={ask}
          >
            {isDraft
              ? t("publish.activate")
              : t("publish.publish", { number: (sequence.version?.number ?? 0) + 1 })}
          </Button>
        </Tooltip>
      )}
      {asking && (
        <PublishDialog sequence={sequence} saved={editor.copy.saved} onClose={close} onMovable={setMoving} />
      )}
      {moving !== undefined && (
        <MoveDialog
          sequence={sequence}
          number={moving}
          onClose={() => {
            setMoving(undefined);
          }}
        />
      )}
    </>
  );
}
