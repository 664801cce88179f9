export const format = {
  format: {
    bold: "Fett",
    italic: "Kursiv",
    heading: "Überschrift",
    smallHeading: "Kleine Überschrift",
    bullets: "Liste mit Punkten",
    numbers: "Liste mit Nummern",
    link: "Link",
    address: "Adresse des Links",
    placeholder: "https://example.com/",
    newTab: "Öffnet sich in einem neuen Tab",
    sameTab: "Öffnet sich im selben Tab",
    save: "Link setzen",
  },
};
