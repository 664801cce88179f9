import { Button, Group, Modal, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { type Agent, useSaveAgent } from "@/api/agents";
import { ApiError } from "@/api/client";
import { Problem } from "@/ui/Problem";
import { bodyOf, type Typed, typedOf } from "./form";
import { Freedom } from "./Freedom";
import { Limits } from "./Limits";
import { Persona } from "./Persona";

interface AgentDialogProps {
  /** Left out: a new one. */
  readonly agent?: Agent;
  readonly onClose: () => void;
}

/** An agent: who it is, what it may say, how far it goes without a person, and how much of it a day. */
export function AgentDialog({ agent, onClose }: AgentDialogProps) {
  const { t } = useTranslation("settings");
  const form = useForm<Typed>({ initialValues: typedOf(agent) });
  const save = useSaveAgent(agent?.id, t("agents.saved"));
  return (
    <Modal
      opened
      onClose={onClose}
      size={760}
      title={agent?.name ?? t("agents.add")}
      closeButtonProps={{ "aria-label": t("agents.close") }}
    >
      <form
        onSubmit={form.onSubmit((typed) => {
          save.mutate(bodyOf(typed), {
            onSuccess: onClose,
            onError: (error) => {
              if (error instanceof ApiError) form.setErrors(fieldErrors(error));
            },
          });
        })}
      >
        <Stack gap="xl">
          <Persona form={form} />
          <Freedom form={form} />
          <Limits form={form} />
          {save.error !== null && <Problem tone="red" title={save.error.message} />}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t("agents.cancel")}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {t(agent === undefined ? "agents.make" : "agents.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** The server names a field by its last part: `body.facts`, `facts`. */
function fieldErrors({ problem }: ApiError): Record<string, string> {
  const fields = Object.entries(problem?.fields ?? {});
  return Object.fromEntries(fields.map(([path, said]) => [path.split(".").at(-1) ?? path, said]));
}
