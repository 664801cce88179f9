import { useTranslation } from "react-i18next";
import { PickNumber, PickOne } from "@/ui/picks";
import type { SettingsProps } from "../SequenceSettings";
import { Line } from "./Line";

const AGAIN = ["never", "always", "after_days"] as const;
const DAYS_AT_FIRST = 90;
const OF_A_COMPANY_AT_FIRST = 2;

/** Who is enrolled, and how often. */
export function PeopleSentences({ settings, readOnly, onChange }: SettingsProps) {
  const { t } = useTranslation("sequences");
  const days = settings.reenroll_after_days ?? DAYS_AT_FIRST;
  return (
    <>
      <Line
        text={t("review.sentence")}
        means={t(settings.review ? "review.on" : "review.off")}
        parts={{
          act: (
            <PickOne
              label={t("review.label")}
              disabled={readOnly}
              value={settings.review ? "on" : "off"}
              options={[
                { value: "off", label: t("review.atOnce") },
                { value: "on", label: t("review.afterYes") },
              ]}
              onChange={(to) => {
                onChange({ review: to === "on" });
              }}
            />
          ),
        }}
      />
      <Line
        text={t(settings.reenrollment === "after_days" ? "again.sentenceDays" : "again.sentence")}
        means={t(`again.means.${settings.reenrollment}`, { count: days })}
        parts={{
          again: (
            <PickOne
              label={t("again.label")}
              disabled={readOnly}
              value={settings.reenrollment}
              options={AGAIN.map((word) => ({ value: word, label: t(`again.${word}`) }))}
              onChange={(reenrollment) => {
                onChange({ reenrollment, reenroll_after_days: reenrollment === "after_days" ? days : null });
              }}
            />
          ),
          days: (
            <PickNumber
              label={t("again.days")}
              disabled={readOnly}
              min={1}
              max={3650}
              value={days}
              onChange={(value) => {
                onChange({ reenroll_after_days: value });
              }}
            />
          ),
        }}
      />
      <Line
        text={t("oneAtATime.sentence")}
        means={t(settings.one_at_a_time ? "oneAtATime.on" : "oneAtATime.off")}
        parts={{
          act: (
            <PickOne
              label={t("oneAtATime.label")}
              disabled={readOnly}
              value={settings.one_at_a_time ? "on" : "off"}
              options={[
                { value: "off", label: t("oneAtATime.may") },
                { value: "on", label: t("oneAtATime.mayNot") },
              ]}
              onChange={(to) => {
                onChange({ one_at_a_time: to === "on" });
              }}
            />
          ),
        }}
      />
      <CompanySentence settings={settings} readOnly={readOnly} onChange={onChange} />
    </>
  );
}

/** How many of one company may be under way at a time. */
function CompanySentence({ settings, readOnly, onChange }: SettingsProps) {
  const { t } = useTranslation("sequences");
  const limit = settings.company_limit;
  return (
    <Line
      text={t(limit === null ? "company.sentence" : "company.sentenceLimit")}
      means={t(limit === null ? "company.off" : "company.on", { count: limit ?? 0 })}
      parts={{
        act: (
          <PickOne
            label={t("company.label")}
            disabled={readOnly}
            value={limit === null ? "off" : "on"}
            options={[
              { value: "off", label: t("company.anyNumber") },
              { value: "on", label: t("company.atMost") },
            ]}
            onChange={(to) => {
              onChange({ company_limit: to === "on" ? OF_A_COMPANY_AT_FIRST : null });
            }}
          />
        ),
        limit: (
          <PickNumber
            label={t("company.limit")}
            disabled={readOnly}
            min={1}
            max={1000}
            value={limit ?? OF_A_COMPANY_AT_FIRST}
            onChange={(value) => {
              onChange({ company_limit: value });
            }}
          />
        ),
      }}
    />
  );
}
