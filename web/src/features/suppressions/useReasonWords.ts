import { useTranslation } from "react-i18next";

const REASONS = ["unsubscribe", "complaint", "stop", "hard_bounce", "manual", "import", "flow"] as const;
const CHANNELS = ["email", "sms", "whatsapp", "voice"] as const;
const SOURCES = ["manual", "import", "mail", "smtp", "link", "one_click", "cli", "page", "sequence"] as const;

/** The words for what a suppression says in codes. */
export function useReasonWords() {
  const { t } = useTranslation("suppressions");
  const plain = (code: string) => code.replaceAll("_", " ");
  return {
    reason: (code: string) => {
      const known = REASONS.find((each) => each === code);
      return known ? t(`because.${known}`) : plain(code);
    },
    channel: (code: string) => {
      const known = CHANNELS.find((each) => each === code);
      return known ? t(`on.${known}`) : t("allChannels");
    },
    source: (code: string) => {
      const known = SOURCES.find((each) => each === code || code.startsWith(`${each}:`));
      return known ? t(`from.${known}`) : plain(code);
    },
  };
}
