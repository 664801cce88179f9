export const english = {
  cancel: "Cancel",
};
