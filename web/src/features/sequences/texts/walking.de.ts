export const walking = {
  walking: {
    up: "Den Schritt nach oben schieben",
    down: "Den Schritt nach unten schieben",
    pick: "Den Schritt mit anderen auswählen oder wieder loslassen",
    said: {
      picked_one: "{{count}} Schritt ist ausgewählt",
      picked_other: "{{count}} Schritte sind ausgewählt",
    },
    picked: "ausgewählt",
    onWay: "auf dem Weg „{{way}}“",
    number: "Schritt {{number}}: ",
  },
};
