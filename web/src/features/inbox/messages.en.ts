export const english = {
  title: "Inbox",
  empty: {
    title: "No conversation yet",
    hint: "Each reply lands here, with what the sequence would have sent next.",
  },
};
