import { Drawer, Skeleton, Stack } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { useWindow } from "@/api/sequenceContent";
import { moments } from "@/flow/days";
import { inOrder } from "@/flow/outline";
import { stepAt } from "@/flow/ways";
import { openDays } from "./editor/openDays";
import { Pane } from "./editor/Pane";
import classes from "./editor/Pane.module.css";
import type { LineProps } from "./editor/types";
import { useActs } from "./editor/useActs";
import type { Editor } from "./editor/useDraft";
import { useStepKeys } from "./editor/useStepKeys";
import { Inspector } from "./inspector/Inspector";
import { NothingChosen } from "./inspector/NothingChosen";
import { useSequenceContext, type SequenceContext } from "./SequenceContext";

/** The steps of the sequence: the line at the left, what is chosen at the right. */
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

function Steps({ editor, sequence }: SequenceContext & { readonly editor: Editor }) {
  const { t } = useTranslation("sequences");
  const [params, setParams] = useSearchParams();
  const isNarrow = useMediaQuery("(max-width: 62em)", false, { getInitialValueInEffect: false });
  const chosen = stepAt(editor.document, params.get("step"));
  const choose = (key: string | undefined) => {
    setParams(key === undefined ? {} : { step: key }, { replace: true });
  };
  const window = useWindow(sequence.id);
  const acts = useActs(editor, chosen?.key, choose);
  useStepKeys(editor, chosen?.key, acts);
  const found = editor.copy.saved.problems;
  const shared: LineProps = {
    document: editor.document,
    days: moments(editor.document, new Date(), openDays(window)),
    chosen: chosen?.key,
    problems: (key) => found.filter((problem) => problem.step === key),
    readOnly: editor.readOnly,
    acts,
  };
  const order = inOrder(editor.document);
  const inspector = chosen && (
    <Inspector
      key={chosen.key}
      {...shared}
      step={chosen}
      position={order.indexOf(chosen.key)}
      sequence={sequence}
      saving={editor.copy.saving}
    />
  );
  return (
    <div className={classes.two}>
      <Pane {...shared} sequence={sequence} allProblems={found} />
      {isNarrow ? (
        <Drawer
          opened={chosen !== undefined}
          onClose={() => {
            choose(undefined);
          }}
          position="right"
          size="100%"
          withCloseButton={false}
          padding={0}
          title={undefined}
          attributes={{ content: { "aria-label": t("inspector.label") } }}
          styles={{ body: { height: "100%" } }}
        >
          {inspector}
        </Drawer>
      ) : (
        (inspector ?? <NothingChosen {...shared} sequence={sequence} saving={editor.copy.saving} />)
      )}
    </div>
  );
}
