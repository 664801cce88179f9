import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useAudit, useMembers } from "@/api/settings";
import type { AuditEntry } from "@/api/types";
import { type Column, DataTable } from "@/ui/DataTable";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { FilterBar } from "@/ui/FilterBar";
import { Moment } from "@/ui/Moment";
import { PickOne } from "@/ui/picks";
import { useUrlState } from "@/ui/useUrlState";
import { acts } from "./acts.en";
import { changesOf, plain } from "./audit";
import classes from "./Settings.module.css";
import { TableSection } from "./TableSection";

type Kind = keyof typeof acts.kind;
const KINDS = Object.keys(acts.kind) as Kind[];

/** Who changed what, from what to what. */
export function AuditSection() {
  const { t } = useTranslation("settings");
  const [chosen, choose] = useUrlState({ kind: "", member: "" });
  const entries = useAudit(chosen);
  const columns = useColumns();
  const isFiltered = chosen.kind !== "" || chosen.member !== "";
  return (
    <TableSection title={t("audit.title")} intro={t("audit.intro")}>
      <Filters chosen={chosen} onChoose={choose} />
      <DataTable
        {...entries}
        label={t("audit.title")}
        rowKey={(entry) => entry.id}
        columns={columns}
        empty={
          <EmptyRoom
            title={t(isFiltered ? "audit.emptyFilter" : "audit.empty")}
            hint={t(isFiltered ? "audit.emptyFilterHint" : "audit.emptyHint")}
          />
        }
      />
    </TableSection>
  );
}

interface FiltersProps {
  readonly chosen: { readonly kind: string; readonly member: string };
  readonly onChoose: (change: { kind?: string; member?: string }) => void;
}

function Filters({ chosen, onChoose }: FiltersProps) {
  const { t } = useTranslation("settings");
  const { rows: members = [] } = useMembers();
  const people = members.map(({ id, name }) => ({ value: String(id), label: name }));
  return (
    <FilterBar>
      <PickOne
        label={t("audit.person")}
        value={chosen.member}
        options={[{ value: "", label: t("audit.somebody") }, ...people]}
        onChange={(member) => {
          onChoose({ member });
        }}
      />
      <PickOne
        label={t("audit.kind")}
        value={chosen.kind}
        options={[
          { value: "", label: t("audit.anything") },
          ...KINDS.map((kind) => ({ value: kind, label: t(`acts.kind.${kind}`) })),
        ]}
        onChange={(kind) => {
          onChoose({ kind });
        }}
      />
    </FilterBar>
  );
}

function useColumns(): readonly Column<AuditEntry>[] {
  const { t } = useTranslation("settings");
  return [
    {
      key: "at",
      title: t("audit.when"),
      width: 130,
      phone: "line",
      cell: (entry) => <Moment at={entry.at} />,
    },
    { key: "by", title: t("audit.who"), width: 220, phone: "line", cell: (entry) => <Who entry={entry} /> },
    {
      key: "act",
      title: t("audit.act"),
      width: 200,
      phone: "title",
      cell: (entry) => <Act code={entry.act} />,
    },
    { key: "name", title: t("audit.on"), phone: "line", cell: (entry) => entry.name || t("audit.nothing") },
    {
      key: "change",
      title: t("audit.change"),
      width: "28%",
      phone: "hidden",
      cell: (entry) => <Diff entry={entry} />,
    },
  ];
}

/** What was done in words; a code that this page does not know, in plain letters. */
function Act({ code }: { readonly code: string }) {
  const { t } = useTranslation("settings");
  return (
    <Text span inherit fw={500} truncate>
      {t(`acts.act.${code}` as "acts.act.key.create", { defaultValue: plain(code) })}
    </Text>
  );
}

function Who({ entry }: { readonly entry: AuditEntry }) {
  const { t } = useTranslation("settings");
  const [way = "", prefix = ""] = entry.via.split(/^(key) /).filter((part) => part !== "");
  const said = t(`acts.via.${way.replaceAll(" ", "_")}` as "acts.via.key", {
    prefix,
    defaultValue: entry.via,
  });
  return (
    <Text span inherit truncate title={entry.via === "web" ? undefined : said}>
      {entry.by}
      {entry.via !== "web" && (
        <Text span inherit c="var(--db-text-3)">
          {` ${said}`}
        </Text>
      )}
    </Text>
  );
}

function Diff({ entry }: { readonly entry: AuditEntry }) {
  const lines = changesOf(entry.before, entry.after);
  const text = lines.join(" · ");
  return (
    <span className={classes.diff} title={lines.join("\n")}>
      {text}
    </span>
  );
}
