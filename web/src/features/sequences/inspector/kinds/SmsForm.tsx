import { useTranslation } from "react-i18next";
import type { SmsStep } from "@/flow/document";
import { ChipField } from "../../text/ChipField";
import { At } from "../At";
import type { InspectorProps } from "../Inspector";
import { useField } from "../useField";
import { Weight } from "./Weight";

/** A text message, and what it weighs. */
export function SmsForm(props: InspectorProps) {
  const { t } = useTranslation("sequences");
  const change = useField<SmsStep>(props);
  const { step, readOnly, problems } = props;
  if (step.kind !== "sms") return null;
  const text = step.text ?? "";
  return (
    <At place="text" problems={problems(step.key)}>
      <ChipField
        label={t("sms.text")}
        value={text}
        lines
        readOnly={readOnly}
        onChange={(to) => {
          change("text", to);
        }}
      />
      <Weight text={text} />
    </At>
  );
}
