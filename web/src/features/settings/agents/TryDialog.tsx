import { Modal, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Agent, type Aims, useTryAgent } from "@/api/agents";
import { Writing } from "@/dialogs/drafts/Writing";

interface TryDialogProps {
  readonly agent: Agent;
  readonly onClose: () => void;
}

const AIMS = ["angle", "call_to_action", "value_proposition"] as const;

/** Let the agent write a first mail with hints of one's own; nothing is kept or sent. */
export function TryDialog({ agent, onClose }: TryDialogProps) {
  const { t } = useTranslation("settings");
  const [hints, setHints] = useState<Aims>({ angle: "", call_to_action: "", value_proposition: "" });
  const asked = useTryAgent(agent.id);
  return (
    <Modal
      opened
      onClose={onClose}
      size={720}
      title={t("agents.tryTitle", { name: agent.name })}
      closeButtonProps={{ "aria-label": t("agents.close") }}
    >
      <Stack gap="md">
        {AIMS.map((name) => (
          <TextInput
            key={name}
            label={t(`agents.aim.${name}`)}
            placeholder={t(`agents.aimExample.${name}`)}
            value={hints[name]}
            onChange={(event) => {
              setHints({ ...hints, [name]: event.currentTarget.value });
            }}
          />
        ))}
        <Writing
          asked={{ data: asked.data, error: asked.error, isPending: asked.isPending }}
          onAsk={(wish) => {
            asked.mutate({ ...wish, hints });
          }}
        />
      </Stack>
    </Modal>
  );
}
