import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Step } from "@/flow/document";
import type { InspectorProps } from "./Inspector";
import { Section } from "./Section";
import { useField } from "./useField";

/** What the team calls the step, where its content does not say it. */
export function Name(props: InspectorProps) {
  const { t } = useTranslation("sequences");
  const change = useField<Step>(props);
  const { step, readOnly } = props;
  const name = step.name ?? "";
  return (
    <Section title={t("name.title")} now={name === "" ? t("name.none") : name}>
      <TextInput
        maw={380}
        maxLength={200}
        aria-label={t("name.title")}
        description={t("name.hint", { key: step.key })}
        inputWrapperOrder={["input", "description"]}
        disabled={readOnly}
        value={name}
        onChange={(event) => {
          change("name", event.currentTarget.value);
        }}
      />
    </Section>
  );
}
