import { Group, Skeleton } from "@mantine/core";
import { memo, useDeferredValue } from "react";
import { useTranslation } from "react-i18next";
import { Outlet, useMatch, useParams } from "react-router";
import { useReviewCounts } from "@/api/reviews";
import { useSequence, type Sequence } from "@/api/sequences";
import { useSession } from "@/api/session";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { Room } from "@/ui/Room";
import { RoomTabs } from "@/ui/RoomTabs";
import { ConflictDialog } from "./editor/ConflictDialog";
import { useDraft, type Editor } from "./editor/useDraft";
import { Lock, Unlock } from "./guard/Lock";
import { HeadMenu } from "./head/HeadMenu";
import { LifeActions } from "./head/LifeActions";
import { Standing } from "./head/Standing";
import { Together } from "./head/Together";
import { UndoRedo } from "./head/UndoRedo";
import { ViewSwitch } from "./head/ViewSwitch";
import { problemText } from "./problemText";
import type { SequenceContext } from "./SequenceContext";
import { SimulateButton } from "./simulate/SimulateButton";
import { Status } from "./Status";
import { useStepsView } from "./useStepsView";

const NONE: readonly string[] = [];

/** One sequence: its head and tabs; each tab is a page of its own below. */
export function Component() {
  const { t } = useTranslation("sequences");
  const id = Number(useParams().sequenceId);
  const { data: sequence, error } = useSequence(id);
  const rights = useSession().data?.rights ?? NONE;
  if (sequence !== undefined) return <Page key={id} sequence={sequence} rights={rights} />;
  return (
    <Room title={t("title")} within={{ to: "/sequences", title: t("title") }}>
      {error === null ? (
        <Skeleton height={38} />
      ) : (
        <EmptyRoom picture={null} title={t("page.missing")} hint={problemText(t, error) ?? ""} />
      )}
    </Room>
  );
}

interface PageProps {
  readonly sequence: Sequence;
  readonly rights: readonly string[];
}

function Page({ sequence, rights }: PageProps) {
  const { t } = useTranslation("sequences");
  const mayChange = rights.includes("sequences.edit") && sequence.status !== "archived";
  const mayEdit = mayChange && sequence.unlocked;
  const editor = useDraft(sequence.id, !mayEdit);
  const later = useLater(editor);
  return (
    <Room
      title={sequence.name}
      within={{ to: "/sequences", title: t("title") }}
      beside={<Beside sequence={sequence} rights={rights} editor={later} />}
      meta={<Meta sequence={sequence} editor={later} />}
      actions={
        <>
          <View sequence={sequence} />
          {mayEdit
            ? later && <Actions sequence={sequence} editor={later} />
            : mayChange && <Unlock sequence={sequence} />}
        </>
      }
      tabs={<Tabs sequence={sequence} editor={later} />}
    >
      <Outlet context={{ sequence, editor, mayEdit } satisfies SequenceContext} />
      {editor?.copy.saving.state === "conflict" && <ConflictDialog sequence={sequence} editor={editor} />}
    </Room>
  );
}

/** What is edited is drawn first; the head follows as soon as there is time. It comes with the steps. */
function useLater(editor: Editor | undefined): Editor | undefined {
  return useDeferredValue(editor) ?? editor;
}

const Meta = memo(Standing);

const View = memo(function View({ sequence }: Pick<PageProps, "sequence">) {
  const onSteps = useMatch("/sequences/:sequenceId") !== null;
  return onSteps && <ViewSwitch sequence={sequence.id} />;
});

interface BesideProps extends PageProps {
  readonly editor: Editor | undefined;
}

const Beside = memo(function Beside({ sequence, rights, editor }: BesideProps) {
  return (
    <Group gap={6} wrap="nowrap">
      <Status status={sequence.status} pill />
      <Lock sequence={sequence} />
      <HeadMenu sequence={sequence} rights={rights} />
      {editor && <Together sequence={sequence} editor={editor} />}
    </Group>
  );
});

const Actions = memo(function Actions({
  sequence,
  editor,
}: {
  readonly sequence: Sequence;
  readonly editor: Editor;
}) {
  const onSteps = useMatch("/sequences/:sequenceId") !== null;
  const [view] = useStepsView(sequence.id);
  return (
    <>
      {onSteps && view === "line" && <UndoRedo editor={editor} />}
      <SimulateButton sequence={sequence} editor={editor} />
      <LifeActions sequence={sequence} editor={editor} />
    </>
  );
});

const Tabs = memo(function Tabs({
  sequence,
  editor,
}: {
  readonly sequence: Sequence;
  readonly editor: Editor | undefined;
}) {
  const { t } = useTranslation("sequences");
  const people = Object.values(sequence.counts).reduce((sum, count) => sum + count, 0);
  const waiting =
    useReviewCounts().data?.sequences.find(({ sequence_id: id }) => id === sequence.id)?.people ?? 0;
  return (
    <RoomTabs
      label={t("tabs.label")}
      tabs={[
        { to: ".", label: t("tabs.steps"), count: editor?.document.steps.length },
        { to: "enrollments", label: t("tabs.enrollments"), ...(people > 0 && { count: people }) },
        { to: "review", label: t("tabs.review"), ...(waiting > 0 && { count: waiting }) },
        { to: "settings", label: t("tabs.settings") },
        { to: "history", label: t("tabs.history") },
      ]}
    />
  );
});
