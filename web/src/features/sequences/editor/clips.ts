// Steps through the clipboard of the browser, to other sequences and windows; each act says what came of it.
import type { TFunction } from "i18next";
import { clipText, copied, parseClip, pasted, type Clip } from "@/flow/clipboard";
import type { FlowDocument, Step } from "@/flow/document";
import { newKey } from "@/flow/edits";
import type { Slot } from "@/flow/ways";
import { failToast, undoToast } from "@/ui/toasts";

export interface ClipActs {
  readonly copy: (keys: readonly string[]) => void;
  /** Returns the keys of the new steps, once they are there; none where nothing could be pasted. */
  readonly paste: (slot: Slot | undefined) => Promise<readonly string[]>;
}

interface Wanted {
  readonly now: () => { readonly sequence: number; readonly t: TFunction<"sequences"> };
  readonly present: () => FlowDocument;
  readonly edit: (next: (document: FlowDocument) => FlowDocument) => void;
}

export function clipActs({ now, present, edit }: Wanted): ClipActs {
  return {
    copy: (keys) => {
      const { sequence, t } = now();
      if (keys.length === 0) return;
      void keep(clipText(copied(present(), keys, String(sequence))));
      undoToast({ text: t("clip.copied", { count: keys.length }) });
    },
    paste: async (slot) => {
      const clip = await held();
      const { sequence, t } = now();
      if (clip === undefined || slot === undefined) {
        failToast(t(clip === undefined ? "clip.none" : "clip.nowhere"));
        return [];
      }
      const made = pasted(present(), slot, clip, keyMaker(present()), String(sequence));
      edit(() => made.document);
      const words = [t("clip.pasted", { count: made.keys.length })];
      if (made.lost.length > 0) words.push(t("clip.lost", { count: made.lost.length }));
      undoToast({ text: words.join(" ") });
      return made.keys;
    },
  };
}

/** Return what makes a key for each new step, none of them twice. */
export function keyMaker({ steps }: FlowDocument): (step: Pick<Step, "kind">) => string {
  const taken = steps.map(({ key }) => key);
  return ({ kind }) => {
    const key = newKey(kind, taken);
    taken.push(key);
    return key;
  };
}

// Where the clipboard is closed to us, as it is for pages that came without TLS, the page keeps them itself.
let here = "";

async function keep(text: string): Promise<void> {
  here = text;
  await clipboard()
    ?.writeText(text)
    .catch(() => undefined);
}

async function held(): Promise<Clip | undefined> {
  const text = await clipboard()
    ?.readText()
    .catch(() => "");
  return parseClip(text ?? "") ?? parseClip(here);
}

function clipboard(): Clipboard | undefined {
  return (navigator as Partial<Navigator>).clipboard;
}
