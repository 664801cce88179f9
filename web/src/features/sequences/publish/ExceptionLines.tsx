import { Anchor } from "@mantine/core";
import { IconMail, IconShieldX, IconUserOff } from "@tabler/icons-react";
import { Trans, useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Forecast } from "@/api/sequenceContent";
import type { Sequence } from "@/api/sequences";

const ICONS = {
  no_address: IconMail,
  suppressed: IconShieldX,
  opted_out: IconUserOff,
  no_consent: IconUserOff,
} as const;

interface ExceptionLinesProps {
  readonly forecast: Forecast;
  readonly sequence: Sequence;
}

/** People who will not get what the others get, each kind with its count. */
export function ExceptionLines({ forecast, sequence }: ExceptionLinesProps) {
  const { t } = useTranslation("sequences");
  return forecast.exceptions.map(({ code, channel, people }) => {
    const known =
      (Object.keys(ICONS) as (keyof typeof ICONS)[]).find((each) => each === code) ?? "suppressed";
    const Icon = ICONS[known];
    return (
      <li key={`${code}${channel}`}>
        <Icon size={16} stroke={1.75} aria-hidden />
        <span>
          <Trans
            t={t}
            i18nKey={`exception.${known}`}
            values={{ count: people }}
            count={people}
            components={{ b: <b /> }}
          />
        </span>
        <Anchor component={Link} to={`/sequences/${sequence.id}/enrollments`} fw={500}>
          {t("exception.see", { count: people })}
        </Anchor>
      </li>
    );
  });
}
