import { Anchor, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type NumberChannel, type TextWeight, useWeight } from "@/api/numbers";
import { asRead, isPersonal } from "@/flow/spoken";

interface WeightProps {
  /** What stands in the step; tags are read as usual names. */
  readonly text: string;
}

const TYPING = 300;
const MOST_SHOWN = 8;

/** Characters, encoding, segments and cost as the server counts them, and which characters make it dear. */
export function Weight({ text }: WeightProps) {
  const { t } = useTranslation("sequences");
  const [weighed] = useDebouncedValue(asRead(text), TYPING);
  return <Weighed text={weighed} note={isPersonal(text) ? t("sms.personal") : ""} />;
}

interface WeighedProps {
  readonly text: string;
  readonly contact?: number | undefined;
  readonly note?: string;
}

/** What a text weighs as it stands. */
export function Weighed({ text, contact, note = "" }: WeighedProps) {
  const { t } = useTranslation("sequences");
  const { data: weight } = useWeight(text, { contact });
  if (text === "" || weight === undefined) return null;
  const { units, encoding, segments, left, dear } = weight;
  return (
    <Text component="div" fz="xs" c="dimmed" className="tabular" role="status">
      {t("sms.units", { count: units, encoding: encoding === "gsm-7" ? "GSM-7" : "UCS-2" })}
      {" · "}
      {t("sms.segments", { count: segments })}
      {" · "}
      {t("sms.left", { count: left })}
      {note !== "" && ` · ${note}`}
      {dear.length > 0 && (
        <Text fz="xs" c="var(--db-amber)">
          {t("sms.dear", { characters: dear.slice(0, MOST_SHOWN).join(" ") })}
        </Text>
      )}
      <Text fz="xs">
        <Price weight={weight} />
      </Text>
    </Text>
  );
}

interface CostProps {
  readonly channel: NumberChannel;
  readonly text: string;
}

/** What a message or a call costs; nothing is said where the account has no prices of the channel. */
export function Cost({ channel, text }: CostProps) {
  const [weighed] = useDebouncedValue(asRead(text), TYPING);
  const { data: weight } = useWeight(weighed, { channel });
  if (weighed === "" || weight === undefined || weight.currency === "") return null;
  return (
    <Text fz="xs" c="dimmed" className="tabular">
      <Price weight={weight} />
    </Text>
  );
}

/** From the least to the most it costs, or where prices are set. */
function Price({ weight: { currency, amount, most } }: { readonly weight: TextWeight }) {
  const { t, i18n } = useTranslation("sequences");
  if (currency === "") {
    return (
      <>
        {t("cost.unset")}{" "}
        <Anchor component={Link} to="/settings/numbers" inherit underline="always">
          {t("cost.where")}
        </Anchor>
      </>
    );
  }
  if (amount === null || most === null) return t("cost.unknown");
  const written = new Intl.NumberFormat(i18n.language, {
    style: "currency",
    currency,
    maximumFractionDigits: 4,
  });
  const [least, dearest] = [written.format(Number(amount)), written.format(Number(most))];
  return amount === most ? t("cost.one", { amount: least }) : t("cost.span", { least, most: dearest });
}
