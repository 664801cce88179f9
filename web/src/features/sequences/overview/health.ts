import type { TFunction } from "i18next";
import type { Health, SequenceCard } from "@/api/sequences";
import { when } from "@/ui/moments";

type Link = NonNullable<Health["link"]>;

const MOMENTS = ["at", "until"] as const;

/** Say how a sequence is in one sentence; a code that this page does not know yet is shown as it is. */
export function healthSentence(t: TFunction<"sequences">, card: SequenceCard, language: string): string {
  const { code, args = {} } = card.health;
  const isFirst = code === "next_send" && card.first_send_at !== null;
  const key = `health.${isFirst ? "first_send" : code}` as "health.nobody";
  const { planned_today: planned = 0, people = planned, count = people } = args;
  const sentence: string = t(key, { ...args, ...momentsIn(args, language), count: Number(count) });
  return sentence === key ? code.replaceAll("_", " ") : sentence;
}

function momentsIn(args: Health["args"], language: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of MOMENTS) if (args?.[name]) found[name] = said(String(args[name]), language);
  return found;
}

function said(at: string, language: string): string {
  return when(Date.parse(at), Date.now(), { language });
}

/** Return where a link leads: a part of the sequence, or another room. */
export function linkOf(id: number, { room, filter = {} }: Link): string {
  const query = new URLSearchParams(filter).toString();
  const part = { steps: "", enrollments: "/enrollments", review: "/review", settings: "/settings" };
  const path = room in part ? `/sequences/${id}${part[room as keyof typeof part]}` : `/${room}`;
  return query === "" ? path : `${path}?${query}`;
}
