import { useTranslation } from "react-i18next";
import type { Contact } from "@/api/contacts";
import type { Column } from "@/ui/DataTable";
import { PersonName } from "@/ui/PersonName";
import { StateLabel } from "@/ui/StateLabel";

/** What a line tells of a contact on a list or in a segment. */
export function useColumns(): readonly Column<Contact>[] {
  const { t } = useTranslation("lists");
  return [
    {
      key: "name",
      title: t("person"),
      width: "36%",
      phone: "title",
      cell: ({ id, name, company }) => <PersonName name={name} company={company} to={`/contacts/${id}`} />,
    },
    {
      key: "email",
      title: t("address"),
      width: "28%",
      phone: "line",
      cell: ({ email, phone }) => (email === "" ? phone : email),
    },
    {
      key: "running",
      title: t("sequence"),
      phone: "line",
      cell: ({ running: [first] }) =>
        first && <StateLabel state={first.state} reason={first.reason} note={first.sequence} />,
    },
  ];
}
