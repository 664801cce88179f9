import type { Translated } from "@/ui/catalog";
import type { english } from "./messages.en";

export const german: Translated<typeof english> = {
  button: "Simulieren",
  title: "{{name}} simulieren",
  intro:
    "Virtuelle Zeit, deine Einstellungen, die Grenzen deiner Absender. Nichts wird gesendet oder gespeichert.",
  close: "Schließen",
  run: "Simulieren",
  again: "Noch einmal simulieren",
  cancel: "Abbrechen",
  busy: "Simuliert: {{percent}} %",
  cancelled: "Die Simulation wurde abgebrochen.",
  failed: "Die Simulation endete mit einem Fehler: {{fault}}",
  whom: "Lass {whom} durch {version} laufen, {days} Tage lang.",
  whomImagined: "Lass {people} {whom} durch {version} laufen, {days} Tage lang.",
  assumed:
    "Von 100 Nachrichten werden {replied} beantwortet, {opened} geöffnet, {bounced} kommen zurück, {opted_out} führen zu einer Abmeldung.",
  tasks: "Von 100 Aufgaben werden {tasks} erledigt, einen Tag später. Zufall Nummer {seed}.",
  label: {
    whom: "Für wen",
    people: "Wie viele Personen",
    version: "Version",
    days: "Tage",
    seed: "Nummer des Zufalls",
    replied: "Von 100 Nachrichten beantwortet",
    opened: "Von 100 Nachrichten geöffnet",
    bounced: "Von 100 Nachrichten unzustellbar",
    opted_out: "Abmeldungen auf 100 Nachrichten",
    tasks: "Von 100 Aufgaben erledigt",
  },
  imagined: "gedachte Personen",
  list: "die Liste {{name}}",
  segment: "das Segment {{name}}",
  draft: "die Arbeitskopie",
  version: "Version {{number}}",
  figures: {
    people_one: "Person",
    people_other: "Personen",
    messages_one: "Nachricht",
    messages_other: "Nachrichten",
    first: "erste Nachricht",
    last: "letzte Nachricht",
    none: "–",
  },
  volumes: "Nachrichten pro Tag",
  asChart: "Diagramm",
  asTable: "Tabelle",
  nothing: "Nichts würde gesendet. Warum, sagen die Enden unten.",
  day: "{{day}}: {{count}} Nachrichten",
  dayWaiting: "{{day}}: {{count}} Nachrichten, {{waiting}} warten am Ende des Tages",
  others: "andere Absender",
  cap: "höchstens {{most}} am Tag",
  waits: "wartet am Ende des Tages",
  table: { day: "Tag", sent: "Nachrichten", cap: "Höchstens", waiting: "Warten am Ende" },
  overflows: "Was warten muss",
  noOverflow: "Nichts muss warten: Jede Nachricht geht, wenn sie fällig ist.",
  overflow: {
    cap_day_one: "{{count}} Nachricht von {{sender}} wartet wegen der Tagesgrenze, bis zu {{longest}}.",
    cap_day_other: "{{count}} Nachrichten von {{sender}} warten wegen der Tagesgrenze, bis zu {{longest}}.",
    cap_hour_one: "{{count}} Nachricht von {{sender}} wartet wegen der Stundengrenze, bis zu {{longest}}.",
    cap_hour_other:
      "{{count}} Nachrichten von {{sender}} warten wegen der Stundengrenze, bis zu {{longest}}.",
    cap_minute_one: "{{count}} Nachricht von {{sender}} wartet wegen der Minutengrenze, bis zu {{longest}}.",
    cap_minute_other:
      "{{count}} Nachrichten von {{sender}} warten wegen der Minutengrenze, bis zu {{longest}}.",
    spacing_one:
      "{{count}} Nachricht von {{sender}} wartet wegen des Abstands zweier Nachrichten, bis zu {{longest}}.",
    spacing_other:
      "{{count}} Nachrichten von {{sender}} warten wegen des Abstands zweier Nachrichten, bis zu {{longest}}.",
    retry_one:
      "{{count}} Nachricht von {{sender}} wird erneut versucht, weil die Gegenseite ablehnte, bis zu {{longest}} später.",
    retry_other:
      "{{count}} Nachrichten von {{sender}} werden erneut versucht, weil die Gegenseite ablehnte, bis zu {{longest}} später.",
    hold_one:
      "{{count}} Nachricht von {{sender}} wartet auf ein Zeitfenster oder eine Rückkehr, bis zu {{longest}}.",
    hold_other:
      "{{count}} Nachrichten von {{sender}} warten auf ein Zeitfenster oder eine Rückkehr, bis zu {{longest}}.",
  },
  ends: "Wer wo endet",
  steps: "Durch die Schritte",
  step: {
    name: "Schritt",
    entered: "Angekommen",
    done: "Gesendet oder erledigt",
    else: "Sonst",
    when: "Wann",
    spread: "die Hälfte bis {{median}}; {{first}} – {{last}}",
    skipped: "{{count}} übersprungen: {{reason}}",
    failed: "{{count}} fehlgeschlagen: {{reason}}",
    way: "{{count}} nahmen {{way}}",
    standing_one: "{{count}} ist noch dort",
    standing_other: "{{count}} sind noch dort",
  },
};
