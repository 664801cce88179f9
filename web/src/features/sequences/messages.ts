import { catalog } from "@/ui/catalog";

export const sequences = catalog(
  {
    title: "Sequences",
    empty: {
      title: "No sequences yet",
      hint: "A sequence is a rhythm of messages and tasks. It will stand here with its people and its numbers.",
      picture: "Steps on day 0, day 3, day 7 and day 14",
    },
  },
  {
    title: "Sequenzen",
    empty: {
      title: "Noch keine Sequenzen",
      hint: "Eine Sequenz ist ein Rhythmus aus Nachrichten und Aufgaben. Sie steht hier mit ihren Personen und Zahlen.",
      picture: "Schritte an Tag 0, Tag 3, Tag 7 und Tag 14",
    },
  },
);
