export const english = {
  title: "Suppressions",
  empty: {
    title: "Nobody is suppressed",
    hint: "Addresses that opted out, bounced or complained land here and are never written to.",
  },
};
