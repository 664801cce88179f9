// Notes that are being typed stay with their task until the server took them.
import { useState } from "react";

export type Notes = ReturnType<typeof useNotes>;

export function useNotes() {
  const [notes, setNotes] = useState<ReadonlyMap<number, string>>(new Map());
  return {
    of: (id: number) => notes.get(id),
    put: (id: number, note: string) => {
      setNotes((before) => new Map(before).set(id, note));
    },
    drop: (id: number) => {
      setNotes((before) => new Map([...before].filter(([each]) => each !== id)));
    },
  };
}
