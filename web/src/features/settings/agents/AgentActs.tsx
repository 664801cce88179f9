import { ActionIcon, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Agent, useDefaultAgent, useRemoveAgent } from "@/api/agents";
import { useMay } from "@/api/session";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { AgentDialog } from "./AgentDialog";
import { TryDialog } from "./TryDialog";

type Asked = "try" | "edit" | "remove";

/** What can be done with an agent. */
export function AgentActs({ agent }: { readonly agent: Agent }) {
  const { t } = useTranslation("settings");
  const may = useMay();
  const [asked, setAsked] = useState<Asked>();
  const makeDefault = useDefaultAgent(t("agents.madeDefault", { name: agent.name }));
  const item = (what: Asked) => (
    <Menu.Item
      {...(what === "remove" && { color: "red" })}
      onClick={() => {
        setAsked(what);
      }}
    >
      {t(`agents.act.${what}`)}
    </Menu.Item>
  );
  return (
    <>
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <ActionIcon size="sm" aria-label={t("agents.more", { name: agent.name })}>
            <IconDots size={16} stroke={1.75} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {item("try")}
          {item("edit")}
          {!agent.is_default && (
            <Menu.Item
              onClick={() => {
                makeDefault.mutate(agent.id);
              }}
            >
              {t("agents.act.default")}
            </Menu.Item>
          )}
          {may("settings.delete") && item("remove")}
        </Menu.Dropdown>
      </Menu>
      <Asking
        agent={agent}
        asked={asked}
        onClose={() => {
          setAsked(undefined);
        }}
      />
    </>
  );
}

interface AskingProps {
  readonly agent: Agent;
  readonly asked: Asked | undefined;
  readonly onClose: () => void;
}

function Asking({ agent, asked, onClose }: AskingProps) {
  const { t } = useTranslation("settings");
  const remove = useRemoveAgent(t("agents.removed"));
  if (asked === "try") return <TryDialog agent={agent} onClose={onClose} />;
  if (asked === "edit") return <AgentDialog agent={agent} onClose={onClose} />;
  return (
    <ConfirmDialog
      opened={asked === "remove"}
      onClose={onClose}
      title={t("agents.removeTitle", { name: agent.name })}
      confirm={t("agents.removeAct")}
      busy={remove.isPending}
      danger
      onConfirm={() => {
        remove.mutate(agent.id, { onSettled: onClose });
      }}
    >
      {t("agents.removeText", { count: agent.sequences.length })}
    </ConfirmDialog>
  );
}
