import type { Translated } from "./catalog";
import type { english } from "./messages.en";

export const german: Translated<typeof english> = {
  cancel: "Abbrechen",
  close: "Schließen",
  copy: "Kopieren",
  copied: "Kopiert",
  beat: { day: "Tag {{day}}" },
  moment: {
    there: "dort {{time}}",
    both: "{{here}} hier, {{there}} dort ({{zone}})",
    seconds: "in {{count}} s",
  },
  table: {
    select: "{{name}} auswählen",
    selectAll: "Alle gezeigten auswählen",
    actions: "Aktionen",
    more: "Mehr zeigen",
    loading: "Wird geladen",
    open: "Öffnen",
    sortBy: "Nach {{column}} sortieren",
    keys: {
      next: "Nächste Zeile",
      before: "Zeile davor",
      select: "Auswählen",
      open: "Öffnen",
      leave: "Auswahl aufheben",
    },
  },
  bulk: { label: "Auswahl", selected_one: "{{count}} ausgewählt", selected_other: "{{count}} ausgewählt" },
  filter: { search: "Suchen", clear: "Suche leeren", key: "Hier suchen" },
};
