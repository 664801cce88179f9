import { Box, Stack, Text } from "@mantine/core";
import { Trans, useTranslation } from "react-i18next";
import type { WaitForStep } from "@/flow/document";
import { DEFAULTS } from "@/flow/fields";
import { PickOne } from "@/ui/picks";
import { MESSAGE_EVENTS, OTHER_EVENTS } from "@/dialogs/condition/fields";
import { DelayFields } from "../../editor/DelayFields";
import { At } from "../At";
import type { InspectorProps } from "../Inspector";
import { useField } from "../useField";
import { Ways } from "./Ways";

const EVENTS: readonly string[] = [...MESSAGE_EVENTS, ...OTHER_EVENTS];

/** What is waited for, how long at most, and both ways on. */
export function WaitForm(props: InspectorProps) {
  const { t } = useTranslation("sequences");
  const change = useField<WaitForStep>(props);
  const { step, readOnly, problems } = props;
  if (step.kind !== "wait_for") return null;
  const wait = { ...DEFAULTS.wait_for, ...step };
  const known = EVENTS.includes(wait.event) ? EVENTS : [wait.event, ...EVENTS];
  return (
    <Stack gap="sm">
      <At place="event" problems={problems(step.key)}>
        <At place="time_limit" problems={problems(step.key)}>
          <Box fz="md" lh="34px">
            <Trans
              t={t}
              i18nKey="waitFor.sentence"
              components={{
                event: (
                  <PickOne
                    label={t("waitFor.event")}
                    disabled={readOnly}
                    options={known.map((event) => ({
                      value: event,
                      label: EVENTS.includes(event) ? t(`happened.${event as "replied"}`) : event,
                    }))}
                    value={wait.event}
                    onChange={(event) => {
                      change("event", event);
                    }}
                  />
                ),
                limit: (
                  <DelayFields
                    label={t("waitFor.limit")}
                    disabled={readOnly}
                    value={wait.time_limit}
                    onChange={(limit) => {
                      change("time_limit", limit);
                    }}
                  />
                ),
              }}
            />
          </Box>
        </At>
      </At>
      <Text c="dimmed">{t("waitFor.hint")}</Text>
      <Ways
        {...props}
        ways={[
          { way: "next", words: t("waitFor.inTime") },
          { way: "timed_out", words: t("waitFor.inVain") },
        ]}
      />
    </Stack>
  );
}
