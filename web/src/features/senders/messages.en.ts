export const english = {
  title: "Senders",
  empty: {
    title: "No sender yet",
    hint: "Messages leave from your own mailbox. Connect one to begin.",
  },
};
