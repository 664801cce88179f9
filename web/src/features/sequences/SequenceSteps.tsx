import { Drawer, Skeleton, Stack } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { lazy, Suspense, useCallback, useMemo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { useWindow } from "@/api/sequenceContent";
import { moments } from "@/flow/days";
import { inOrder } from "@/flow/outline";
import { stepAt } from "@/flow/ways";
import { openDays } from "./editor/openDays";
import { Pane, type PaneProps } from "./editor/Pane";
import classes from "./editor/Pane.module.css";
import type { LineProps } from "./editor/types";
import { useActs } from "./editor/useActs";
import type { Editor } from "./editor/useDraft";
import { useStepKeys } from "./editor/useStepKeys";
import { Inspector, type InspectorProps } from "./inspector/Inspector";
import { NothingChosen } from "./inspector/NothingChosen";
import { TruthContext } from "./numbers/truth";
import { useStepsTruth } from "./numbers/useSteps";
import { useSequenceContext, type SequenceContext } from "./SequenceContext";
import { useStepsView } from "./useStepsView";

const Canvas = lazy(async () => ({ default: (await import("./canvas/Canvas")).Canvas }));

/** The steps of the sequence: the line or the canvas at the left, what is chosen at the right. */
export function Component() {
  const context = useSequenceContext();
  if (context.editor === undefined) {
    return (
      <Stack p="xl" gap="lg" aria-hidden>
        {[1, 2, 3].map((each) => (
          <Skeleton key={each} height={74} maw={480} radius="md" />
        ))}
      </Stack>
    );
  }
  return <Steps {...context} editor={context.editor} />;
}

interface StepsProps extends SequenceContext {
  readonly editor: Editor;
}

function Steps(props: StepsProps) {
  const { editor, sequence } = props;
  const [view] = useStepsView(sequence.id);
  const isNarrow = useMediaQuery("(max-width: 62em)", false, { getInitialValueInEffect: false });
  const shared = useShared(props);
  const chosen = stepAt(editor.document, shared.chosen ?? null);
  const of = { ...shared, sequence, saving: editor.copy.saving };
  const inspector = chosen && <Chosen key={chosen.key} {...of} step={chosen} />;
  const overlay = useStepsTruth(sequence, editor);
  const drawn = { ...of, editor, overlay, allProblems: editor.copy.saved.problems };
  const steps =
    view === "canvas" ? (
      <div className={classes.sheet} data-chosen={chosen && ""}>
        <Suspense fallback={<div />}>
          <Canvas {...drawn} narrow={isNarrow} />
        </Suspense>
        <Beside narrow={isNarrow} onClose={shared.acts.choose}>
          {inspector}
        </Beside>
      </div>
    ) : (
      <div className={classes.two}>
        <LinePane {...drawn} />
        <Beside narrow={isNarrow} onClose={shared.acts.choose}>
          {inspector ?? (!isNarrow && <NothingChosen {...of} />)}
        </Beside>
      </div>
    );
  return <TruthContext value={overlay.truth}>{steps}</TruthContext>;
}

function Chosen(props: Omit<InspectorProps, "position">) {
  return <Inspector {...props} position={inOrder(props.document).indexOf(props.step.key)} />;
}

/** What line, canvas and inspector get: it changes when the flow does, not with every render. */
function useShared({ editor, sequence }: StepsProps): LineProps {
  const [params, setParams] = useSearchParams();
  const chosen = stepAt(editor.document, params.get("step"))?.key;
  const choose = (key: string | undefined) => {
    setParams(
      (before) => {
        if (key === undefined) before.delete("step");
        else before.set("step", key);
        return before;
      },
      { replace: true },
    );
  };
  const window = useWindow(sequence.id);
  const acts = useActs(editor, chosen, choose);
  const found = editor.copy.saved.problems;
  const { document, readOnly } = editor;
  const days = useMemo(() => moments(document, new Date(), openDays(window)), [document, window]);
  const problems = useCallback((key: string) => found.filter((problem) => problem.step === key), [found]);
  return { document, days, chosen, problems, readOnly, acts };
}

function LinePane(props: PaneProps & Pick<StepsProps, "editor">) {
  useStepKeys(props.editor, props.chosen, props.acts);
  return <Pane {...props} />;
}

interface BesideProps {
  readonly narrow: boolean;
  readonly onClose: (key: undefined) => void;
  readonly children: ReactNode;
}

/** The inspector: over the page where there is no room beside it. */
function Beside({ narrow, onClose, children }: BesideProps) {
  const { t } = useTranslation("sequences");
  if (!narrow) return children;
  return (
    <Drawer
      opened={Boolean(children)}
      onClose={() => {
        onClose(undefined);
      }}
      position="right"
      size="100%"
      withCloseButton={false}
      padding={0}
      title={undefined}
      attributes={{ content: { "aria-label": t("inspector.label") } }}
      styles={{ body: { height: "100%" } }}
    >
      {children}
    </Drawer>
  );
}
