export const format = {
  format: {
    bold: "Bold",
    italic: "Italic",
    heading: "Heading",
    smallHeading: "Small heading",
    bullets: "List with bullets",
    numbers: "List with numbers",
    link: "Link",
    address: "Address of the link",
    placeholder: "https://example.com/",
    newTab: "Opens in a new tab",
    sameTab: "Opens in the same tab",
    save: "Set the link",
  },
};
