// Notes that are being typed stay with their task until the server took them.
import { useTyped } from "@/dialogs/useTyped";

export type Notes = ReturnType<typeof useNotes>;

export function useNotes() {
  return useTyped("notes", isNote);
}

function isNote(value: unknown): value is string {
  return typeof value === "string";
}
