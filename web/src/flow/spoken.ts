// Texts that are not mails: how long a script takes to say, and what a text message is weighed by.
import { piecesOf } from "./merge";

const WORDS_PER_MINUTE = 150;
const SECONDS = 60;
/** A name of usual length stands for a tag without a fallback. */
const USUAL = "Margaret";
const LIQUID = /\{%.*?%\}|\{\{.*?\}\}/gs;

/** Return a text as somebody may read it: tags have their fallback, or a name of usual length. */
export function asRead(text: string): string {
  const filled = piecesOf(text).map((piece) =>
    typeof piece === "string" ? piece : (piece.fallback ?? USUAL),
  );
  return filled.join("").replaceAll(LIQUID, "");
}

/** Tell whether the length depends on whom it goes to. */
export function isPersonal(text: string): boolean {
  return text.search(LIQUID) >= 0;
}

/** Return how many seconds it takes to say a script, at 150 words a minute. */
export function secondsToSay(script: string): number {
  const words = asRead(script)
    .split(/\s+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  return Math.ceil((words * SECONDS) / WORDS_PER_MINUTE);
}
