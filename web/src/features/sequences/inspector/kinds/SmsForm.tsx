import { Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { useWeight } from "@/api/numbers";
import type { SmsStep } from "@/flow/document";
import { asRead, isPersonal } from "@/flow/spoken";
import { ChipField } from "../../text/ChipField";
import { At } from "../At";
import type { InspectorProps } from "../Inspector";
import { useField } from "../useField";

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

const TYPING = 300;

/** Characters, encoding and segments as the server counts them, and which characters make it dear. */
function Weight({ text }: { readonly text: string }) {
  const { t } = useTranslation("sequences");
  const [weighed] = useDebouncedValue(asRead(text), TYPING);
  const { data: weight } = useWeight(weighed);
  if (weighed === "" || weight === undefined) return null;
  const { units, encoding, segments, left, dear } = weight;
  return (
    <Text component="div" fz="xs" c="dimmed" className="tabular" role="status">
      {t("sms.units", { count: units, encoding: encoding === "gsm-7" ? "GSM-7" : "UCS-2" })}
      {" · "}
      {t("sms.segments", { count: segments })}
      {" · "}
      {t("sms.left", { count: left })}
      {isPersonal(text) && ` · ${t("sms.personal")}`}
      {dear.length > 0 && (
        <Text fz="xs" c="var(--db-amber)">
          {t("sms.dear", { characters: dear.slice(0, MOST_SHOWN).join(" ") })}
        </Text>
      )}
    </Text>
  );
}

const MOST_SHOWN = 8;
