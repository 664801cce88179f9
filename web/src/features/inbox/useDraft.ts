// What is being written stays with its person while one looks at another, at another room, or loads the page anew.
import { type Dispatch, type SetStateAction, useState } from "react";
import { blank, type Draft, isDraft } from "@/dialogs/mail/letter";
import { useTyped } from "@/dialogs/useTyped";

export function useDraft(contactId: number): readonly [Draft, Dispatch<SetStateAction<Draft>>] {
  const [fresh] = useState(blank);
  const drafts = useTyped("letters", isDraft);
  // Also said of what was sent from here when something else is open: so nothing of this page's own may be in it.
  const change: Dispatch<SetStateAction<Draft>> = (to) => {
    const now = drafts.of(contactId) ?? fresh;
    drafts.put(contactId, typeof to === "function" ? to(now) : to);
  };
  return [drafts.of(contactId) ?? fresh, change];
}
