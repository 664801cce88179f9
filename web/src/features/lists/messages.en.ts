export const english = {
  title: "Lists",
  empty: {
    title: "No list yet",
    hint: "A list collects contacts; sequences can enroll who joins it.",
  },
};
