export const english = {
  title: "Settings",
  empty: {
    title: "Nothing to set here yet",
    hint: "Limits, windows, members and keys of this workspace.",
  },
};
