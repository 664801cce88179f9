export const answers = {
  chip: "Answers",
  list: "Drafted answers",
  by: "{{agent}}: {{text}}",
  somebody: "An agent",
  outdated: "written before something changed",
  where: "Each is read, changed and sent in the Inbox, below what was asked.",
  key: { next: "Next answer", back: "Answer before" },
  empty: {
    title: "No answer waits",
    hint: "What agents would answer to replies stands here until a person sends it or throws it away.",
  },
};
