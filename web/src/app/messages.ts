import { catalog } from "@/ui/catalog";

export const app = catalog(
  {
    rooms: "Rooms",
    skip: "Skip to content",
    language: "Language",
    scheme: { label: "Appearance", auto: "System", light: "Light", dark: "Dark" },
    missing: {
      title: "There is no such page",
      hint: "The address may be old, or what it showed may have been deleted.",
      back: "Go to the start",
    },
    broken: {
      title: "This page broke",
      hint: "Loading it again often helps. Nothing was sent or lost by this.",
    },
  },
  {
    rooms: "Räume",
    skip: "Zum Inhalt springen",
    language: "Sprache",
    scheme: { label: "Darstellung", auto: "System", light: "Hell", dark: "Dunkel" },
    missing: {
      title: "Diese Seite gibt es nicht",
      hint: "Die Adresse ist vielleicht alt, oder was sie zeigte, wurde gelöscht.",
      back: "Zum Anfang",
    },
    broken: {
      title: "Diese Seite ist kaputtgegangen",
      hint: "Oft hilft es, sie neu zu laden. Dadurch wurde nichts gesendet und nichts ging verloren.",
    },
  },
);
