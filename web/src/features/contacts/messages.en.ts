export const english = {
  title: "Contacts",
  import: { title: "Import contacts" },
  empty: {
    title: "No contact yet",
    hint: "People you import, enter or send here over the API.",
  },
};
