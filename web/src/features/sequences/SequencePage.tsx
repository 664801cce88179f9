import { ActionIcon, Button, Group, Skeleton, Switch, Text, Tooltip } from "@mantine/core";
import { IconArrowBackUp, IconArrowForwardUp, IconPlayerPlay } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Outlet, useMatch, useParams } from "react-router";
import { useSequence, useSwitchSequence, type Sequence } from "@/api/sequences";
import { useSession } from "@/api/session";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { Room } from "@/ui/Room";
import { RoomTabs } from "@/ui/RoomTabs";
import { ConflictDialog } from "./editor/ConflictDialog";
import { countOf } from "./editor/problems";
import { useDraft, type Editor } from "./editor/useDraft";
import { HeadMenu } from "./HeadMenu";
import { problemText } from "./problemText";
import { PublishDialog } from "./publish/PublishDialog";
import type { SequenceContext } from "./SequenceContext";
import { Status } from "./Status";
import { useUnpublished } from "./useUnpublished";

/** One sequence: its head and tabs; each tab is a page of its own below. */
export function Component() {
  const { t } = useTranslation("sequences");
  const id = Number(useParams()["sequenceId"]);
  const { data: sequence, error } = useSequence(id);
  const rights = useSession().data?.rights ?? [];
  if (error !== null && sequence === undefined) {
    return (
      <Room title={t("title")} within={{ to: "/sequences", title: t("title") }}>
        <EmptyRoom picture={null} title={t("page.missing")} hint={problemText(t, error) ?? ""} />
      </Room>
    );
  }
  if (sequence === undefined) {
    return (
      <Room title={t("title")} within={{ to: "/sequences", title: t("title") }}>
        <Skeleton height={38} />
      </Room>
    );
  }
  return <Page key={id} sequence={sequence} rights={rights} />;
}

interface PageProps {
  readonly sequence: Sequence;
  readonly rights: readonly string[];
}

function Page({ sequence, rights }: PageProps) {
  const { t } = useTranslation("sequences");
  const mayEdit = rights.includes("sequences.edit") && sequence.status !== "archived";
  const editor = useDraft(sequence.id, !mayEdit);
  const onSteps = useMatch("/sequences/:sequenceId") !== null;
  const { active, paused, completed, unenrolled } = sequence.counts;
  const people = active + paused + completed + unenrolled;
  return (
    <Room
      title={sequence.name}
      within={{ to: "/sequences", title: t("title") }}
      beside={
        <Group gap={6} wrap="nowrap">
          <Status status={sequence.status} pill />
          <HeadMenu sequence={sequence} rights={rights} />
        </Group>
      }
      meta={<Standing sequence={sequence} editor={editor} />}
      actions={
        mayEdit && (
          <>
            {onSteps && editor && <UndoRedo editor={editor} />}
            <LifeActions sequence={sequence} editor={editor} />
          </>
        )
      }
      tabs={
        <RoomTabs
          label={t("tabs.label")}
          tabs={[
            { to: ".", label: t("tabs.steps"), count: editor?.document.steps.length },
            { to: "enrollments", label: t("tabs.enrollments"), ...(people > 0 && { count: people }) },
            { to: "settings", label: t("tabs.settings") },
            { to: "history", label: t("tabs.history") },
          ]}
        />
      }
    >
      <Outlet context={{ sequence, editor, mayEdit } satisfies SequenceContext} />
      {editor?.copy.saving.state === "conflict" && <ConflictDialog sequence={sequence} editor={editor} />}
    </Room>
  );
}

/** Which version is live, and whether the working copy says something else. */
function Standing({
  sequence,
  editor,
}: {
  readonly sequence: Sequence;
  readonly editor: Editor | undefined;
}) {
  const { t } = useTranslation("sequences");
  const changes = useUnpublished(sequence, editor);
  const number = sequence.version?.number;
  if (number === undefined)
    return (
      <Text fz="xs" c="dimmed" visibleFrom="sm">
        {t("page.neverPublished")}
      </Text>
    );
  return (
    <Text fz="xs" c="dimmed" visibleFrom="sm" className="tabular" truncate>
      {t("page.live", { number })}
      {changes > 0 && ` · ${t("page.changes", { count: changes })}`}
    </Text>
  );
}

function UndoRedo({ editor }: { readonly editor: Editor }) {
  const { t } = useTranslation("sequences");
  const { history } = editor.copy;
  return (
    <Group gap={0} wrap="nowrap" visibleFrom="sm">
      <ActionIcon
        aria-label={t("undo")}
        title={t("undo")}
        disabled={history.past.length === 0}
        onClick={() => {
          editor.store.undo();
        }}
      >
        <IconArrowBackUp size={18} stroke={1.75} />
      </ActionIcon>
      <ActionIcon
        aria-label={t("redo")}
        title={t("redo")}
        disabled={history.future.length === 0}
        onClick={() => {
          editor.store.redo();
        }}
      >
        <IconArrowForwardUp size={18} stroke={1.75} />
      </ActionIcon>
    </Group>
  );
}

/** The switch of a sequence that was started, and the one filled button: Activate, or Publish what changed. */
function LifeActions({
  sequence,
  editor,
}: {
  readonly sequence: Sequence;
  readonly editor: Editor | undefined;
}) {
  const { t } = useTranslation("sequences");
  const [asking, setAsking] = useState(false);
  const turn = useSwitchSequence(({ name, on }) => t(on ? "card.resumed" : "card.paused", { name }));
  const isDraft = sequence.status === "draft";
  const errors = countOf(editor?.copy.saved.problems ?? [], "error");
  const changed = editor?.copy.saved.changed ?? sequence.draft.changed;
  const next = (sequence.version?.number ?? 0) + 1;
  return (
    <>
      {!isDraft && (
        <Switch
          checked={sequence.status === "active"}
          aria-label={t("card.switch", { name: sequence.name })}
          onChange={(event) => {
            turn.mutate({ id: sequence.id, name: sequence.name, on: event.currentTarget.checked });
          }}
        />
      )}
      {(isDraft || changed) && (
        <Tooltip label={t("publish.errors", { count: errors })} disabled={errors === 0}>
          <Button
            disabled={errors > 0 || editor === undefined}
            {...(isDraft && { leftSection: <IconPlayerPlay size={16} /> })}
            onClick={() => {
              void editor?.store.flush().then((saved) => {
                setAsking(saved);
              });
            }}
          >
            {isDraft ? t("publish.activate") : t("publish.publish", { number: next })}
          </Button>
        </Tooltip>
      )}
      {asking && editor && (
        <PublishDialog
          sequence={sequence}
          saved={editor.copy.saved}
          onClose={() => {
            setAsking(false);
            void editor.store.refresh();
          }}
        />
      )}
    </>
  );
}
