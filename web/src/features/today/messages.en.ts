export const english = {
  title: "Today",
  empty: {
    title: "Nothing waits for you",
    hint: "Replies, tasks, approvals and problems land here. The rest runs by itself.",
  },
};
