import { Box, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNextTimes, type NextTime, type TimingSettings } from "@/api/sequenceRules";
import type { Sequence, SequenceSettings } from "@/api/sequences";
import { Moment } from "@/ui/Moment";
import { ContactPicker } from "../inspector/ContactPicker";
import { problemText } from "../problemText";
import classes from "./NextTimes.module.css";

interface NextTimesProps {
  readonly sequence: Sequence;
  /** As they stand in the form. */
  readonly holidays: SequenceSettings["holidays"];
  /** They are not saved yet. */
  readonly isUnsaved: boolean;
}

const TYPING = 300;

/** When the next messages may leave for somebody, by the hours and holidays that stand above, saved or not. */
export function NextTimes({ sequence, holidays, isUnsaved }: NextTimesProps) {
  const { t } = useTranslation("sequences");
  const [contact, setContact] = useState<number>();
  const { window, jitter_seconds, sender_id } = sequence.settings;
  const [asked] = useDebouncedValue(JSON.stringify({ window, holidays, jitter_seconds, sender_id }), TYPING);
  const { data, error } = useNextTimes(sequence.id, contact, JSON.parse(asked) as TimingSettings);
  return (
    <Box py={8} style={{ borderTop: "1px solid var(--db-line)" }}>
      <Text mb={4}>{t("nextTimes.title")}</Text>
      <ContactPicker
        value={contact}
        onChange={setContact}
        label={t("nextTimes.for")}
        none={t("nextTimes.choose")}
      />
      {error !== null && (
        <Text role="alert" c="var(--db-red)" mt={6}>
          {problemText(t, error)}
        </Text>
      )}
      {contact !== undefined && data !== undefined && error === null && (
        <>
          <ol className={classes.times} aria-label={t("nextTimes.title")}>
            {data.times.map((time) => (
              <Time key={time.at} time={time} zone={data.zone} />
            ))}
          </ol>
          {data.times.length === 0 && <Text mt={8}>{t("nextTimes.never")}</Text>}
          <Text fz="xs" c="dimmed" mt={6}>
            {isUnsaved && `${t("nextTimes.unsaved")} `}
            {t(`nextTimes.zoneOf.${data.zone_of as "contact"}`, { zone: data.zone })} {t("nextTimes.hint")}
          </Text>
        </>
      )}
    </Box>
  );
}

interface TimeProps {
  readonly time: NextTime;
  /** Where the message arrives. */
  readonly zone: string;
}

/** One moment, and what moved it there. */
function Time({ time: { at, moved_by: movers }, zone }: TimeProps) {
  const { t } = useTranslation("sequences");
  const why = movers.map((by) => t(`nextTimes.movedBy.${by}`, { defaultValue: by.replaceAll("_", " ") }));
  return (
    <li>
      <Moment at={at} zone={zone} />{" "}
      <Text span inherit c="dimmed">
        {why.length === 0 ? t("nextTimes.atOnce") : why.join(", ")}
      </Text>
    </li>
  );
}
