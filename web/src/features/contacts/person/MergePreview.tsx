import { Radio, Stack, Table, Text } from "@mantine/core";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { useFields } from "@/api/contactFields";
import type { ContactDetail, Field } from "@/api/contacts";
import type { Chosen, MergedField, MergePreview as Told } from "@/api/persons";
import { CUSTOM, OWN } from "../importing/choices";
import classes from "./Merge.module.css";

interface MergePreviewProps {
  readonly contact: ContactDetail;
  readonly preview: Told;
  readonly choose: Chosen;
  readonly onChoose: (choose: Chosen) => void;
}

/** Where the two differ, whose value is taken, and what happens with their sequences. */
export function MergePreview({ contact, preview, choose, onChoose }: MergePreviewProps) {
  const { t } = useTranslation("contacts");
  const other = preview.fields.filter(({ survivor, other: theirs }) => survivor !== theirs);
  return (
    <Stack gap="sm">
      {other.length > 0 && (
        <Table
          className={classes.differ ?? ""}
          verticalSpacing={6}
          highlightOnHover={false}
          aria-label={t("merge.differ")}
        >
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("merge.differ")}</Table.Th>
              <Table.Th>{t("merge.this")}</Table.Th>
              <Table.Th>{t("merge.other")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {other.map((field) => (
              <Line
                key={field.field}
                field={field}
                chosen={choose[field.field] ?? (field.from_other ? "other" : "survivor")}
                onChoose={(whose) => {
                  onChoose({ ...choose, [field.field]: whose });
                }}
              />
            ))}
          </Table.Tbody>
        </Table>
      )}
      {preview.enrollments.map(({ id, sequence, contact_id, ends }) => (
        <Text key={id}>
          {t(ends ? "merge.ends" : "merge.goesOn", {
            sequence,
            whose: t(contact_id === contact.id ? "merge.ofThis" : "merge.ofOther"),
          })}
        </Text>
      ))}
      <Text fz="xs" c="dimmed">
        {t("merge.consent")}
      </Text>
    </Stack>
  );
}

interface LineProps {
  readonly field: MergedField;
  readonly chosen: "survivor" | "other";
  readonly onChoose: (whose: "survivor" | "other") => void;
}

function Line({ field: { field, survivor, other }, chosen, onChoose }: LineProps) {
  const { t } = useTranslation("contacts");
  const name = fieldName(t, field, useFields().data ?? []);
  return (
    <Table.Tr>
      <Table.Td>{name}</Table.Td>
      {(
        [
          ["survivor", survivor],
          ["other", other],
        ] as const
      ).map(([whose, value]) => (
        <Table.Td key={whose}>
          <Radio
            name={field}
            aria-label={`${name}: ${value === "" ? t("merge.empty") : value}`}
            label={value === "" ? t("merge.empty") : value}
            checked={chosen === whose}
            onChange={() => {
              onChoose(whose);
            }}
          />
        </Table.Td>
      ))}
    </Table.Tr>
  );
}

function fieldName(t: TFunction<"contacts">, field: string, own: readonly Field[]): string {
  const known = OWN.find((each) => each === field);
  if (known !== undefined) return t(`field.${known}`);
  if (field === "owner") return t("merge.owner");
  return own.find(({ key }) => `${CUSTOM}${key}` === field)?.label ?? field;
}
