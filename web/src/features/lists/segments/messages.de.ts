import type { Translated } from "@/ui/catalog";
import type { segments as english } from "./messages.en";

export const segments: Translated<typeof english> = {
  title: "Segmente",
  name: "Name",
  who: "Wer dazugehört",
  now: "Jetzt",
  count_one: "{{count, number}} Kontakt jetzt",
  count_other: "{{count, number}} Kontakte jetzt",
  countMore: "mehr als {{count, number}} Kontakte jetzt",
  atLeast: "{{count, number}}+",
  enroll: "Alle in Sequenz aufnehmen",
  enrollCount: "{{count, number}} in Sequenz aufnehmen",
  contacts: "Unter Kontakte öffnen",
  rename: "Umbenennen",
  renamed: "Segment umbenannt",
  save: "Bedingung speichern",
  saved: "Bedingung gespeichert",
  discard: "Verwerfen",
  changed: "Noch nicht gespeichert. Die Liste unten zeigt die gespeicherte Bedingung.",
  incomplete: "Jede Regel braucht ihren Wert, bevor gespeichert werden kann.",
  asks: "Wer dazugehört",
  hint: "Wer passt, gehört sofort dazu, und wer nicht mehr passt, geht von selbst.",
  members: "Wer jetzt dazugehört",
  new: { title: "Neues Segment", do: "Segment anlegen", place: "Gründer ohne Termin" },
  remove: "{{name}} löschen",
  removeTitle: "Segment {{name}} löschen?",
  removeText:
    "Die Kontakte darin bleiben, Sequenzen laufen weiter. Ansichten und Links damit zeigen niemanden.",
  removeDo: "Segment löschen",
  gone: "Segment gelöscht",
  empty: {
    title: "Noch kein Segment",
    hint: "Ein Segment ist eine Frage mit einem Namen: „Schlagwort ist Test und hat nicht geantwortet“. Wer passt, ist immer aktuell, und alle zusammen kommen mit einem Knopf in eine Sequenz.",
  },
  nobody: { title: "Jetzt passt niemand", hint: "Sobald jemand zur Bedingung passt, steht er hier." },
  lost: {
    title: "Dieses Segment gibt es nicht",
    hint: "Es wurde gelöscht oder gehört zu einem anderen Arbeitsbereich.",
  },
  failed: "Das hat nicht geklappt. Versuche es gleich noch einmal.",
};
