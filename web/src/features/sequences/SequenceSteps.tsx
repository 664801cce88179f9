import { Drawer, Skeleton, Stack, VisuallyHidden } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useEffect, useMemo, type ComponentProps, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { useWindow, type FlowProblem } from "@/api/sequenceContent";
import type { Sequence } from "@/api/sequences";
import { moments } from "@/flow/days";
import { inOrder } from "@/flow/outline";
import { stepAt } from "@/flow/ways";
import { later } from "@/ui/later";
import { useAnnouncer } from "@/ui/useAnnouncer";
import { useSlimRail } from "@/ui/slimRail";
import { openDays } from "./editor/openDays";
import { Pane, type PaneProps } from "./editor/Pane";
import classes from "./editor/Pane.module.css";
import type { LineProps } from "./editor/types";
import { useActs } from "./editor/useActs";
import type { Editor } from "./editor/useDraft";
import { useKeptFocus } from "./editor/useKeptFocus";
import { useStepKeys } from "./editor/useStepKeys";
import { Inspector } from "./inspector/Inspector";
import { NothingChosen } from "./inspector/NothingChosen";
import { TruthContext } from "./numbers/truth";
import { useStepsTruth } from "./numbers/useSteps";
import { useSequenceContext, type SequenceContext } from "./SequenceContext";
import { useSheet, useShown, type Shown } from "./sheet/useSheet";
import { useStepsView } from "./useStepsView";

const canvas = later(async () => (await import("./canvas/Canvas")).Canvas);

/** The steps of the sequence: the line or the canvas at the left, what is chosen at the right. */
export function Component() {
  const context = useSequenceContext();
  const [view] = useStepsView(context.sequence.id);
  useSlimRail(view === "canvas");
  useEffect(() => {
    if (view === "canvas") canvas.fetch();
  }, [view]);
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

const NONE: readonly FlowProblem[] = [];

interface StepsProps extends SequenceContext {
  readonly editor: Editor;
}

function Steps(props: StepsProps) {
  const { editor, sequence } = props;
  const [view] = useStepsView(sequence.id);
  const isNarrow = useMediaQuery("(max-width: 62em)", false, { getInitialValueInEffect: false });
  const { shared, isNamed } = useShared(props);
  useKeptFocus(shared.document, shared.chosen);
  const overlay = useStepsTruth(sequence, editor);
  const { saving, saved } = editor.copy;
  const allProblems = saved.problems;
  const rest = useMemo(
    () => ({ sequence, overlay, allProblems, narrow: isNarrow }),
    [sequence, overlay, allProblems, isNarrow],
  );
  const sheet = useSheet(editor, shared, rest);
  const shown = useShown(useChosen(shared, sequence), isNamed);
  const inspector = shown && <Chosen key={shown.step.key} {...shown} saving={saving} />;
  const steps =
    view === "canvas" ? (
      <div className={classes.sheet} data-chosen={shown && ""}>
        <canvas.Part {...sheet} />
        <Beside narrow={isNarrow} onClose={shared.acts.choose}>
          {inspector}
        </Beside>
      </div>
    ) : (
      <div className={classes.two}>
        <LinePane {...shared} {...rest} editor={editor} />
        <Beside narrow={isNarrow} onClose={shared.acts.choose}>
          {inspector ?? (!isNarrow && <NothingChosen {...shared} sequence={sequence} saving={saving} />)}
        </Beside>
      </div>
    );
  return <TruthContext value={overlay.truth}>{steps}</TruthContext>;
}

function Chosen(props: Omit<ComponentProps<typeof Inspector>, "position">) {
  return <Inspector {...props} position={inOrder(props.document).indexOf(props.step.key)} />;
}

/** Return the chosen step and what its fields need; undefined where none is. */
function useChosen(shared: LineProps, sequence: Sequence): Shown | undefined {
  const step = stepAt(shared.document, shared.chosen ?? null);
  return useMemo(() => step && { ...shared, sequence, step }, [shared, sequence, step]);
}

/** What line, canvas and inspector get: it changes when the flow does, not with every render. */
function useShared({ editor, sequence }: StepsProps) {
  const [params, setParams] = useSearchParams();
  const named = params.get("step");
  const chosen = stepAt(editor.document, named)?.key;
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
  const acts = useActs({ sequence: sequence.id, editor, chosen, choose });
  const found = editor.copy.saved.problems;
  const { document, readOnly } = editor;
  const days = useMemo(() => moments(document, new Date(), openDays(window)), [document, window]);
  const problems = useMemo(() => byStep(found), [found]);
  const shared = useMemo(
    (): LineProps => ({ document, days, chosen, problems, readOnly, acts }),
    [document, days, chosen, problems, readOnly, acts],
  );
  return { shared, isNamed: named !== null };
}

/** Return what finds the problems of a step: a long flow is asked for each of its steps at each edit. */
function byStep(found: readonly FlowProblem[]): LineProps["problems"] {
  const known = Map.groupBy(found, ({ step }) => step);
  return (key) => known.get(key) ?? NONE;
}

function LinePane(props: PaneProps & Pick<StepsProps, "editor">) {
  const { said, say } = useAnnouncer();
  useStepKeys(props.editor, props.chosen, props.acts, say);
  return (
    <>
      <Pane {...props} />
      <VisuallyHidden aria-live="polite" role="status">
        {said}
      </VisuallyHidden>
    </>
  );
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
