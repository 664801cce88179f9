export const english = {
  cancel: "Cancel",
  close: "Close",
  copy: "Copy",
  copied: "Copied",
  moment: {
    there: "{{time}} there",
    both: "{{here}} here, {{there}} there ({{zone}})",
    seconds: "in {{count}} s",
  },
  table: {
    select: "Select {{name}}",
    selectAll: "Select all shown",
    actions: "Actions",
    more: "Show more",
    loading: "Loading",
    open: "Open",
    sortBy: "Sort by {{column}}",
    keys: {
      next: "Next row",
      before: "Row before",
      select: "Select",
      open: "Open",
      leave: "Clear the selection",
    },
  },
  bulk: { label: "Selection", selected_one: "{{count}} selected", selected_other: "{{count}} selected" },
  filter: { search: "Search", clear: "Clear the search", key: "Search here" },
};
