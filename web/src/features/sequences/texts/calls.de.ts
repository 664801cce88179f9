// Ein Webhook-Schritt, zur Probe aufgerufen, und was Nachrichten kosten.
import type { Translated } from "@/ui/catalog";
import type { calls as english } from "./calls.en";

export const calls: Translated<typeof english> = {
  call: {
    title: "Jetzt aufrufen",
    now: "Niemand rückt weiter",
    who: "Mit den Daten von",
    call: "1 Testaufruf machen",
    again: "Noch einmal aufrufen",
    hint: "Ruft die Adresse einmal auf, unterschrieben wie im Betrieb. Der Empfänger erkennt die Probe nur an ihrer Kennung, die mit msg_test_ beginnt.",
    outcome: {
      delivered: "Angenommen: die Leute gingen weiter.",
      tried_again: "Nicht angenommen: im Betrieb würde später noch einmal aufgerufen.",
      failed: "Abgelehnt: der Schritt würde scheitern.",
    },
    status: "Status {{code}} nach {{seconds}} s",
    noAnswer: "Keine Antwort, nach {{seconds}} s",
    answer: "Anfang der Antwort",
    empty: "(leer)",
    why: "Warum",
    asked: "Die Anfrage",
  },
  cost: {
    one: "etwa {{amount}} je Person",
    span: "{{least}} bis {{most}} je Person, je nach Land",
    unknown: "Für das Land dieser Nummer ist kein Preis hinterlegt.",
    unset: "Was es kostet, wird nicht gezeigt: kein Preis ist hinterlegt.",
    where: "Preise beim Konto hinterlegen",
  },
};
