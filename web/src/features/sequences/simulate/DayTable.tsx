import { Table } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { localeOf } from "@/ui/time";
import type { Day } from "./outcome";

/** The chart's numbers, one row a day on which something leaves or waits. */
export function DayTable({ days }: { readonly days: readonly Day[] }) {
  const { t, i18n } = useTranslation("simulate");
  const format = new Intl.DateTimeFormat(localeOf(i18n.language), { dateStyle: "full" });
  const number = (value: number) => value.toLocaleString(i18n.language);
  return (
    <Table className="tabular">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t("table.day")}</Table.Th>
          {(["sent", "cap", "waiting"] as const).map((name) => (
            <Table.Th key={name} scope="col" ta="right">
              {t(`table.${name}`)}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {days
          .filter(({ sent, waiting }) => sent > 0 || waiting > 0)
          .map(({ day, sent, cap, waiting }) => (
            <Table.Tr key={day}>
              <Table.Td>{format.format(new Date(`${day}T00:00`))}</Table.Td>
              <Table.Td ta="right">{number(sent)}</Table.Td>
              <Table.Td ta="right">{cap === undefined ? "–" : number(cap)}</Table.Td>
              <Table.Td ta="right">{waiting > 0 && number(waiting)}</Table.Td>
            </Table.Tr>
          ))}
      </Table.Tbody>
    </Table>
  );
}
