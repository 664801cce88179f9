import { Text } from "@mantine/core";
import { IconArrowBackUp, IconSquare } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Said } from "@/api/types";
import { KindIcon } from "@/ui/kinds";
import { clockTime } from "@/ui/time";
import { Panel, PanelEmpty, PanelRow } from "./Panel";
import { wordKey } from "./words";

const ROWS = 7;

/** What went out and what came back, the newest on top; an answer that ends a sequence takes a second row. */
export function Feed({ said }: { readonly said: readonly Said[] }) {
  const { t } = useTranslation("live");
  const rows = said.flatMap((each) => [
    <SaidRow key={each.id} said={each} />,
    ...(each.will_not_be_sent > 0 ? [<SparedRow key={`${each.id} spared`} said={each} />] : []),
  ]);
  return (
    <Panel title={t("justNow.title")}>
      {rows.length === 0 ? <PanelEmpty>{t("justNow.empty")}</PanelEmpty> : rows.slice(0, ROWS)}
    </Panel>
  );
}

function SaidRow({ said }: { readonly said: Said }) {
  const { t, i18n } = useTranslation("live");
  const inbound = said.direction === "in";
  return (
    <PanelRow
      time={clockTime(Date.parse(said.at), i18n.language)}
      icon={inbound ? <AnswerIcon good={said.word === "reply"} /> : <KindIcon kind={said.channel} />}
      who={said.contact}
      what={inbound && said.text !== "" ? t("justNow.quoted", { text: said.text }) : said.text}
      end={
        <Text span inherit c={COLORS[said.word] ?? "var(--db-text-2)"}>
          {t(wordKey(said.word))}
        </Text>
      }
    />
  );
}

function SparedRow({ said }: { readonly said: Said }) {
  const { t, i18n } = useTranslation("live");
  return (
    <PanelRow
      time={clockTime(Date.parse(said.at), i18n.language)}
      icon={<IconSquare size={16} stroke={1.75} color="var(--db-text-3)" aria-hidden />}
      who={said.contact}
      what={t("justNow.spared", { count: said.will_not_be_sent })}
      end={t("justNow.finished")}
    />
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
