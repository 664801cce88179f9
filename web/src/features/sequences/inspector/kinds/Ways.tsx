import { Box } from "@mantine/core";
import { Trans, useTranslation } from "react-i18next";
import type { InspectorProps } from "../Inspector";
import { WayOn } from "../WayOn";

interface WaysProps extends InspectorProps {
  /** The ways with the sentence that says when each is taken. */
  readonly ways: readonly { readonly way: string; readonly words: string }[];
}

/** The ways on that are always there, each as a sentence. */
export function Ways({ ways, ...props }: WaysProps) {
  const { t } = useTranslation("sequences");
  return (
    <Box lh="32px">
      {ways.map(({ way, words }) => (
        <div key={way}>
          {words}{" "}
          <Trans
            t={t}
            i18nKey="wayOn.inSentence"
            components={{ way: <WayOn {...props} way={way} label={words} /> }}
          />
        </div>
      ))}
    </Box>
  );
}
