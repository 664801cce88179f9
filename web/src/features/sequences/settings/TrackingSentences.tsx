import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { PickOne } from "@/ui/picks";
import type { SettingsProps } from "../SequenceSettings";
import { Line } from "./Line";

const WHATS = ["track_opens", "track_clicks"] as const;

interface TrackingProps extends SettingsProps {
  /** Whether the workspace allows it. */
  readonly isAllowed: boolean;
}

/** Whether mails tell that they were opened, and their links that they were clicked. */
export function TrackingSentences({ settings, readOnly, onChange, isAllowed }: TrackingProps) {
  const { t } = useTranslation("sequences");
  return (
    <>
      {WHATS.map((name) => {
        const state = !isAllowed ? "forbidden" : settings[name] ? "on" : "off";
        return (
          <Line
            key={name}
            text={t(`tracking.${name}.sentence`)}
            means={t(state === "forbidden" ? "tracking.forbidden" : `tracking.${name}.${state}`)}
            parts={{
              act: (
                <PickOne
                  label={t(`tracking.${name}.label`)}
                  disabled={readOnly || !isAllowed}
                  value={state === "on" ? "on" : "off"}
                  options={[
                    { value: "off", label: t("tracking.isNot") },
                    { value: "on", label: t("tracking.is") },
                  ]}
                  onChange={(to) => {
                    onChange({ [name]: to === "on" });
                  }}
                />
              ),
            }}
          />
        );
      })}
      <Text fz="xs" c="dimmed" py={8} style={{ borderTop: "1px solid var(--db-line)" }}>
        {t("tracking.law")}
      </Text>
    </>
  );
}
