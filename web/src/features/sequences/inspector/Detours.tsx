import { Box, Text } from "@mantine/core";
import { Trans, useTranslation } from "react-i18next";
import type { Way } from "@/flow/document";
import { stepAt } from "@/flow/ways";
import { PickOne } from "@/ui/picks";
import { worst } from "../editor/problems";
import { problemsAt } from "@/flow/places";
import { stepTitle } from "../stepWords";
import { At } from "./At";
import type { InspectorProps } from "./Inspector";
import { Section } from "./Section";
import { stepsAhead } from "./WayOn";

const DETOURS = ["on_skip", "on_failure"] as const;
const FAILS: ReadonlySet<string> = new Set([
  "email",
  "sms",
  "whatsapp",
  "voice",
  "webhook",
  "ai_decide",
  "ai_qualify",
]);

/** Where the flow goes when the step is skipped or fails. */
export function Detours(props: InspectorProps) {
  const { t } = useTranslation("sequences");
  const { step, document } = props;
  const problems = props.problems(step.key);
  const words = (name: (typeof DETOURS)[number]) => {
    const way = step[name];
    if (way?.kind === "finish") return [t(`step.${name}.finish`)];
    const to = stepAt(document, way?.step ?? null);
    return way?.kind === "step" && to ? [t(`step.${name}.step`, { step: stepTitle(t, to, document) })] : [];
  };
  const now = DETOURS.flatMap(words).join(" · ");
  return (
    <Section
      title={t("detour.title")}
      now={now === "" ? t("detour.now") : now}
      problem={worst(DETOURS.flatMap((name) => problemsAt(problems, name)))}
    >
      <Box lh="32px">
        {DETOURS.map((name) => (
          <At key={name} place={name} problems={problems}>
            <Trans t={t} i18nKey={`detour.${name}`} components={{ way: <Detour name={name} {...props} /> }} />
          </At>
        ))}
      </Box>
      <Text fz="xs" c="dimmed">
        {t(FAILS.has(step.kind) ? "detour.hint" : "detour.hintSkips")}
      </Text>
    </Section>
  );
}

function Detour({
  name,
  step,
  document,
  acts,
  readOnly,
}: InspectorProps & { readonly name: (typeof DETOURS)[number] }) {
  const { t } = useTranslation("sequences");
  const way = step[name] ?? { kind: "go_on" };
  const to = way.kind === "step" ? (way.step ?? null) : null;
  const options = [
    { value: "go_on", label: t("detour.go_on") },
    { value: "finish", label: t("detour.finish") },
    ...stepsAhead(document, step, to).map((other) => ({
      value: `step:${other.key}`,
      label: t("detour.step", { step: stepTitle(t, other, document) }),
    })),
  ];
  return (
    <PickOne
      disabled={readOnly}
      label={t(`detour.label.${name}`)}
      options={options}
      value={to === null ? (way.kind ?? "go_on") : `step:${to}`}
      onChange={(value) => {
        acts.change(step.key, { [name]: wayOf(value) });
      }}
    />
  );
}

function wayOf(value: string): Way {
  if (value.startsWith("step:")) return { kind: "step", step: value.slice("step:".length) };
  return value === "finish" ? { kind: "finish" } : { kind: "go_on" };
}
