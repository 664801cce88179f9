import { Table } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Simulation } from "@/api/simulations";
import { shortDay } from "@/ui/time";
import { useWords } from "@/ui/words/useWords";

type Step = Simulation["steps"][number];

/** How many came to each step, and what became of them there. */
export function StepTable({ steps }: { readonly steps: readonly Step[] }) {
  const { t, i18n } = useTranslation("simulate");
  const number = (value: number) => value.toLocaleString(i18n.language);
  return (
    <Table.ScrollContainer minWidth={480}>
      <Table className="tabular">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t("step.name")}</Table.Th>
            <Table.Th scope="col" ta="right">
              {t("step.entered")}
            </Table.Th>
            <Table.Th scope="col" ta="right">
              {t("step.done")}
            </Table.Th>
            <Table.Th scope="col">{t("step.when")}</Table.Th>
            <Table.Th scope="col">{t("step.else")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {steps.map((step) => (
            <Table.Tr key={step.key}>
              <Table.Th scope="row" fw={500}>
                <Name step={step} />
              </Table.Th>
              <Table.Td ta="right">{number(step.entered)}</Table.Td>
              <Table.Td ta="right">{number(step.done)}</Table.Td>
              <Table.Td>
                <When step={step} />
              </Table.Td>
              <Table.Td>
                <Else step={step} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Name({ step: { name, kind, key } }: { readonly step: Step }) {
  const { word } = useWords();
  return <span title={key}>{name === "" ? word("kind", kind) : name}</span>;
}

/** The day by which half is done, and the first and the last. */
function When({ step: { first_at: first, median_at: median, last_at: last } }: { readonly step: Step }) {
  const { t, i18n } = useTranslation("simulate");
  if (first === null || last === null) return "–";
  const day = (at: string) => shortDay(Date.parse(at), i18n.language);
  const said = { first: day(first), last: day(last), median: day(median ?? first) };
  if (said.first === said.last) return said.first;
  return median == null ? `${said.first} – ${said.last}` : t("step.spread", said);
}

function Else({ step: { skipped, failed, ways, standing } }: { readonly step: Step }) {
  const { t } = useTranslation("simulate");
  const { word } = useWords();
  const said = [
    ...Object.entries(ways).map(([way, count]) => t("step.way", { count, way })),
    ...Object.entries(skipped).map(([code, count]) =>
      t("step.skipped", { count, reason: word("skip", code) }),
    ),
    ...Object.entries(failed).map(([code, count]) =>
      t("step.failed", { count, reason: word("failure", code) }),
    ),
    ...(standing > 0 ? [t("step.standing", { count: standing })] : []),
  ];
  return said.join(" · ");
}
