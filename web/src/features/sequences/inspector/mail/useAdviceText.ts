import { useTranslation } from "react-i18next";
import type { Preview } from "@/api/sequenceContent";

type Advice = Preview["advice"][number];

/** Return how to say a hint on a mail: the server's English sentence, which names what was found, or a translated one. */
export function useAdviceText(): (advice: Advice) => string {
  const { t, i18n } = useTranslation("sequences");
  return ({ code, message }) =>
    i18n.language.startsWith("en")
      ? message
      : t(`compose.advice.codes.${code as "clipped"}`, { defaultValue: message });
}
