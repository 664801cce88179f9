// What a message says itself, whatever its kind, and the same message with other words.
import type { EmailContent, EmailStep, SmsStep, Step, VoiceStep, WhatsAppStep } from "@/flow/document";
import { htmlOf } from "../../text/html";
import { mjmlOf } from "../../text/markupText";
import { derivedText, wordsOf } from "../../text/modes";

export type Sendable = EmailStep | SmsStep | WhatsAppStep | VoiceStep;

export interface OwnWords {
  readonly subject: string;
  readonly text: string;
}

export function isSendable(step: Step): step is Sendable {
  return ["email", "sms", "whatsapp", "voice"].includes(step.kind);
}

export function ownWords(step: Sendable): OwnWords {
  if (step.kind === "voice") return { subject: "", text: step.script ?? "" };
  if (step.kind !== "email") return { subject: "", text: step.text ?? "" };
  return ofMail(step.content ?? {});
}

function ofMail(content: EmailContent): OwnWords {
  const words = wordsOf(content);
  const isPlain = words.html === "" && words.mjml === "";
  return { subject: content.subject ?? "", text: isPlain ? words.text : derivedText(words) };
}

/** Return the fields to change so that the step says this; a mail stays in the form in which it is written. */
export function withWords(step: Sendable, words: OwnWords): Readonly<Record<string, unknown>> {
  if (step.kind === "voice") return { script: words.text };
  if (step.kind !== "email") return { text: words.text };
  const held = Object.entries(step.content ?? {}).filter(([name]) => !FORMS.includes(name));
  const subject = words.subject === "" ? {} : { subject: words.subject };
  return { content: { ...Object.fromEntries(held), ...subject, ...inForm(step.content ?? {}, words.text) } };
}

const FORMS = ["text", "html", "mjml"];

function inForm({ html, mjml }: EmailContent, text: string): EmailContent {
  if (mjml !== undefined) return { mjml: mjmlOf(htmlOf(text)) };
  return html === undefined ? { text } : { html: htmlOf(text) };
}
