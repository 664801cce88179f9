import { useState } from "react";
import type { ContactFilter, Who } from "@/api/contacts";
import type { RowKey } from "@/ui/DataTable";
import { useSelection } from "@/ui/useSelection";

/** Rows that were ticked, or all that fit: then the filter itself is what is chosen. */
export function useChosen(filter: ContactFilter, fitting: number | undefined) {
  const selection = useSelection<RowKey>();
  const [isAll, setAll] = useState(false);
  const ids = [...selection.selected].map(Number);
  const count = isAll ? (fitting ?? ids.length) : ids.length;
  const who: Who = isAll ? { filter } : { contact_ids: ids };
  const letGo = () => {
    setAll(false);
    selection.clear();
  };
  return {
    selection: {
      ...selection,
      toggle: (key: RowKey) => {
        setAll(false);
        selection.toggle(key);
      },
      clear: letGo,
    },
    chosen: ids.length > 0 ? { who, count } : undefined,
    chooseAll: () => {
      setAll(true);
    },
  };
}
