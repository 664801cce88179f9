import { Badge, Group, Text } from "@mantine/core";
import {
  IconAlertOctagon,
  IconCheck,
  IconClock,
  IconGauge,
  IconPlayerPause,
  IconSquare,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { type PhoneNumber, useNumbers } from "@/api/numbers";
import { useMay } from "@/api/session";
import { type Column, DataTable } from "@/ui/DataTable";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { Marked } from "@/ui/StateLabel";
import { when } from "@/ui/moments";
import { useNow } from "@/ui/useNow";
import { useWords } from "@/ui/words/useWords";
import { NumberMenu } from "./NumberMenu";

/** The numbers that send, a line for each channel: how each stands, and its day. */
export function NumbersTable() {
  const { t } = useTranslation("settings");
  const mayEdit = useMay()("senders.edit");
  const { data } = useNumbers();
  return (
    <DataTable<PhoneNumber>
      rows={data}
      label={t("numbers.title")}
      rowKey={(number) => number.id}
      rowName={({ number }) => number}
      columns={useColumns()}
      {...(mayEdit && { actions: (number: PhoneNumber) => <NumberMenu number={number} /> })}
      empty={<EmptyRoom picture={null} title={t("numbers.none")} hint={t("numbers.noneHint")} />}
    />
  );
}

function useColumns(): readonly Column<PhoneNumber>[] {
  const { t } = useTranslation("settings");
  return [
    {
      key: "number",
      title: t("numbers.column.number"),
      width: "32%",
      phone: "title",
      cell: ({ number, name, channel }) => (
        <Group gap={10} wrap="nowrap">
          <Badge color="gray" flex="none">
            {t(`numbers.channel.${channel}`)}
          </Badge>
          <Text span inherit fw={500} className="tabular">
            {number}
          </Text>
          <Text span inherit c="dimmed" truncate>
            {name === number ? "" : name}
          </Text>
        </Group>
      ),
    },
    {
      key: "state",
      title: t("numbers.column.state"),
      phone: "line",
      cell: (number) => <State number={number} />,
    },
    {
      key: "today",
      title: t("numbers.column.today"),
      phone: "line",
      width: 150,
      cell: (number) => <Today number={number} />,
    },
    {
      key: "registration",
      title: t("numbers.column.registration"),
      phone: "hidden",
      width: 150,
      cell: ({ registration, channel }) => (
        <Text span inherit c={registration === "refused" ? "red" : "dimmed"}>
          {channel === "sms" ? t(`numbers.registration.${registration === "" ? "unset" : registration}`) : ""}
        </Text>
      ),
    },
  ];
}

interface CellProps {
  readonly number: PhoneNumber;
}

const LOOKS = {
  ready: { icon: IconCheck, color: "var(--db-green)", wash: "var(--db-green-wash)" },
  window: { icon: IconClock, color: "var(--db-text-3)", wash: "var(--db-hover)" },
  cap: { icon: IconGauge, color: "var(--db-amber)", wash: "var(--db-amber-wash)" },
  down: { icon: IconAlertOctagon, color: "var(--db-red)", wash: "var(--db-red-wash)" },
  disabled: { icon: IconSquare, color: "var(--db-text-3)", wash: "var(--db-hover)" },
  stopped: { icon: IconPlayerPause, color: "var(--db-red)", wash: "var(--db-red-wash)" },
} as const;
const MINUTE = 60_000;

function State({ number }: CellProps) {
  const { t, i18n } = useTranslation("settings");
  const { word } = useWords();
  const now = useNow(MINUTE);
  const notes = [
    ...(number.down_reason === "" ? [] : [word("failure", number.down_reason)]),
    ...(number.until === null ? [] : [`${t("numbers.until")} ${when(Date.parse(number.until), now, i18n)}`]),
  ];
  return (
    <Marked
      look={LOOKS[number.health]}
      label={t(`numbers.health.${number.health}`)}
      note={notes.join(", ")}
    />
  );
}

function Today({ number }: CellProps) {
  const { t } = useTranslation("settings");
  const { used, cap_today: cap, waiting } = number;
  const says = cap === null ? t("numbers.usedFree", { used }) : t("numbers.used", { used, cap });
  return (
    <Text span inherit c="dimmed" className="tabular">
      {waiting > 0 ? `${says}, ${t("numbers.waiting", { count: waiting })}` : says}
    </Text>
  );
}
