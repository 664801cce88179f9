import type { Sequence } from "@/api/sequences";
import { CardMenu } from "../overview/CardMenu";
import { useSequenceActs } from "../useSequenceActs";

interface HeadMenuProps {
  readonly sequence: Sequence;
  readonly rights: readonly string[];
}

/** What can be done with the sequence as a whole, in the head of its page. */
export function HeadMenu({ sequence, rights }: HeadMenuProps) {
  const acts = useSequenceActs();
  return (
    <>
      <CardMenu
        card={sequence}
        rights={rights}
        onAct={(act) => {
          acts.begin(sequence, act);
        }}
      />
      {acts.dialog}
    </>
  );
}
