export const english = {
  title: "Sequences",
  tabs: {
    label: "Parts of the sequence",
    steps: "Steps",
    enrollments: "Enrollments",
    settings: "Settings",
    history: "History",
  },
  empty: {
    title: "No sequence yet",
    hint: "A sequence is a rhythm of messages and tasks that runs for each person by itself.",
  },
};
