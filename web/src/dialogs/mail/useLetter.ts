// What is being written stays with its person while one looks at another, at another room, or loads the page anew.
import { useState } from "react";
import { useTyped } from "@/dialogs/useTyped";
import { blank, type Draft, isDraft, type OnDraft } from "./letter";

/** The letter to a person that is begun in a place: an answer in the Inbox is another than a mail from their page. */
export function useLetter(place: "letters" | "mails", contactId: number): readonly [Draft, OnDraft] {
  const [fresh] = useState(blank);
  const drafts = useTyped(place, isDraft);
  // Also said of what was sent from here when something else is open: so nothing of this page's own may be in it.
  const change: OnDraft = (to) => {
    const now = drafts.of(contactId) ?? fresh;
    drafts.put(contactId, typeof to === "function" ? to(now) : to);
  };
  return [drafts.of(contactId) ?? fresh, change];
}
