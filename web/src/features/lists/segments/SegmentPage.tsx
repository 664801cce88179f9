import { Button, Skeleton, Text, Title } from "@mantine/core";
import { IconAddressBook, IconPencil, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams } from "react-router";
import { ApiError } from "@/api/client";
import { type Contact, useContacts } from "@/api/contacts";
import { type Segment, useChangeSegment, useSegment, useSegmentCount } from "@/api/segments";
import { useMay } from "@/api/session";
import { EnrollDialog } from "@/dialogs/EnrollDialog";
import type { Condition as Asked } from "@/flow/condition";
import { DataTable } from "@/ui/DataTable";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { Room } from "@/ui/Room";
import { useColumns } from "../columns";
import { Rename } from "../Rename";
import { Asks, isWhole } from "./Asks";
import classes from "./Segments.module.css";
import { useCountWords } from "./words";

/** One segment: what it asks, and who is in it now. */
export function Component() {
  const { t } = useTranslation("lists");
  const id = Number(useParams().segmentId);
  const { data: segment, isError } = useSegment(id);
  if (segment !== undefined) return <Page key={id} segment={segment} />;
  return (
    <Room title={t("segments.title")} within={{ to: "/lists/segments", title: t("segments.title") }}>
      {isError ? (
        <EmptyRoom picture={null} title={t("segments.lost.title")} hint={t("segments.lost.hint")} />
      ) : (
        <Skeleton height={180} m="xl" />
      )}
    </Room>
  );
}

function Page({ segment }: { readonly segment: Segment }) {
  const { t } = useTranslation("lists");
  const { data: count } = useSegmentCount(segment.id);
  const words = useCountWords();
  const [opened, open] = useState<"enroll" | "rename">();
  const close = () => {
    open(undefined);
  };
  return (
    <Room
      title={segment.name}
      within={{ to: "/lists/segments", title: t("segments.title") }}
      {...(count && { meta: words(count) })}
      actions={
        <Acts segment={segment} count={count?.is_more === false ? count.count : undefined} onAct={open} />
      }
    >
      <Condition key={segment.updated_at} segment={segment} />
      <Members segment={segment} />
      {opened === "enroll" && <EnrollDialog opened who={{ segment_id: segment.id }} onClose={close} />}
      {opened === "rename" && <RenameSegment segment={segment} onClose={close} />}
    </Room>
  );
}

interface ActsProps {
  readonly segment: Segment;
  /** Left out while it is counted, or where there are too many to count. */
  readonly count: number | undefined;
  readonly onAct: (act: "enroll" | "rename") => void;
}

function Acts({ segment, count, onAct }: ActsProps) {
  const { t } = useTranslation("lists");
  const may = useMay();
  return (
    <>
      <Button
        component={Link}
        to={`/contacts?segment=${segment.id}`}
        variant="default"
        visibleFrom="sm"
        leftSection={<IconAddressBook size={16} aria-hidden />}
      >
        {t("segments.contacts")}
      </Button>
      {may("contacts.edit") && (
        <Button
          variant="default"
          leftSection={<IconPencil size={16} aria-hidden />}
          onClick={() => {
            onAct("rename");
          }}
        >
          {t("segments.rename")}
        </Button>
      )}
      {may("enrollments.create") && (
        <Button
          leftSection={<IconPlus size={16} aria-hidden />}
          disabled={count === 0}
          onClick={() => {
            onAct("enroll");
          }}
        >
          {count === undefined ? t("segments.enroll") : t("segments.enrollCount", { count })}
        </Button>
      )}
    </>
  );
}

function Condition({ segment }: { readonly segment: Segment }) {
  const { t } = useTranslation("lists");
  const mayEdit = useMay()("contacts.edit");
  const [condition, setCondition] = useState<Asked>(segment.condition);
  const change = useChangeSegment(segment, { said: () => t("segments.saved") });
  const isChanged = condition !== segment.condition;
  return (
    <Asks condition={condition} readOnly={!mayEdit} onChange={setCondition}>
      {isChanged && (
        <div className={classes.foot} role="status">
          <Text c="dimmed" flex="1 1 260px">
            {t(isWhole(condition) ? "segments.changed" : "segments.incomplete")}
          </Text>
          <Button
            variant="default"
            onClick={() => {
              setCondition(segment.condition);
            }}
          >
            {t("segments.discard")}
          </Button>
          <Button
            variant="light"
            disabled={!isWhole(condition)}
            loading={change.isPending}
            onClick={() => {
              change.mutate({
                changed: { condition: { ...condition } },
                before: { condition: segment.condition },
              });
            }}
          >
            {t("segments.save")}
          </Button>
          {change.isError && (
            <Text role="alert" c="var(--db-red)" flex="1 1 100%">
              {saidOf(change.error) ?? t("segments.failed")}
            </Text>
          )}
        </div>
      )}
    </Asks>
  );
}

function Members({ segment }: { readonly segment: Segment }) {
  const { t } = useTranslation("lists");
  const navigate = useNavigate();
  const contacts = useContacts({ q: "", enrolled: "", segment_id: segment.id }, "name");
  return (
    <>
      <Title order={2} fz="lg" className={classes.members ?? ""}>
        {t("segments.members")}
      </Title>
      <DataTable<Contact>
        {...contacts}
        label={t("segments.members")}
        rowKey={(contact) => contact.id}
        rowName={({ name }) => name}
        columns={useColumns()}
        onOpen={(contact) => void navigate(`/contacts/${contact.id}`)}
        empty={<EmptyRoom title={t("segments.nobody.title")} hint={t("segments.nobody.hint")} />}
      />
    </>
  );
}

interface RenameSegmentProps {
  readonly segment: Segment;
  readonly onClose: () => void;
}

function RenameSegment({ segment, onClose }: RenameSegmentProps) {
  const { t } = useTranslation("lists");
  const change = useChangeSegment(segment, { said: () => t("segments.renamed") });
  return (
    <Rename
      name={segment.name}
      busy={change.isPending}
      problem={change.isError ? (saidOf(change.error) ?? t("segments.failed")) : undefined}
      onClose={onClose}
      onRename={(name) => {
        change.mutate({ changed: { name }, before: { name: segment.name } }, { onSuccess: onClose });
      }}
    />
  );
}

function saidOf(error: Error): string | undefined {
  return error instanceof ApiError ? error.problem?.detail : undefined;
}
