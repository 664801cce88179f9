import { useTranslation } from "react-i18next";
import type { Forecast } from "@/api/sequenceContent";
import { dayOf, timeOf } from "@/ui/moments";
import { useNow } from "@/ui/useNow";
import classes from "./Publish.module.css";
import { daysOfFirstRound } from "./volumes";

/** How many, when first, how long, when last. */
export function Figures({ forecast }: { readonly forecast: Forecast }) {
  const { t, i18n } = useTranslation("sequences");
  const now = useNow(60_000);
  const day = (at: string) => dayOf(Date.parse(at), now, { language: i18n.language });
  const label = forecast.of === "imagined" || forecast.of === "starting" ? forecast.of : "people";
  const rounds = daysOfFirstRound(forecast);
  const number = (value: number) => new Intl.NumberFormat(i18n.language).format(value);
  return (
    <dl className={classes.figures}>
      <div>
        <dt>{t(`figures.${label}`)}</dt>
        <dd>{number(forecast.people)}</dd>
      </div>
      <div>
        <dt>
          {forecast.first_send_at
            ? t("figures.first", { day: day(forecast.first_send_at) })
            : t("figures.nothing")}
        </dt>
        <dd>
          {forecast.first_send_at
            ? timeOf(Date.parse(forecast.first_send_at), { language: i18n.language })
            : "–"}
        </dd>
      </div>
      <div>
        <dt>{t("figures.firstRound")}</dt>
        <dd>{rounds === undefined ? "–" : t("rhythm.days", { count: rounds })}</dd>
      </div>
      <div>
        <dt>{t("figures.last")}</dt>
        <dd>{forecast.last_send_at ? day(forecast.last_send_at) : "–"}</dd>
      </div>
    </dl>
  );
}
