// What an invented reader does with a mail, as a key of the catalog.
const KEYS = {
  reply: "answers.reply",
  out_of_office: "answers.out_of_office",
  stop: "answers.stop",
  unsubscribe: "answers.unsubscribe",
  bounce: "answers.bounce",
} as const;

export function answerKey(answer: string): (typeof KEYS)[keyof typeof KEYS] | "answers.nothing" {
  return answer in KEYS ? KEYS[answer as keyof typeof KEYS] : "answers.nothing";
}
