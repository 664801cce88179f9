import { Badge, Group, Progress, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Sender } from "@/api/senders";
import { Avatar } from "@/ui/Avatar";
import type { Column } from "@/ui/DataTable";
import { HealthLabel } from "./HealthLabel";
import { useHours } from "./hours";

/** Who, how it stands, its budget as a bar, its hours in words, what is still to come today. */
export function useColumns(): readonly Column<Sender>[] {
  const { t } = useTranslation("senders");
  return [
    {
      key: "sender",
      title: t("column.sender"),
      phone: "title",
      width: "36%",
      cell: (sender) => (
        <Group gap={10} wrap="nowrap">
          <Avatar name={sender.name} />
          <Text span inherit truncate>
            <Text span inherit fw={500}>
              {sender.name}
            </Text>{" "}
            <Text span inherit c="var(--db-text-3)">
              {sender.address}
            </Text>
          </Text>
          {sender.is_default && (
            <Badge color="gray" flex="none">
              {t("isDefault")}
            </Badge>
          )}
        </Group>
      ),
    },
    {
      key: "health",
      title: t("column.health"),
      phone: "line",
      width: "18%",
      cell: (sender) => <HealthLabel sender={sender} />,
    },
    {
      key: "budget",
      title: t("column.budget"),
      phone: "line",
      width: 200,
      cell: (sender) => <Budget sender={sender} />,
    },
    { key: "hours", title: t("column.hours"), cell: (sender) => <Hours sender={sender} /> },
    { key: "plan", title: t("column.plan"), width: 170, cell: (sender) => <Plan sender={sender} /> },
  ];
}

interface CellProps {
  readonly sender: Sender;
}

/** How much of the day's cap is used. */
export function Budget({ sender }: CellProps) {
  const { t } = useTranslation("senders");
  const { used, cap_per_day: cap } = sender;
  const says = cap === null ? t("budget.free", { used }) : t("budget.of", { used, cap });
  return (
    <Group gap={8} wrap="nowrap">
      {cap !== null && (
        <Progress
          flex={1}
          size="sm"
          value={Math.min(100, (100 * used) / Math.max(1, cap))}
          color={used >= cap ? "amber" : "petrol"}
          aria-label={says}
        />
      )}
      <Text span fz="xs" c="dimmed" className="tabular">
        {says}
      </Text>
    </Group>
  );
}

function Hours({ sender }: CellProps) {
  const hours = useHours();
  return (
    <Text span inherit c="dimmed">
      {hours(sender)}
    </Text>
  );
}

function Plan({ sender }: CellProps) {
  const { t } = useTranslation("senders");
  const parts = [
    ...(sender.waiting > 0 ? [t("plan.waiting", { count: sender.waiting })] : []),
    ...(sender.due > 0 ? [t("plan.due", { count: sender.due })] : []),
  ];
  return (
    <Text span inherit c="dimmed" className="tabular">
      {parts.length === 0 ? t("plan.none") : parts.join(", ")}
    </Text>
  );
}
