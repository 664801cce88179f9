export const english = {
  title: "Enrollment",
  empty: {
    title: "Nobody is enrolled yet",
    hint: "People who are enrolled land here, with what happens next and why.",
  },
};
