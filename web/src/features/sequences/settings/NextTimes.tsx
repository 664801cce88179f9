import { Box, List, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNextTimes } from "@/api/sequenceRules";
import type { Sequence } from "@/api/sequences";
import { Moment } from "@/ui/Moment";
import { ContactPicker } from "../inspector/ContactPicker";
import { problemText } from "../problemText";

/** When the next messages may leave for somebody, by the hours and holidays of now. */
export function NextTimes({ sequence }: { readonly sequence: Sequence }) {
  const { t } = useTranslation("sequences");
  const [contact, setContact] = useState<number>();
  const { window, holidays, jitter_seconds: jitter, sender_id: sender } = sequence.settings;
  const { data, error } = useNextTimes(sequence.id, contact, [window, holidays, jitter, sender]);
  return (
    <Box py={8} style={{ borderTop: "1px solid var(--db-line)" }}>
      <Text mb={4}>{t("nextTimes.title")}</Text>
      <ContactPicker value={contact} onChange={setContact} label={t("nextTimes.for")} none="" />
      {error !== null && (
        <Text role="alert" c="var(--db-red)" mt={6}>
          {problemText(t, error)}
        </Text>
      )}
      {contact !== undefined && data !== undefined && (
        <>
          <List listStyleType="none" size="sm" mt={8} aria-label={t("nextTimes.title")}>
            {data.times.map(({ at }) => (
              <List.Item key={at}>
                <Moment at={at} zone={data.zone} />
              </List.Item>
            ))}
          </List>
          <Text fz="xs" c="dimmed" mt={4}>
            {t("nextTimes.hint")}
          </Text>
        </>
      )}
    </Box>
  );
}
