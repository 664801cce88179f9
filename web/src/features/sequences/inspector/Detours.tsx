import { Group, Select, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Way } from "@/flow/document";
import { stepTitle } from "../stepWords";
import type { InspectorProps } from "./Inspector";
import { Section } from "./Section";

const DETOURS = ["on_skip", "on_failure"] as const;

/** Where the flow goes when the step is skipped or fails. */
export function Detours(props: InspectorProps) {
  const { t } = useTranslation("sequences");
  const kinds = DETOURS.map((name) => props.step[name]?.kind ?? "go_on");
  const now = kinds.every((kind) => kind === "go_on") ? "go_on" : kinds.includes("step") ? "step" : "finish";
  return (
    <Section title={t("detour.title")} now={t(`detour.now.${now}`)}>
      <Stack gap="sm">
        {DETOURS.map((name) => (
          <Detour key={name} name={name} {...props} />
        ))}
      </Stack>
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
  const others = document.steps.filter((other) => other.key !== step.key);
  const data = [
    { value: "go_on", label: t("detour.go_on") },
    { value: "finish", label: t("detour.finish") },
    ...others.map((other) => ({
      value: `step:${other.key}`,
      label: t("detour.step", { step: stepTitle(t, other, document) }),
    })),
  ];
  return (
    <Group gap="sm" wrap="wrap">
      <Text miw={140}>{t(`detour.${name}`)}</Text>
      <Select
        size="xs"
        w={260}
        allowDeselect={false}
        disabled={readOnly}
        aria-label={t(`detour.${name}`)}
        data={data}
        value={way.kind === "step" ? `step:${way.step ?? ""}` : (way.kind ?? "go_on")}
        onChange={(value) => {
          acts.change(step.key, { [name]: wayOf(value ?? "go_on") });
        }}
      />
    </Group>
  );
}

function wayOf(value: string): Way {
  if (value.startsWith("step:")) return { kind: "step", step: value.slice("step:".length) };
  return value === "finish" ? { kind: "finish" } : { kind: "go_on" };
}
