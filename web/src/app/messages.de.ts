import type { Translated } from "@/ui/catalog";
import type { english } from "./messages.en";

export const german: Translated<typeof english> = {
  rooms: "Räume",
  room: {
    today: "Heute",
    approvals: "Freigaben",
    inbox: "Posteingang",
    reviews: "Prüfungen",
    tasks: "Aufgaben",
    sequences: "Sequenzen",
    contacts: "Kontakte",
    lists: "Listen",
    suppressions: "Sperrliste",
    senders: "Absender",
    doctor: "Doktor",
    settings: "Einstellungen",
    live: "Live",
    devInbox: "Test-Posteingang",
  },
  waiting: "{{room}}, {{count}} warten",
  more: "Mehr",
  skip: "Zum Inhalt springen",
  search: "Suchen",
  language: "Sprache",
  scheme: { label: "Darstellung", auto: "System", light: "Hell", dark: "Dunkel" },
  account: {
    menu: "Konto",
    of: "Konto von {{name}}",
    workspace: "Arbeitsbereich",
    keys: "Tasten",
    signOut: "Abmelden",
  },
  close: "Schließen",
  palette: {
    label: "Personen, Sequenzen, Räume und Handlungen suchen",
    nothing: "Nichts heißt so",
    acts: "Handlungen",
  },
  toast: { title: "Was du zuletzt getan hast", undo: "Rückgängig", left: " · {{count}} s" },
  keys: {
    title: "Tasten",
    everywhere: "Überall",
    palette: "Suchen und handeln",
    help: "Tasten zeigen",
    go: "Gehe zu {{room}}",
  },
  offline: {
    title: "drumbeat antwortet nicht.",
    text: "Was du siehst, kann alt sein. Nachrichten gehen weiter wie geplant hinaus, solange der Server läuft.",
  },
  stopped: {
    title: "Alles ist gestoppt.",
    text: "Gestoppt von {{by}}, {{time}}. Nichts verlässt diesen Arbeitsbereich.",
    lift: "Stopp aufheben",
  },
  missing: {
    title: "Diese Seite gibt es nicht",
    hint: "Die Adresse ist vielleicht alt, oder was sie zeigte, wurde gelöscht.",
    back: "Zum Anfang",
  },
  broken: {
    title: "Diese Seite ist kaputtgegangen",
    hint: "Oft hilft es, sie neu zu laden. Dadurch wurde nichts gesendet und nichts ging verloren.",
    again: "Neu laden",
  },
};
