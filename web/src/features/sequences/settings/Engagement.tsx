import { Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useEngagement } from "@/api/sequences";
import { inBrackets } from "@/flow/merge";

interface EngagementProps {
  readonly sequenceId: number;
}

/** What came of each mail; nothing as long as nobody opened or clicked any. */
export function Engagement({ sequenceId }: EngagementProps) {
  const { t } = useTranslation("sequences");
  const { data: mails = [] } = useEngagement(sequenceId);
  const isSilent = mails.every(
    (mail) => mail.opened + mail.clicked + mail.opened_by_machines + mail.clicked_by_machines === 0,
  );
  if (isSilent) return null;
  return (
    <Table.ScrollContainer minWidth={290}>
      <Table className="tabular" fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("engagement.mail")}</Table.Th>
            <Table.Th ta="right">{t("engagement.sent")}</Table.Th>
            <Table.Th ta="right">{t("engagement.opened")}</Table.Th>
            <Table.Th ta="right">{t("engagement.clicked")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {mails.map((mail) => (
            <Table.Tr key={mail.step}>
              <Table.Td>{mail.name || inBrackets(mail.subject) || mail.step}</Table.Td>
              <Table.Td ta="right">{mail.sent}</Table.Td>
              <Count people={mail.opened} machines={mail.opened_by_machines} />
              <Count people={mail.clicked} machines={mail.clicked_by_machines} />
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Count({ people, machines }: { readonly people: number; readonly machines: number }) {
  const { t } = useTranslation("sequences");
  return (
    <Table.Td ta="right">
      {people}
      {machines > 0 && (
        <Text fz="xs" c="dimmed">
          {t("engagement.machines", { count: machines })}
        </Text>
      )}
    </Table.Td>
  );
}
