import type { answers as english } from "./answers.en";

export const answers: typeof english = {
  chip: "Antworten",
  list: "Entworfene Antworten",
  asked: "„{{text}}“",
  by: "{{agent}}: {{text}}",
  somebody: "Ein Agent",
  outdated: "geschrieben, bevor sich etwas geändert hat",
  where: "Jede wird im Posteingang gelesen, geändert und gesendet, unter dem, was gefragt wurde.",
  key: { next: "Nächste Antwort", back: "Antwort davor", open: "öffnen", edit: "Im Posteingang öffnen" },
  waiting_one: "{{count, number}} Antwort wartet",
  waiting_other: "{{count, number}} Antworten warten",
  whose: "An wen",
  everybody: "An alle",
  mine: "An meine Kontakte",
  none: "Keine Antwort passt zu dem, was du suchst.",
  empty: {
    title: "Keine Antwort wartet",
    hint: "Was Agenten auf Antworten erwidern würden, steht hier, bis jemand es sendet oder verwirft.",
  },
};
