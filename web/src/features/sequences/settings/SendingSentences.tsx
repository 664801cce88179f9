import { useTranslation } from "react-i18next";
import { useSenderNames } from "@/api/sequenceContent";
import type { Sequence } from "@/api/sequences";
import { PickDays, PickNumber, PickOne, PickTime } from "@/ui/picks";
import type { SettingsProps } from "../SequenceSettings";
import { AgentSentence } from "./AgentSentence";
import { freeDaysOf, Holidays, useHolidayDraft } from "./Holidays";
import { Line } from "./Line";
import { NextTimes } from "./NextTimes";
import { spanOf, windowOf, windowWords } from "./words";

const OFFICE = { days: [1, 2, 3, 4, 5], from: "09:00", until: "17:00" };
const LONGEST_JITTER = 1_440;

interface SendingProps extends SettingsProps {
  readonly sequence: Sequence;
}

/** Who sends, when, and how exactly. */
export function SendingSentences({ sequence, ...props }: SendingProps) {
  const { t } = useTranslation("sequences");
  const { settings, readOnly, onChange } = props;
  const holidays = useHolidayDraft(sequence);
  const minutes = Math.round(settings.jitter_seconds / 60);
  return (
    <>
      <SenderSentence {...props} />
      <AgentSentence {...props} />
      <WindowSentence {...props} />
      <Holidays sequence={sequence} draft={holidays} readOnly={readOnly} />
      <Line
        text={t("jitter.sentence")}
        means={t(minutes === 0 ? "jitter.none" : "jitter.some", { count: minutes })}
        parts={{
          minutes: (
            <PickNumber
              label={t("jitter.label")}
              disabled={readOnly}
              max={LONGEST_JITTER}
              value={minutes}
              onChange={(value) => {
                onChange({ jitter_seconds: value * 60 });
              }}
            />
          ),
        }}
      />
      <NextTimes sequence={sequence} holidays={freeDaysOf(holidays.value)} isUnsaved={holidays.isChanged} />
    </>
  );
}

function SenderSentence({ settings, readOnly, onChange }: SettingsProps) {
  const { t } = useTranslation("sequences");
  const senders = useSenderNames().data ?? [];
  const chosen = settings.sender_id;
  const unknown =
    chosen !== null && !senders.some(({ id }) => id === chosen) ? [{ id: chosen, name: `#${chosen}` }] : [];
  return (
    <Line
      text={t("sender.sentence")}
      means={t(chosen === null ? "sender.usual" : "sender.chosen")}
      parts={{
        sender: (
          <PickOne
            label={t("sender.label")}
            disabled={readOnly}
            value={chosen === null ? "" : String(chosen)}
            options={[
              { value: "", label: t("sender.owner") },
              ...[...unknown, ...senders].map(({ id, name }) => ({ value: String(id), label: name })),
            ]}
            onChange={(id) => {
              onChange({ sender_id: id === "" ? null : Number(id) });
            }}
          />
        ),
      }}
    />
  );
}

function WindowSentence({ settings, readOnly, onChange }: SettingsProps) {
  const { t, i18n } = useTranslation("sequences");
  const { window } = settings;
  const span = window === null ? undefined : spanOf(window);
  const put = (change: Partial<typeof OFFICE>) => {
    onChange({ window: windowOf({ ...OFFICE, ...span, ...change }) });
  };
  const kind = (
    <PickOne
      label={t("window.label")}
      disabled={readOnly}
      value={window === null ? "senders" : "own"}
      options={[
        { value: "senders", label: t("window.ofSenders") },
        { value: "own", label: t("window.ofSequence") },
      ]}
      onChange={(value) => {
        onChange({ window: value === "senders" ? null : windowOf(OFFICE) });
      }}
    />
  );
  const time = (name: "from" | "until") =>
    span && (
      <PickTime
        label={t(`window.${name}`)}
        disabled={readOnly}
        value={span[name] === "24:00" ? "23:59" : span[name]}
        onChange={(value) => {
          put({ [name]: value });
        }}
      />
    );
  return (
    <Line
      text={
        span ? t("window.sentence") : window === null ? t("window.sentenceSenders") : t("window.sentenceOwn")
      }
      means={
        window === null
          ? t("window.meansSenders")
          : t("window.meansOwn", { window: windowWords(t, window, i18n.language) })
      }
      parts={{
        kind,
        days: span && (
          <PickDays
            label={t("window.days")}
            disabled={readOnly}
            value={span.days}
            onChange={(days) => {
              put({ days: [...days] });
            }}
          />
        ),
        from: time("from"),
        until: time("until"),
      }}
    />
  );
}
