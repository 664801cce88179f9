import { Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useWriteStep } from "@/api/agents";
import { Writing } from "@/dialogs/drafts/Writing";
import type { InspectorProps } from "../Inspector";

interface WriteDialogProps extends InspectorProps {
  readonly onClose: () => void;
}

/** What the agent would write for one contact, by the hints as they stand; nothing is kept or sent. */
export function WriteDialog({ step, sequence, onClose }: WriteDialogProps) {
  const { t } = useTranslation("sequences");
  const asked = useWriteStep(sequence.id);
  return (
    <Modal
      opened
      onClose={onClose}
      size={720}
      title={t("agent.tryTitle")}
      closeButtonProps={{ "aria-label": t("inspector.close") }}
    >
      <Writing
        asked={{ data: asked.data, error: asked.error, isPending: asked.isPending }}
        onAsk={(wish) => {
          asked.mutate({ ...wish, step: { ...step } });
        }}
      />
    </Modal>
  );
}
