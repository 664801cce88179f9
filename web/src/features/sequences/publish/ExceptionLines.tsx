import { IconMail, IconPhone, IconShieldX, IconUserOff } from "@tabler/icons-react";
import { Trans, useTranslation } from "react-i18next";
import { useWords } from "@/ui/words/useWords";
import { Fact } from "./Fact";
import type { LinesProps } from "./lines";

const ICONS = {
  suppressed: IconShieldX,
  opted_out: IconUserOff,
  no_consent: IconUserOff,
} as const;

/** People who will not get what the others get, each kind with its channel and its count. */
export function ExceptionLines({ forecast, sequence, onGo }: LinesProps) {
  const { t } = useTranslation("sequences");
  const { word } = useWords();
  // Who is not enrolled yet is not among the enrollments.
  const way =
    forecast.of === "unfinished"
      ? { to: `/sequences/${sequence.id}/enrollments`, label: t("underWay.see") }
      : {};
  return (
    <>
      {Object.entries(forecast.refused).map(([answer, people]) => (
        <Fact key={answer} icon={IconUserOff} onGo={onGo}>
          <Trans
            t={t}
            i18nKey="exception.refused"
            count={people}
            values={{ count: people, why: word("enroll", answer) }}
            components={{ b: <b /> }}
          />
        </Fact>
      ))}
      {forecast.exceptions.map(({ code, channel, people }) => {
        const { key, icon } = lookOf(code, channel);
        return (
          <Fact key={`${code}${channel}`} icon={icon} onGo={onGo} {...way}>
            <Trans
              t={t}
              i18nKey={`exception.${key}`}
              count={people}
              values={{ count: people, channel: word("channel", channel), why: word("skip", code) }}
              components={{ b: <b /> }}
            />
          </Fact>
        );
      })}
    </>
  );
}

function lookOf(code: string, channel: string) {
  if (code === "no_address")
    return channel === "email"
      ? ({ key: "no_address.email", icon: IconMail } as const)
      : ({ key: "no_address.phone", icon: IconPhone } as const);
  const known = (Object.keys(ICONS) as (keyof typeof ICONS)[]).find((each) => each === code);
  return { key: known ?? "other", icon: known ? ICONS[known] : IconUserOff } as const;
}
