import { useCallback, useState } from "react";

/** Words for those who do not see what was done: put `said` into a live region. */
export function useAnnouncer(): { readonly said: string; readonly say: (words: string) => void } {
  const [said, setSaid] = useState("");
  const say = useCallback((words: string) => {
    // The same words once more are news, too.
    setSaid((before) => (before === words ? `${words} ` : words));
  }, []);
  return { said, say };
}
