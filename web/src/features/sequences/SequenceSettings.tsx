import { Box, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useChangeSettings, type SequenceSettings, type SettingsChange } from "@/api/sequences";
import { Panel } from "@/ui/Panel";
import { failToast } from "@/ui/toasts";
import { settingRefused } from "./problemText";
import { useSequenceContext } from "./SequenceContext";
import { Engagement } from "./settings/Engagement";
import { ExitSentences } from "./settings/ExitSentences";
import { PeopleSentences } from "./settings/PeopleSentences";
import { Starts } from "./settings/rules/Starts";
import { StopRule } from "./settings/rules/StopRule";
import { SendingSentences } from "./settings/SendingSentences";
import { TrackingSentences } from "./settings/TrackingSentences";

export interface SettingsProps {
  readonly settings: SequenceSettings;
  readonly readOnly: boolean;
  readonly onChange: (change: SettingsChange) => void;
}

/** The settings of the sequence as sentences. Each change holds at once and can be undone. */
export function Component() {
  const { t } = useTranslation("sequences");
  const { sequence, mayEdit } = useSequenceContext();
  const change = useChangeSettings(
    sequence.id,
    ({ changes }) => {
      const [first] = changes;
      if (first === undefined) return t("settings.same");
      return t(`effect.${first.effect as "from_now_on"}`, { count: first.people });
    },
    { quiet: true },
  );
  const refuse = (error: Error) => failToast(settingRefused(t, error));
  const shared: SettingsProps = {
    settings: sequence.settings,
    readOnly: !mayEdit,
    onChange: (changed) => {
      const before = Object.fromEntries(
        Object.keys(changed).map((name) => [name, sequence.settings[name as keyof SequenceSettings]]),
      );
      change.mutate({ change: changed, before }, { onError: refuse });
    },
  };
  return (
    <Box px={{ base: 14, sm: 28 }} py="lg" maw={820}>
      <Stack gap="lg">
        <Text c="dimmed">{t(mayEdit ? "settings.hint" : "settings.readOnly")}</Text>
        <Starts sequence={sequence} readOnly={!mayEdit} />
        <Panel title={t("stops.title")}>
          <ExitSentences {...shared} />
          <StopRule sequence={sequence} readOnly={!mayEdit} />
        </Panel>
        <Panel title={t("settings.sending")}>
          <SendingSentences {...shared} sequence={sequence} />
        </Panel>
        <Panel title={t("settings.people")}>
          <PeopleSentences {...shared} />
        </Panel>
        <Panel title={t("settings.tracking")}>
          <TrackingSentences {...shared} isAllowed={sequence.tracking_allowed} />
          <Engagement sequenceId={sequence.id} />
        </Panel>
      </Stack>
    </Box>
  );
}
