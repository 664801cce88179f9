import { ActionIcon, Anchor, Button, Group, Skeleton, Text } from "@mantine/core";
import { IconAlertTriangle, IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { type Segment, useDeleteSegment, useSegmentCount, useSegments } from "@/api/segments";
import { useMay } from "@/api/session";
import { EnrollDialog } from "@/dialogs/EnrollDialog";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { type Column, DataTable } from "@/ui/DataTable";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { Room } from "@/ui/Room";
import { Tabs } from "../Tabs";
import { useConditionWords } from "./words";

const NEW = "/lists/segments/new";

/** The segments: who is in each now. */
export function Component() {
  const { t } = useTranslation("lists");
  const may = useMay();
  const make = may("contacts.create") && (
    <Button component={Link} to={NEW} leftSection={<IconPlus size={16} aria-hidden />}>
      {t("segments.new.title")}
    </Button>
  );
  return (
    <Room title={t("title")} tabs={<Tabs />} actions={make}>
      <Table />
    </Room>
  );
}

function Table() {
  const { t } = useTranslation("lists");
  const navigate = useNavigate();
  const segments = useSegments();
  const [enrolling, enroll] = useState<Segment>();
  const [going, setGoing] = useState<Segment>();
  return (
    <>
      <DataTable<Segment>
        {...segments}
        label={t("segments.title")}
        rowKey={({ id }) => id}
        onOpen={({ id }) => void navigate(`/lists/segments/${id}`)}
        columns={useColumns()}
        actions={(segment) => <Acts segment={segment} onEnroll={enroll} onRemove={setGoing} />}
        empty={<Empty />}
      />
      {enrolling && (
        <EnrollDialog
          opened
          who={{ segment_id: enrolling.id }}
          onClose={() => {
            enroll(undefined);
          }}
        />
      )}
      {going && (
        <Remove
          segment={going}
          onClose={() => {
            setGoing(undefined);
          }}
        />
      )}
    </>
  );
}

function useColumns(): readonly Column<Segment>[] {
  const { t } = useTranslation("lists");
  const words = useConditionWords();
  return [
    {
      key: "name",
      title: t("segments.name"),
      width: "26%",
      phone: "title",
      cell: ({ id, name, problems }) => (
        <Group gap={6} wrap="nowrap" component="span" miw={0}>
          <Anchor component={Link} to={`/lists/segments/${id}`} inherit fw={500} c="var(--db-text)" truncate>
            {name}
          </Anchor>
          {problems[0] && (
            <IconAlertTriangle
              size={14}
              color="var(--db-amber)"
              role="img"
              aria-label={problems[0].message}
              style={{ flex: "none" }}
            />
          )}
        </Group>
      ),
    },
    {
      key: "now",
      title: t("segments.now"),
      width: 90,
      align: "right",
      phone: "line",
      cell: ({ id }) => <Count id={id} />,
    },
    {
      key: "who",
      title: t("segments.who"),
      phone: "line",
      cell: ({ condition }) => (
        <Text span inherit c="dimmed" title={words(condition)}>
          {words(condition)}
        </Text>
      ),
    },
  ];
}

function Count({ id }: { readonly id: number }) {
  const { t, i18n } = useTranslation("lists");
  const { data, isError } = useSegmentCount(id);
  if (isError) return "–";
  if (data === undefined) return <Skeleton height={12} width={36} display="inline-block" />;
  return data.is_more
    ? t("segments.atLeast", { count: data.count })
    : data.count.toLocaleString(i18n.language);
}

interface ActsProps {
  readonly segment: Segment;
  readonly onEnroll: (segment: Segment) => void;
  readonly onRemove: (segment: Segment) => void;
}

function Acts({ segment, onEnroll, onRemove }: ActsProps) {
  const { t } = useTranslation("lists");
  const may = useMay();
  return (
    <Group gap={4} wrap="nowrap">
      {may("enrollments.create") && (
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => {
            onEnroll(segment);
          }}
        >
          {t("segments.enroll")}
        </Button>
      )}
      {may("contacts.delete") && (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t("segments.remove", { name: segment.name })}
          onClick={() => {
            onRemove(segment);
          }}
        >
          <IconTrash size={16} stroke={1.75} aria-hidden />
        </ActionIcon>
      )}
    </Group>
  );
}

function Remove({ segment, onClose }: { readonly segment: Segment; readonly onClose: () => void }) {
  const { t } = useTranslation("lists");
  const remove = useDeleteSegment({ said: () => t("segments.gone") });
  return (
    <ConfirmDialog
      opened
      danger
      title={t("segments.removeTitle", { name: segment.name })}
      confirm={t("segments.removeDo")}
      onClose={onClose}
      onConfirm={() => {
        remove.mutate(segment.id);
        onClose();
      }}
    >
      {t("segments.removeText")}
    </ConfirmDialog>
  );
}

function Empty() {
  const { t } = useTranslation("lists");
  const may = useMay();
  return (
    <EmptyRoom
      title={t("segments.empty.title")}
      hint={t("segments.empty.hint")}
      action={
        may("contacts.create") && (
          <Button component={Link} to={NEW}>
            {t("segments.new.title")}
          </Button>
        )
      }
    />
  );
}
