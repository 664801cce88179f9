import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Field } from "@/api/contacts";
import { type Column, CUSTOM, IGNORED, OWN, retarget, retype, type Type } from "./choices";
import classes from "./Import.module.css";

const TYPES: readonly Type[] = ["text", "number", "date", "boolean"];
const NOWHERE = "-";

interface ColumnsProps {
  readonly columns: readonly Column[];
  readonly fields: readonly Field[];
  readonly onChange: (columns: readonly Column[]) => void;
}

/** Each column of the file with some of its values, and where it goes. */
export function Columns({ columns, fields, onChange }: ColumnsProps) {
  const { t } = useTranslation("contacts");
  return (
    <table className={classes.columns}>
      <thead>
        <tr>
          <th>{t("import.column")}</th>
          <th>{t("import.values")}</th>
          <th>{t("import.goesTo")}</th>
          <th>{t("import.type")}</th>
        </tr>
      </thead>
      <tbody>
        {columns.map((column, index) => (
          <Line
            key={index}
            column={column}
            fields={fields}
            onTarget={(target) => {
              onChange(retarget(columns, index, target));
            }}
            onType={(type) => {
              onChange(retype(columns, index, type));
            }}
          />
        ))}
      </tbody>
    </table>
  );
}

interface LineProps {
  readonly column: Column;
  readonly fields: readonly Field[];
  readonly onTarget: (target: string) => void;
  readonly onType: (type: Type) => void;
}

function Line({ column, fields, onTarget, onType }: LineProps) {
  const { t } = useTranslation("contacts");
  const { name, samples, target, type, own } = column;
  const known = fields.find(({ key }) => `${CUSTOM}${key}` === target);
  const isNew = target.startsWith(CUSTOM) && known === undefined;
  return (
    <tr>
      <td>{name}</td>
      <td className={classes.samples} title={samples.join("\n")}>
        {samples.join(" · ")}
      </td>
      <td>
        <Select
          aria-label={t("import.targetOf", { name })}
          className={classes.target ?? ""}
          searchable
          allowDeselect={false}
          value={target === IGNORED ? NOWHERE : target}
          data={useTargets(fields, own, name)}
          onChange={(chosen) => {
            onTarget(chosen === null || chosen === NOWHERE ? IGNORED : chosen);
          }}
        />
      </td>
      <td>
        {isNew ? (
          <Select
            aria-label={t("import.typeOf", { name })}
            w={120}
            allowDeselect={false}
            value={type}
            data={TYPES.map((value) => ({ value, label: t(`type.${value}`) }))}
            onChange={(chosen) => {
              if (chosen !== null) onType(chosen);
            }}
          />
        ) : (
          known && t(`type.${known.type as Type}`)
        )}
      </td>
    </tr>
  );
}

function useTargets(fields: readonly Field[], own: string, name: string) {
  const { t } = useTranslation("contacts");
  const customs = fields.map(({ key, label }) => ({ value: `${CUSTOM}${key}`, label }));
  const isThere = customs.some(({ value }) => value === own);
  return [
    { value: NOWHERE, label: t("import.ignore") },
    { group: t("title"), items: OWN.map((value) => ({ value, label: t(`field.${value}`) })) },
    ...(customs.length > 0 ? [{ group: t("fields.title"), items: customs }] : []),
    ...(isThere ? [] : [{ group: t("import.newField"), items: [{ value: own, label: name }] }]),
  ];
}
