import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Attachment, LIMITS, upload } from "@/api/attachments";
import { ApiError } from "@/api/client";
import type { WrittenFile } from "@/api/inbox";
import { sizeOf } from "@/ui/sizes";
import { type Refusal, split } from "./limits";

/** A file on its way to the server; `share` of it is there. */
export interface Upload {
  readonly key: number;
  readonly name: string;
  readonly size: number;
  readonly share: number;
}

export interface LetterFiles {
  readonly files: readonly WrittenFile[];
  readonly uploads: readonly Upload[];
  /** Why files were not taken, one sentence each. */
  readonly faults: readonly string[];
  readonly add: (chosen: Iterable<File>) => void;
  readonly remove: (id: number) => void;
  readonly giveUp: (key: number) => void;
}

type Change = (files: readonly WrittenFile[]) => readonly WrittenFile[];

/** The files of a letter: checked before they are uploaded, and uploaded while it is written. */
export function useLetterFiles(
  files: readonly WrittenFile[],
  onFiles: (change: Change) => void,
): LetterFiles {
  const { t } = useTranslation("mail");
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const [faults, setFaults] = useState<readonly string[]>([]);
  const running = useRunning();
  const say = ({ why, name, size }: Refusal) =>
    t(`fault.${why}`, {
      name,
      size: sizeOf(size),
      files: LIMITS.files,
      each: sizeOf(LIMITS.each),
      all: sizeOf(LIMITS.all),
    });
  const settle = (key: number) => {
    running.current.delete(key);
    setUploads((now) => now.filter((one) => one.key !== key));
  };
  const start = (file: File) => {
    const key = nextKey();
    const stop = new AbortController();
    running.current.set(key, stop);
    setUploads((now) => [...now, { key, name: file.name, size: file.size, share: 0 }]);
    const onShare = (share: number) => {
      setUploads((now) => now.map((one) => (one.key === key ? { ...one, share } : one)));
    };
    upload(file, onShare, stop.signal).then(
      (kept) => {
        settle(key);
        onFiles((now) => joined(now, kept));
      },
      (error: unknown) => {
        settle(key);
        setFaults((now) => [...now, told(error) ?? t("fault.failed", { name: file.name })]);
      },
    );
  };
  return {
    files,
    uploads,
    faults,
    add: (chosen) => {
      const { taken, refused } = split([...files, ...uploads], [...chosen]);
      setFaults(refused.map(say));
      taken.forEach(start);
    },
    remove: (id) => {
      setFaults([]);
      onFiles((now) => now.filter((one) => one.id !== id));
    },
    giveUp: (key) => {
      running.current.get(key)?.abort();
      settle(key);
    },
  };
}

/** What is on its way; given up when the page is left. */
function useRunning() {
  const running = useRef(new Map<number, AbortController>());
  useEffect(() => {
    const all = running.current;
    return () => {
      for (const one of all.values()) one.abort();
    };
  }, []);
  return running;
}

let keys = 0;

function nextKey(): number {
  keys += 1;
  return keys;
}

/** The same bytes again are the file that is there. */
function joined(files: readonly WrittenFile[], { id, name, size }: Attachment): readonly WrittenFile[] {
  return [...files.filter((one) => one.id !== id), { id, name, size }];
}

function told(error: unknown): string | undefined {
  return error instanceof ApiError ? error.problem?.detail : undefined;
}
