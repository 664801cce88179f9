export const english = {
  title: "Tasks",
  empty: {
    title: "No task is due",
    hint: "Steps that a person does, such as calls, land here when they are due.",
  },
};
