import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { type Attachment, LIMITS } from "@/api/attachments";
import { ApiError } from "@/api/client";
import type { WrittenFile } from "@/api/inbox";
import { sizeOf } from "@/ui/sizes";
import { type Refusal, split } from "./limits";
import { begin, giveUp, onUploads, sayFaults, type Under, underOf } from "./uploads";

export interface LetterFiles extends Under {
  readonly files: readonly WrittenFile[];
  readonly add: (chosen: Iterable<File>) => void;
  readonly remove: (id: number) => void;
  readonly giveUp: (key: number) => void;
}

type Change = (files: readonly WrittenFile[]) => readonly WrittenFile[];

/**
 * The files of a letter: checked before they are uploaded, and uploaded while it is written. `letter` names it among
 * all; `onFiles` is also called when something else is open by then.
 */
export function useLetterFiles(
  letter: string,
  files: readonly WrittenFile[],
  onFiles: (change: Change) => void,
): LetterFiles {
  const { t } = useTranslation("mail");
  const under = useSyncExternalStore(onUploads, () => underOf(letter));
  const say = ({ why, name, size }: Refusal) =>
    t(`fault.${why}`, {
      name,
      size: sizeOf(size),
      files: LIMITS.files,
      each: sizeOf(LIMITS.each),
      all: sizeOf(LIMITS.all),
    });
  const start = (file: File) => {
    begin(
      letter,
      file,
      (kept) => {
        onFiles((now) => joined(now, kept));
      },
      (error) => told(error) ?? t("fault.failed", { name: file.name }),
    );
  };
  return {
    ...under,
    files,
    add: (chosen) => {
      const { taken, refused } = split([...files, ...under.uploads], [...chosen]);
      sayFaults(letter, refused.map(say));
      taken.forEach(start);
    },
    remove: (id) => {
      sayFaults(letter, []);
      onFiles((now) => now.filter((one) => one.id !== id));
    },
    giveUp: (key) => {
      giveUp(letter, key);
    },
  };
}

/** The same bytes again are the file that is there. */
function joined(files: readonly WrittenFile[], { id, name, size }: Attachment): readonly WrittenFile[] {
  return [...files.filter((one) => one.id !== id), { id, name, size }];
}

function told(error: unknown): string | undefined {
  return error instanceof ApiError ? error.problem?.detail : undefined;
}
