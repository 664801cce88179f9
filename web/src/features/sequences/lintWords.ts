// What lint says, in the reader's language. English is what the server says itself.
import type { FlowProblem, LintCode, LintSentence, StepKind } from "@/api/sequenceContent";
import type { Language } from "@/ui/language";
import { lint as german } from "./texts/lint.de";

/** A language that lacks a sentence of the server does not compile. */
export interface LintWords {
  readonly said: Readonly<Record<LintSentence, string>>;
  readonly cure: Readonly<Record<LintCode, string>>;
  /** What facts are called that name something of ours. */
  readonly facts: Readonly<Record<string, string>>;
}

const WORDS: Readonly<Record<Exclude<Language, "en">, LintWords>> = { de: german };

/** Say what is wrong; the server's sentence stands where we know no other, as of a server newer than the page. */
export function saidOf({ sentence, facts, message }: FlowProblem, language: string): string {
  return (sentence && sayIn(language, sentence, facts ?? {})) ?? message;
}

/** Say what helps; empty where nothing is known to. */
export function cureOf({ code, cure }: FlowProblem, language: string): string {
  return cure === "" ? "" : (wordsIn(language)?.cure[code as LintCode] ?? cure);
}

/** Say what a kind of step lacks in this workspace, in the words lint has for a step of that kind. */
export function lackOf({ reason_code: code, reason, channel }: StepKind, language: string): string {
  const sentence = lackIn(code, channel);
  return (sentence && sayIn(language, sentence, { channel })) ?? reason;
}

function lackIn(code: StepKind["reason_code"], channel: string): LintSentence | undefined {
  if (code === "decider_not_configured") return "no_decider";
  if (code !== "channel_without_sender") return undefined;
  return channel === "email" ? "no_mailbox" : "no_number";
}

function wordsIn(language: string): LintWords | undefined {
  return (WORDS as Readonly<Record<string, LintWords>>)[language];
}

function sayIn(
  language: string,
  sentence: LintSentence,
  facts: Readonly<Record<string, string>>,
): string | undefined {
  const words = wordsIn(language);
  // A server newer than the page may say what it does not know.
  const said: string | undefined = words?.said[sentence];
  return said?.replace(/\{\{(\w+)\}\}/g, (written, name: string) => {
    const fact = facts[name];
    return fact === undefined ? written : (words?.facts[`${name} ${fact}`] ?? fact);
  });
}
