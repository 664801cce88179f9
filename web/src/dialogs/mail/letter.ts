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
