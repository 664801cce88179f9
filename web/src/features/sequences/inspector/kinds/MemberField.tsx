import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFlowNames } from "@/api/flowNames";

interface MemberFieldProps {
  readonly label: string;
  /** Whoever has a part in the enrollment: `contact_owner` and the like, in words. */
  readonly roles: Readonly<Record<string, string>>;
  /** One of the roles, or the address of a member. */
  readonly value: string;
  readonly readOnly: boolean;
  readonly onChange: (who: string) => void;
}

/** One of the roles, or a member by name. */
export function MemberField({ label, roles, value, readOnly, onChange }: MemberFieldProps) {
  const { t } = useTranslation("sequences");
  const { members } = useFlowNames();
  const isKnown = value in roles || members.some(({ address }) => address === value);
  const people = [
    ...members.map(({ name, address }) => ({
      value: address,
      label: name === "" ? address : `${name} · ${address}`,
    })),
    ...(isKnown || value === "" ? [] : [{ value, label: value }]),
  ];
  const parts = Object.entries(roles).map(([role, words]) => ({ value: role, label: words }));
  return (
    <Select
      label={label}
      maw={380}
      searchable
      allowDeselect={false}
      disabled={readOnly}
      placeholder={t("member.choose")}
      nothingFoundMessage={t("member.nobody")}
      data={[
        { group: t("member.byPart"), items: parts },
        { group: t("member.byName"), items: people },
      ].filter(({ items }) => items.length > 0)}
      value={value}
      onChange={(who) => {
        if (who !== null) onChange(who);
      }}
    />
  );
}
