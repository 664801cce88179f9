import { useTranslation } from "react-i18next";
import { ContactPicker as Picker } from "@/dialogs/ContactPicker";

interface ContactPickerProps {
  readonly value: number | undefined;
  readonly onChange: (contact: number | undefined) => void;
  readonly label?: string;
  /** What stands there while nobody is chosen. */
  readonly none?: string;
}

/** For whom a mail is written: a contact found by name, or an imagined one. */
export function ContactPicker({ label, none, ...props }: ContactPickerProps) {
  const { t } = useTranslation("sequences");
  return (
    <Picker
      {...props}
      label={label ?? t("trial.as")}
      none={none ?? t("trial.imagined")}
      nobody={t("trial.nobody")}
    />
  );
}
