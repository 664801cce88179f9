import { SegmentedControl } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { isSimple } from "../../text/html";
import { MODES, type Mode } from "../../text/modes";

interface ModesProps {
  readonly mode: Mode;
  readonly html: string;
  readonly disabled: boolean;
  readonly onTurn: (mode: Mode) => void;
}

/** The four ways to write a mail. */
export function Modes({ mode, html, disabled, onTurn }: ModesProps) {
  const { t } = useTranslation("sequences");
  const words = {
    plain: t("mail.modes.plain"),
    formatted: t("mail.modes.formatted"),
    source: t("mail.modes.source"),
    mjml: t("compose.mjml"),
  };
  return (
    <SegmentedControl<Mode>
      size="xs"
      disabled={disabled}
      aria-label={t("mail.mode")}
      data={MODES.map((value) => ({
        value,
        label: words[value],
        disabled: value === "formatted" && mode === "source" && !isSimple(html),
      }))}
      value={mode}
      onChange={onTurn}
    />
  );
}
