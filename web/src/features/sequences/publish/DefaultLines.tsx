import { IconArrowBackUp, IconClock, IconEye } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { exitWords, windowWords } from "../settings/words";
import { Fact } from "./Fact";
import type { LinesProps } from "./lines";

/** What holds without anybody having chosen it here, each with the way to change it. */
export function DefaultLines({ forecast: { defaults }, sequence, onGo }: LinesProps) {
  const { t, i18n } = useTranslation("sequences");
  const settings = `/sequences/${sequence.id}/settings`;
  const window = windowWords(t, defaults.window, i18n.language);
  // Where every hour will do, it does not matter whose hour it is.
  const always = defaults.window === null ? "Always" : "";
  const lines = [
    { icon: IconArrowBackUp, text: exitWords(t, defaults), to: settings },
    {
      icon: IconClock,
      text: t(`defaults.when${always}`, { window }),
      to: defaults.window_of === "sender" ? "/senders" : settings,
    },
    ...(defaults.review ? [{ icon: IconEye, text: t("defaults.review"), to: settings }] : []),
  ];
  return lines.map(({ icon, text, to }) => (
    <Fact key={text} icon={icon} to={to} label={t("defaults.change")} onGo={onGo}>
      {text}
    </Fact>
  ));
}
