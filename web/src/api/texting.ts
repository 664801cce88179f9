// Texts and WhatsApp messages that people write to one contact.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "./client";
import { inboxKeys, type Outgoing, path, sendInstead, takeBack, type TakenOver } from "./inbox";
import { useOptimistic } from "./query";
import type { components } from "./schema";

export type TextWay = components["schemas"]["TextWayOut"];

/** How a contact can be texted: one row for each channel. */
export function useTextWays(contactId: number) {
  return useQuery({
    queryKey: [...inboxKeys.one(contactId), "texts"],
    queryFn: () =>
      answer(api.GET("/api/conversations/{contact_id}/texts", { params: { path: path(contactId) } })),
    retry: false,
    meta: { quiet: true },
  });
}

interface WrittenText {
  readonly contactId: number;
  readonly clientId: string;
  readonly channel: TextWay["channel"];
  readonly text: string;
  /** A template of WhatsApp's instead of a text, and what fills its places. */
  readonly template?: { readonly sid: string; readonly values: Readonly<Record<string, string>> };
  readonly takenOver?: TakenOver | undefined;
}

function sendText(written: WrittenText): Promise<Outgoing> {
  const { text, channel, clientId, template, takenOver } = written;
  if (takenOver?.channel !== channel || template !== undefined) return postText(written);
  return sendInstead(takenOver, text, clientId, () => postText(written));
}

function postText({ contactId, clientId, channel, text, template }: WrittenText): Promise<Outgoing> {
  return answer(
    api.POST("/api/conversations/{contact_id}/texts", {
      params: { path: path(contactId), header: { "Idempotency-Key": clientId } },
      body: {
        client_id: clientId,
        channel,
        text,
        template_sid: template?.sid ?? "",
        values: template?.values ?? {},
      },
    }),
  );
}

/** Text somebody. It stays at hand for ten seconds, and can be taken back. */
export function useWriteText(said: () => string, onTakenBack: (text: string) => void) {
  const client = useQueryClient();
  return useOptimistic({
    act: sendText,
    keys: [inboxKeys.all],
    refresh: [["today"], ["contacts"]],
    said,
    undo: async (written: WrittenText, sent: Outgoing) => {
      await takeBack(sent.id);
      onTakenBack(written.text);
      await client.invalidateQueries({ queryKey: inboxKeys.one(written.contactId) });
    },
  });
}
