import { Anchor, Button, Code, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { Trans, useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type Agent, useAgents, useModel } from "@/api/agents";
import { useMay } from "@/api/session";
import { amountOf } from "@/ui/amounts";
import { type Column, DataTable } from "@/ui/DataTable";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { Problem } from "@/ui/Problem";
import { TableSection } from "../TableSection";
import { AgentActs } from "./AgentActs";
import { AgentDialog } from "./AgentDialog";

/** Who writes in the workspace's name: made, tried, changed; what each did today. */
export function AgentsSection() {
  const { t } = useTranslation("settings");
  const may = useMay();
  const { data } = useAgents();
  const [adding, setAdding] = useState(false);
  const add = may("settings.create") && (
    <Button
      onClick={() => {
        setAdding(true);
      }}
    >
      {t("agents.add")}
    </Button>
  );
  return (
    <TableSection title={t("agents.title")} intro={t("agents.intro")} act={add}>
      <ModelLine />
      <DataTable<Agent>
        rows={data?.items}
        label={t("agents.title")}
        rowKey={(agent) => agent.id}
        rowName={(agent) => agent.name}
        columns={useColumns()}
        {...(may("settings.edit") && { actions: (agent: Agent) => <AgentActs agent={agent} /> })}
        empty={<EmptyRoom title={t("agents.empty")} hint={t("agents.emptyHint")} />}
      />
      {adding && (
        <AgentDialog
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
    </TableSection>
  );
}

/** Which model writes, or what to do where none is set up. */
function ModelLine() {
  const { t } = useTranslation("settings");
  const { data: model } = useModel();
  if (model === undefined) return null;
  if (!model.configured) {
    return (
      <Stack gap={0} px={{ base: 14, sm: 28 }} pb="sm" maw={760}>
        <Problem
          tone="amber"
          title={t("agents.noModel")}
          text={<Trans t={t} i18nKey="agents.noModelHint" components={{ code: <Code /> }} />}
        />
      </Stack>
    );
  }
  return (
    <Text c="dimmed" px={{ base: 14, sm: 28 }} pb="sm">
      {t("agents.model", { model: model.model, host: model.host })}{" "}
      {t(model.personal_data ? "agents.personal" : "agents.impersonal")}{" "}
      {!model.priced && t("agents.unpriced")}
    </Text>
  );
}

function useColumns(): readonly Column<Agent>[] {
  const { t } = useTranslation("settings");
  return [
    {
      key: "name",
      title: t("agents.name"),
      width: "24%",
      phone: "title",
      cell: ({ name, is_default: isDefault }) => (
        <Text span inherit truncate>
          <Text span inherit fw={500}>
            {name}
          </Text>{" "}
          {isDefault && (
            <Text span inherit c="dimmed">
              {t("agents.isDefault")}
            </Text>
          )}
        </Text>
      ),
    },
    {
      key: "autonomy",
      title: t("agents.autonomy"),
      phone: "line",
      cell: ({ autonomy }) => t(`agents.short.${autonomy}`),
    },
    {
      key: "today",
      title: t("agents.today"),
      width: 200,
      phone: "line",
      cell: (agent) => <Today agent={agent} />,
    },
    {
      key: "waiting",
      title: t("agents.waiting"),
      width: 110,
      phone: "line",
      cell: ({ waiting }) =>
        waiting === 0 ? (
          "0"
        ) : (
          <Anchor component={Link} to="/approvals" inherit className="tabular">
            {t("agents.waits", { count: waiting })}
          </Anchor>
        ),
    },
    {
      key: "sequences",
      title: t("agents.sequences"),
      width: 110,
      phone: "hidden",
      cell: ({ sequences }) => (
        <span className="tabular" title={sequences.map(({ name }) => name).join(", ")}>
          {sequences.length}
        </span>
      ),
    },
  ];
}

function Today({ agent: { today, drafts_per_day: most, cost_per_day: limit } }: { readonly agent: Agent }) {
  const { t, i18n } = useTranslation("settings");
  const drafts =
    most === null
      ? t("agents.drafts", { count: today.drafts })
      : t("agents.draftsOf", { count: today.drafts, most });
  const amounts = today.cost === null ? [] : [today.cost, ...(limit === null ? [] : [limit])];
  const cost = amounts.map((amount) => amountOf(amount, i18n.language)).join(" / ");
  return <span className="tabular">{[drafts, cost].filter(Boolean).join(" · ")}</span>;
}
