import { Text } from "@mantine/core";
import { IconArrowBackUp, IconSquare } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Said } from "@/api/types";
import { KindIcon } from "@/ui/kinds";
import { clockTime } from "@/ui/time";
import { Panel, PanelEmpty, PanelRow } from "./Panel";
import { wordKey } from "./words";

/** What went out and what came back, the newest on top. */
export function Feed({ said }: { readonly said: readonly Said[] }) {
  const { t } = useTranslation("live");
  return (
    <Panel title={t("justNow.title")}>
      {said.length === 0 && <PanelEmpty>{t("justNow.empty")}</PanelEmpty>}
      {said.slice(0, ROWS).map((each) => (
        <SaidRows key={each.id} said={each} />
      ))}
    </Panel>
  );
}

const ROWS = 8;

function SaidRows({ said }: { readonly said: Said }) {
  const { t, i18n } = useTranslation("live");
  const inbound = said.direction === "in";
  const time = clockTime(Date.parse(said.at), i18n.language);
  const good = said.word === "reply";
  return (
    <>
      <PanelRow
        time={time}
        icon={inbound ? <AnswerIcon good={good} /> : <KindIcon kind={said.channel} />}
        who={said.contact}
        what={inbound && said.text !== "" ? t("justNow.quoted", { text: said.text }) : said.text}
        end={<Word said={said} />}
      />
      {said.will_not_be_sent > 0 && (
        <PanelRow
          time={time}
          icon={<IconSquare size={16} stroke={1.75} color="var(--db-text-3)" aria-hidden />}
          who={said.contact}
          what={t("justNow.spared", { count: said.will_not_be_sent })}
          end={t("justNow.finished")}
        />
      )}
    </>
  );
}

function AnswerIcon({ good }: { readonly good: boolean }) {
  const color = good ? "var(--db-green)" : "var(--db-text-3)";
  return <IconArrowBackUp size={16} stroke={1.75} color={color} aria-hidden />;
}

const COLORS: Record<string, string> = {
  reply: "var(--db-green)",
  failed: "var(--db-red)",
  interrupted: "var(--db-amber)",
  bounce: "var(--db-rust)",
  bounced: "var(--db-rust)",
};

function Word({ said }: { readonly said: Said }) {
  const { t } = useTranslation("live");
  return (
    <Text span inherit c={COLORS[said.word] ?? "var(--db-text-2)"}>
      {t(wordKey(said.word))}
    </Text>
  );
}
