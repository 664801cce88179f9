import type { suggestion as english } from "./suggestion.en";

export const suggestion: typeof english = {
  somebody: "Ein Agent",
  title: "{{agent}} hat eine Antwort entworfen",
  notSent: "Nicht gesendet",
  writing: "{{agent}} schreibt eine Antwort…",
  waits: "{{agent}} hat noch keine Antwort geschrieben",
  notAnew: "Sie wurde nicht neu geschrieben",
  note: "Dein Wunsch: {{note}}",
  because: {
    draft_cap: "Der Agent hat heute so viele Entwürfe geschrieben, wie er darf. Morgen geht es weiter.",
    cost_cap: "Der Agent hat heute so viel gekostet, wie er darf. Morgen geht es weiter.",
    model_fault: "Das Modell gab keinen brauchbaren Text.",
    own_fault: "Hier ist etwas fehlgeschlagen; am Modell liegt es nicht.",
    rests: "Der Arbeitsbereich ist angehalten, oder die Person wartet auf keine Antwort.",
    no_model: "Es ist kein Modell eingerichtet.",
    no_agent: "Es gibt keinen Agenten, der sie schreiben könnte.",
    disabled: "Der Agent darf keine Antworten mehr entwerfen.",
  },
  failed: "Ob ein Agent eine Antwort entworfen hat, ließ sich nicht erfragen",
  again: "Erneut versuchen",
  send: "Senden",
  sendHint: "Senden, was {{agent}} entworfen hat, so wie es ist",
  edit: "Unten bearbeiten",
  rewrite: "Neu schreiben…",
  discard: "Verwerfen",
  anyway: {
    title: "Trotzdem an {{name}} senden?",
    text: "Eine Kontrolle sagt, dass etwas darin so nicht hinausgehen darf.",
    do: "Trotzdem senden",
  },
  discarding: {
    title: "Die entworfene Antwort verwerfen?",
    text: "Sie lässt sich nicht zurückholen. {{name}} wartet weiter auf eine Antwort.",
  },
  rewriting: {
    title: "Die Antwort an {{name}} neu schreiben lassen",
  },
  discarded: "Verworfen",
};
