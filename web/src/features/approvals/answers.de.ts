import type { answers as english } from "./answers.en";

export const answers: typeof english = {
  chip: "Antworten",
  list: "Entworfene Antworten",
  by: "{{agent}}: {{text}}",
  somebody: "Ein Agent",
  outdated: "geschrieben, bevor sich etwas geändert hat",
  where: "Jede wird in der Inbox gelesen, geändert und gesendet, unter dem, was gefragt wurde.",
  key: { next: "Nächste Antwort", back: "Antwort davor" },
  empty: {
    title: "Keine Antwort wartet",
    hint: "Was Agenten auf Antworten erwidern würden, steht hier, bis jemand es sendet oder verwirft.",
  },
};
