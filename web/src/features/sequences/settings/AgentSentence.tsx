import { useTranslation } from "react-i18next";
import { useAgents } from "@/api/agents";
import { PickOne } from "@/ui/picks";
import type { SettingsProps } from "../SequenceSettings";
import { Line } from "./Line";

/** Which agent writes the steps that an agent writes; nothing where there is no agent to choose. */
export function AgentSentence({ settings, readOnly, onChange }: SettingsProps) {
  const { t } = useTranslation("sequences");
  const agents = useAgents().data?.items ?? [];
  const chosen = settings.agent_id;
  if (agents.length === 0) return null;
  const usual = agents.find(({ is_default: isDefault }) => isDefault)?.name ?? "";
  return (
    <Line
      text={t("agent.sentence")}
      means={t(chosen === null ? "agent.usual" : "agent.chosen", { name: usual })}
      parts={{
        agent: (
          <PickOne
            label={t("agent.label")}
            disabled={readOnly}
            value={chosen === null ? "" : String(chosen)}
            options={[
              { value: "", label: t("agent.default") },
              ...agents.map(({ id, name }) => ({ value: String(id), label: name })),
            ]}
            onChange={(id) => {
              onChange({ agent_id: id === "" ? null : Number(id) });
            }}
          />
        ),
      }}
    />
  );
}
