import { Anchor } from "@mantine/core";
import { IconArrowBackUp, IconClock, IconEye } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Forecast } from "@/api/sequenceContent";
import type { Sequence } from "@/api/sequences";
import { exitWords, windowWords } from "../settings/words";

interface DefaultLinesProps {
  readonly forecast: Forecast;
  readonly sequence: Sequence;
  readonly onGo: () => void;
}

/** What holds without anybody having chosen it here, each with the way to change it. */
export function DefaultLines({ forecast: { defaults }, sequence, onGo }: DefaultLinesProps) {
  const { t, i18n } = useTranslation("sequences");
  const settings = `/sequences/${sequence.id}/settings`;
  const caps = defaults.caps.filter((cap) => cap.enabled && cap.per_day !== null);
  const perDay = caps[0]?.per_day;
  const window = windowWords(t, defaults.window, i18n.language);
  const cap = perDay == null ? "" : perDay.toLocaleString(i18n.language);
  // Where every hour will do, it does not matter whose hour it is.
  const always = defaults.window === null ? "Always" : "";
  const lines = [
    { icon: IconArrowBackUp, text: exitWords(t, defaults), to: settings },
    {
      icon: IconClock,
      text:
        perDay == null
          ? t(`defaults.when${always}`, { window })
          : t(`defaults.whenCapped${always}`, { window, cap }),
      to: defaults.window_of === "sender" ? "/senders" : settings,
    },
    ...(defaults.review ? [{ icon: IconEye, text: t("defaults.review"), to: settings }] : []),
  ];
  return lines.map(({ icon: Icon, text, to }) => (
    <li key={text}>
      <Icon size={16} stroke={1.75} aria-hidden />
      <span>{text}</span>
      <Anchor component={Link} to={to} fw={500} onClick={onGo}>
        {t("defaults.change")}
      </Anchor>
    </li>
  ));
}
