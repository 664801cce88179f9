import type { Translated } from "@/ui/catalog";
import type { english } from "./messages.en";

export const german: Translated<typeof english> = {
  label: "Zahlen dieses Schritts",
  title: "Was aus diesem Schritt wurde",
  hint: "Jede Person zählt einmal, über alle Fassungen. Eine Zahl öffnet ihre Personen.",
  nothing: "Hierher ist noch niemand gekommen.",
  done: "{{count, number}} erledigt",
  waiting: "{{count, number}} warten",
  replied: "{{count, number}} haben geantwortet",
  skipped: "{{count, number}} übersprungen: {{reason}}",
  failed: "{{count, number}} gescheitert: {{reason}}",
  way: "{{count, number}} gingen „{{reason}}“",
  onWay: "{{count, number}} · {{share}} %",
  simulate: "Hier simulieren",
  leave: "Zahlen zeigen",
  busy: "1.000 Personen werden simuliert …",
  failedTo: "Die Simulation kam nicht zum Ende.",
  legend:
    "Simuliert, es wird nichts gesendet: wohin {{count, number}} gedachte Personen gingen, und wann. Neben jedem Weg steht ihr Anteil.",
  assumes: "Was dafür angenommen wird",
  assumed:
    "Sie durchlaufen die Arbeitsfassung und haben Namen, Adresse und Firma, sonst nichts. Von 100 Nachrichten werden 5 beantwortet, 1 kommt zurück, 1 führt zur Abmeldung; von 100 Aufgaben werden 90 erledigt.",
  come_one: "{{count, number}} kommt hierher",
  come_other: "{{count, number}} kommen hierher",
  nobody: "niemand kommt hierher",
  between: "{{first}} – {{last}}",
  on: "{{first}}",
  median: "die Hälfte bis {{day}}",
  middle: "die mittlere Hälfte {{first}} – {{last}}",
};
