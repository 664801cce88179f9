import { Button, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import {
  type Enrollment,
  type EnrollmentFilter,
  type EnrollmentSort,
  type Group,
  useEnrollmentCounts,
  useEnrollments,
  useJob,
} from "@/api/enrollments";
import { Avatar } from "@/ui/Avatar";
import { type Column, DataTable, type RowKey } from "@/ui/DataTable";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { PersonName } from "@/ui/PersonName";
import { useSelection } from "@/ui/useSelection";
import { useUrlState } from "@/ui/useUrlState";
import { Bulk } from "./Bulk";
import { CameAt } from "./CameAt";
import { LastCell, NextCell, StateCell, StepCell } from "./cells";
import { Filters } from "./Filters";
import { Foot } from "./Foot";
import { WhyPopover } from "./WhyPopover";

export const DEFAULTS = {
  group: "all",
  reason: "",
  step: "",
  met: "",
  met_step: "",
  met_reason: "",
  sender: "",
  q: "",
  sort: "newest",
};
export type View = { readonly [Name in keyof typeof DEFAULTS]: string };

/** Who is in the sequence: the tab of its page. */
export function Component() {
  const sequenceId = Number(useParams().sequenceId);
  return <Enrollments key={sequenceId} sequenceId={sequenceId} />;
}

function Enrollments({ sequenceId }: { readonly sequenceId: number }) {
  const { t } = useTranslation("enrollments");
  const navigate = useNavigate();
  const [view, setView] = useUrlState(DEFAULTS);
  const [jobId, setJobId] = useState<number | null>(null);
  const filter = filterOf(sequenceId, view);
  const list = useEnrollments(filter, view.sort as EnrollmentSort);
  const { data: counts } = useEnrollmentCounts(sequenceId);
  const { data: job } = useJob(jobId);
  const selection = useSelection<RowKey>();
  const columns = useColumns();
  if (counts?.total === 0) return <Nobody />;
  return (
    <>
      <Filters view={view} onView={setView} counts={counts} />
      {view.met !== "" && <CameAt view={view} onView={setView} counts={counts} />}
      <DataTable
        label={t("column.person")}
        {...list}
        rowKey={(row) => row.id}
        rowName={(row) => row.contact.name}
        columns={columns}
        selection={selection}
        onOpen={(row) => void navigate(`/enrollments/${row.id}`)}
        empty={
          <NobodyFits
            onAll={() => {
              setView(DEFAULTS);
            }}
          />
        }
      />
      <Foot shown={list.rows?.length} total={counts?.total} job={job} />
      <Bulk
        selection={selection}
        rows={list.rows ?? []}
        filter={filter}
        hasMore={list.hasMore}
        onJob={setJobId}
      />
    </>
  );
}

function filterOf(sequenceId: number, view: View): EnrollmentFilter {
  return {
    sequence_id: sequenceId,
    ...(view.group !== "all" && { group: view.group as Group }),
    ...(view.reason !== "" && { reason: view.reason }),
    ...(view.step !== "" && { step: view.step }),
    ...(view.met !== "" && {
      met: view.met as NonNullable<EnrollmentFilter["met"]>,
      met_step: view.met_step,
      met_reason: view.met_reason,
    }),
    ...(view.sender !== "" && { sender_id: Number(view.sender) }),
    ...(view.q !== "" && { q: view.q }),
  };
}

function useColumns(): readonly Column<Enrollment>[] {
  const { t } = useTranslation("enrollments");
  return [
    {
      key: "person",
      title: t("column.person"),
      width: "17%",
      phone: "title",
      cell: (row) => <PersonName name={row.contact.name} company={row.contact.company} />,
    },
    {
      key: "state",
      title: t("column.state"),
      width: "13%",
      phone: "line",
      cell: (row) => <StateCell row={row} />,
    },
    { key: "step", title: t("column.step"), width: 148, cell: (row) => <StepCell row={row} /> },
    { key: "next", title: t("column.next"), phone: "rest", cell: (row) => <NextCell row={row} /> },
    {
      key: "sender",
      title: t("column.sender"),
      width: 80,
      cell: (row) =>
        row.sender && (
          <span title={row.sender.address}>
            <Avatar name={row.sender.name} />
          </span>
        ),
    },
    { key: "last", title: t("column.last"), width: "13%", cell: (row) => <LastCell row={row} /> },
    {
      key: "why",
      title: "",
      width: 96,
      align: "right",
      phone: "end",
      cell: (row) => <WhyPopover row={row} />,
    },
  ];
}

function Nobody() {
  const { t } = useTranslation("enrollments");
  const navigate = useNavigate();
  return (
    <EmptyRoom
      title={t("empty.title")}
      hint={t("empty.hint")}
      action={<Button onClick={() => void navigate("/contacts")}>{t("empty.action")}</Button>}
    />
  );
}

function NobodyFits({ onAll }: { readonly onAll: () => void }) {
  const { t } = useTranslation("enrollments");
  return (
    <EmptyRoom
      title={t("none.title")}
      hint={t("none.hint")}
      action={
        <Button variant="default" onClick={onAll}>
          <Text span inherit>
            {t("none.action")}
          </Text>
        </Button>
      }
    />
  );
}
