// What is being written stays with its person while one looks at another.
import { type Dispatch, type SetStateAction, useState } from "react";
import { blank, type Draft } from "@/dialogs/mail/letter";

type ByContact = ReadonlyMap<number, Draft>;
export type Drafts = readonly [ByContact, Dispatch<SetStateAction<ByContact>>];

export function useDrafts(): Drafts {
  return useState<ByContact>(new Map());
}

export function useDraft(
  [drafts, setDrafts]: Drafts,
  contactId: number,
): readonly [Draft, Dispatch<SetStateAction<Draft>>] {
  const [fresh] = useState(blank);
  const change: Dispatch<SetStateAction<Draft>> = (to) => {
    setDrafts((before) => {
      const now = before.get(contactId) ?? fresh;
      return new Map(before).set(contactId, typeof to === "function" ? to(now) : to);
    });
  };
  return [drafts.get(contactId) ?? fresh, change];
}
