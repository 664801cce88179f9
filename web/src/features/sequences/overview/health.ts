import type { TFunction } from "i18next";
import type { Health, SequenceCard } from "@/api/sequences";
import { when } from "@/ui/moments";

type Link = NonNullable<Health["link"]>;

const MOMENTS = ["at", "until"] as const;

/** Say how a sequence is in one sentence; a code that this page does not know yet is shown as it is. */
export function healthSentence(t: TFunction<"sequences">, card: SequenceCard, language: string): string {
  const { code, args = {} } = card.health;
  const said: Record<string, string | number> = { ...args };
  for (const name of MOMENTS) {
    if (args[name]) said[name] = when(Date.parse(String(args[name])), Date.now(), { language });
  }
  const isFirst = code === "next_send" && card.first_send_at !== null;
  const key = `health.${isFirst ? "first_send" : code}`;
  const sentence = t(key as "health.nobody", {
    count: Number(args["count"] ?? args["people"] ?? 0),
    ...said,
  });
  return sentence === key ? code.replaceAll("_", " ") : sentence;
}

/** Return where a link leads: a part of the sequence, or another room. */
export function linkOf(id: number, { room, filter = {} }: Link): string {
  const query = new URLSearchParams(filter).toString();
  const part = { steps: "", enrollments: "/enrollments", review: "/enrollments", settings: "/settings" };
  const path = room in part ? `/sequences/${id}${part[room as keyof typeof part]}` : `/${room}`;
  return query === "" ? path : `${path}?${query}`;
}
