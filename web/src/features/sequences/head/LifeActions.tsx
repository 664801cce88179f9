import { Button, Switch } from "@mantine/core";
import { IconPlayerPlay } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSwitchSequence, type Sequence } from "@/api/sequences";
import { failToast } from "@/ui/toasts";
import type { Loaded } from "../editor/copy";
import type { Editor } from "../editor/useDraft";
import { MoveDialog } from "../publish/MoveDialog";
import { PublishDialog } from "../publish/PublishDialog";
import { unsavedText } from "../publish/unsaved";

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
  const { asking, busy, ask, close } = useAsking(editor);
  const [moving, setMoving] = useState<number>();
  const isDraft = sequence.status === "draft";
  return (
    <>
      {offered && (
        <Button {...(isDraft && { leftSection: <IconPlayerPlay size={16} /> })} loading={busy} onClick={ask}>
          {isDraft
            ? t("publish.activate")
            : t("publish.publish", { number: (sequence.version?.number ?? 0) + 1 })}
        </Button>
      )}
      {asking && <PublishDialog sequence={sequence} saved={asking} onClose={close} onMovable={setMoving} />}
      {moving !== undefined && (
        <MoveDialog
          sequence={sequence}
          number={moving}
          isNew
          onClose={() => {
            setMoving(undefined);
          }}
        />
      )}
    </>
  );
}

/** Save first, then ask about exactly what was saved; where it cannot be saved, say so. */
function useAsking({ store }: Editor) {
  const { t } = useTranslation("sequences");
  const [asking, setAsking] = useState<Loaded>();
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    const isSaved = await store.flush();
    setBusy(false);
    const copy = store.current();
    const why = isSaved ? undefined : unsavedText(t, copy?.saving);
    if (isSaved) setAsking(copy?.saved);
    else if (why !== undefined) failToast(why);
  };
  const close = () => {
    setAsking(undefined);
    // It shows what was published; where nobody answers, the page says so already.
    store.refresh().catch(() => undefined);
  };
  return { asking, busy, ask: () => void save(), close };
}
