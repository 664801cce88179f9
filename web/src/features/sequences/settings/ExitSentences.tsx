import { useTranslation } from "react-i18next";
import { PickOne } from "@/ui/picks";
import type { SettingsProps } from "../SequenceSettings";
import { Line } from "./Line";
import { COMPANY_EXIT, EXITS } from "./words";

const ALL = [...EXITS, COMPANY_EXIT] as const;
const ACTS = ["finish", "pause", "off"] as const;

/** What ends or pauses an enrollment by itself. */
export function ExitSentences({ settings, readOnly, onChange }: SettingsProps) {
  const { t } = useTranslation("sequences");
  return (
    <>
      {ALL.map((name) => (
        <Line
          key={name}
          text={t(`exitSentence.${name}`)}
          means={t(`${name === COMPANY_EXIT ? "companyMeans" : "exitMeans"}.${settings[name]}`)}
          parts={{
            act: (
              <PickOne
                label={t(`exitNoun.${name}`)}
                disabled={readOnly}
                value={settings[name]}
                options={ACTS.map((act) => ({ value: act, label: t(`exitAct.${act}`) }))}
                onChange={(act) => {
                  onChange({ [name]: act });
                }}
              />
            ),
          }}
        />
      ))}
      <Line
        text={t("outOfOffice.sentence")}
        means={t(settings.postpone_on_out_of_office ? "outOfOffice.on" : "outOfOffice.off")}
        parts={{
          act: (
            <PickOne
              label={t("outOfOffice.label")}
              disabled={readOnly}
              value={settings.postpone_on_out_of_office ? "on" : "off"}
              options={[
                { value: "on", label: t("outOfOffice.postpones") },
                { value: "off", label: t("outOfOffice.ignores") },
              ]}
              onChange={(to) => {
                onChange({ postpone_on_out_of_office: to === "on" });
              }}
            />
          ),
        }}
      />
    </>
  );
}
