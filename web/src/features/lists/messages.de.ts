import type { Translated } from "@/ui/catalog";
import type { english } from "./messages.en";
import { segments } from "./segments/messages.de";

export const german: Translated<typeof english> = {
  segments,
  tabs: { label: "Listen und Segmente", lists: "Listen", segments: "Segmente" },
  title: "Listen",
  name: "Name",
  contacts: "Kontakte",
  since: "Angelegt",
  person: "Person",
  address: "Adresse",
  sequence: "Sequenz",
  search: "Name, Firma oder Adresse",
  cancel: "Abbrechen",
  rename: "Umbenennen",
  renamed: "Liste umbenannt",
  count_one: "{{count, number}} Kontakt",
  count_other: "{{count, number}} Kontakte",
  enroll: "{{count, number}} in Sequenz aufnehmen",
  leave: "{{count, number}} von der Liste nehmen",
  left_one: "{{count, number}} Kontakt ist nicht mehr auf der Liste",
  left_other: "{{count, number}} Kontakte sind nicht mehr auf der Liste",
  remove: "{{name}} löschen",
  removeTitle: "Liste {{name}} löschen?",
  removeDo: "Liste löschen",
  removeText_one: "Der {{count, number}} Kontakt darauf bleibt; Sequenzen laufen weiter.",
  removeText_other: "Die {{count, number}} Kontakte darauf bleiben; Sequenzen laufen weiter.",
  gone: "Liste gelöscht",
  new: { title: "Neue Liste", do: "Liste anlegen" },
  empty: {
    title: "Noch keine Liste",
    hint: "Eine Liste sammelt Personen, die du von Hand wählst: ein Import legt sie dort ab oder die Leiste unter Kontakte. Eine ganze Liste kommt mit einem Knopf in eine Sequenz.",
    import: "Kontakte importieren",
  },
  nobody: {
    title: "Niemand ist auf dieser Liste",
    fits: "Niemand auf dieser Liste beginnt so",
    hint: "Wähle Personen unter Kontakte und setze sie darauf, oder nenne die Liste beim Import.",
    to: "Zu den Kontakten",
  },
  lost: {
    title: "Diese Liste gibt es nicht",
    hint: "Sie wurde gelöscht oder gehört zu einem anderen Arbeitsbereich.",
  },
};
