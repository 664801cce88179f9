// What is being written, and how it is sent once: whose answer was lost is asked again, not written twice.
import { type Dispatch, type SetStateAction } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/client";
import { newClientId, type TakenOver, type WrittenFile } from "@/api/inbox";
import { failToast } from "@/ui/toasts";

export interface Written {
  readonly text: string;
  readonly subject: string;
  readonly files: readonly WrittenFile[];
}

export interface Draft extends Written {
  /** The same until it is sent. */
  readonly clientId: string;
  /** The agent's answer that it is made of. */
  readonly takenOver?: TakenOver | undefined;
}

export type OnDraft = Dispatch<SetStateAction<Draft>>;

export function blank(): Draft {
  return { text: "", subject: "", files: [], clientId: newClientId() };
}

/** Tell whether something that was kept is a draft as it is written today. */
export function isDraft(value: unknown): value is Draft {
  if (typeof value !== "object" || value === null) return false;
  const { text, subject, files, clientId, takenOver } = value as Partial<Record<keyof Draft, unknown>>;
  const isWritten = typeof text === "string" && typeof subject === "string" && typeof clientId === "string";
  return isWritten && Array.isArray(files) && files.every(isFile) && isTakenOver(takenOver);
}

function isFile(value: unknown): value is WrittenFile {
  if (typeof value !== "object" || value === null) return false;
  const { id, name, size } = value as Partial<Record<keyof WrittenFile, unknown>>;
  return typeof id === "number" && typeof name === "string" && typeof size === "number";
}

function isTakenOver(value: unknown): value is TakenOver | undefined {
  if (value === undefined) return true;
  if (typeof value !== "object" || value === null) return false;
  const { id, channel } = value as Partial<Record<keyof TakenOver, unknown>>;
  return typeof id === "number" && typeof channel === "string";
}

/** Empty what was sent, and only that: what was taken back or written on meanwhile stays, as another letter. */
function afterSending(sent: Draft): (now: Draft) => Draft {
  return (now) => {
    if (now.clientId !== sent.clientId) return now;
    return now.text === sent.text ? blank() : { ...now, clientId: newClientId() };
  };
}

/** Return what follows a draft that is being sent: also when something else is open by then. */
export function useAfterwards(onDraft: OnDraft) {
  const { t } = useTranslation("mail");
  return (draft: Draft, sending: Promise<unknown>, onSent?: () => void) => {
    void sending.then(
      () => {
        onSent?.();
        onDraft(afterSending(draft));
      },
      (error: unknown) => {
        if (!(error instanceof ApiError) || error.problem?.code !== "idempotency_key_reused") return;
        failToast(t("already"));
        onDraft((now) => ({ ...now, clientId: newClientId() }));
      },
    );
  };
}
