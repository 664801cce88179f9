import { Box, Stack, Text } from "@mantine/core";
import { Trans, useTranslation } from "react-i18next";
import type { GoToStep } from "@/flow/document";
import { inOrder } from "@/flow/outline";
import { stepAt } from "@/flow/ways";
import { PickNumber, PickOne } from "@/ui/picks";
import { stepTitle } from "../../stepWords";
import { At } from "../At";
import type { InspectorProps } from "../Inspector";
import { PickWord } from "../PickWord";
import { useField } from "../useField";
import { Ways } from "./Ways";

const ROUNDS = 2;

/** Back to an earlier step, so many times, and where it goes on then. */
export function GoToForm(props: InspectorProps) {
  const { t } = useTranslation("sequences");
  const { step, problems } = props;
  if (step.kind !== "go_to") return null;
  const rounds = step.max_rounds ?? null;
  return (
    <Stack gap="sm">
      <At place="target" problems={problems(step.key)}>
        <Box fz="md" lh="34px">
          <Trans
            t={t}
            i18nKey={rounds === null ? "goTo.endless" : "goTo.sentence"}
            count={rounds ?? 0}
            components={{
              target: <Target {...props} target={step.target ?? ""} />,
              limit: <Limit {...props} rounds={rounds} />,
              rounds: <Rounds {...props} rounds={rounds} />,
            }}
          />
        </Box>
      </At>
      {rounds === null ? (
        <Text c="dimmed">{t("goTo.endlessHint")}</Text>
      ) : (
        <Ways {...props} ways={[{ way: "next", words: t("goTo.then") }]} />
      )}
    </Stack>
  );
}

function Target({ target, ...props }: InspectorProps & { readonly target: string }) {
  const { t } = useTranslation("sequences");
  const change = useField<GoToStep>(props);
  const { document, readOnly } = props;
  const offered = earlier(props, target).flatMap((key) => {
    const step = stepAt(document, key);
    return step ? [{ value: key, label: `“${stepTitle(t, step, document)}”` }] : [];
  });
  return (
    <PickOne
      label={t("goTo.target")}
      disabled={readOnly}
      options={target === "" ? [{ value: "", label: t("goTo.choose") }, ...offered] : offered}
      value={target}
      onChange={(key) => {
        change("target", key);
      }}
    />
  );
}

interface RoundsProps extends InspectorProps {
  /** Null: without an end. */
  readonly rounds: number | null;
}

function Limit({ rounds, ...props }: RoundsProps) {
  const { t } = useTranslation("sequences");
  const change = useField<GoToStep>(props);
  return (
    <PickWord
      label={t("goTo.limit")}
      words={{ most: t("goTo.atMost"), always: t("goTo.always") }}
      value={rounds === null ? "always" : "most"}
      readOnly={props.readOnly}
      onChange={(limit) => {
        change("max_rounds", limit === "most" ? ROUNDS : null);
      }}
    />
  );
}

function Rounds({ rounds, ...props }: RoundsProps) {
  const { t } = useTranslation("sequences");
  const change = useField<GoToStep>(props);
  return (
    <PickNumber
      label={t("goTo.rounds")}
      disabled={props.readOnly}
      min={1}
      max={1000}
      value={rounds ?? ROUNDS}
      onChange={(count) => {
        change("max_rounds", count);
      }}
    />
  );
}

/** List the steps above; the target of now belongs to them wherever it stands. */
function earlier({ step, document }: InspectorProps, target: string): readonly string[] {
  const order = inOrder(document);
  const above = order.slice(0, Math.max(0, order.indexOf(step.key)));
  return target === "" || above.includes(target) ? above : [...above, target];
}
