// The four ways to write a mail, and what is written when one turns from one to another.
import type { EmailContent } from "@/flow/document";
import { htmlOf, isSimple } from "./html";
import { htmlOfMjml, mjmlOf, textOfHtml } from "./markupText";

export type Mode = "plain" | "formatted" | "source" | "mjml";
export const MODES: readonly Mode[] = ["plain", "formatted", "source", "mjml"];

/** The words of a mail: a text, or HTML or MJML with a text of its own or none. */
export type Words = Required<Pick<EmailContent, "text" | "html" | "mjml">>;

export function wordsOf({ text = "", html = "", mjml = "" }: EmailContent): Words {
  return { text, html, mjml };
}

/** `asSource`: HTML that could be shown formatted is edited as it is written. */
export function modeOf({ html, mjml }: EmailContent, asSource: boolean): Mode {
  if (mjml !== undefined) return "mjml";
  if (html === undefined) return "plain";
  return asSource || !isSimple(html) ? "source" : "formatted";
}

/** Return the plain text that stands for HTML or MJML, with its merge tags in place. */
export function derivedText({ html, mjml }: Pick<Words, "html" | "mjml">): string {
  return textOfHtml(mjml === "" ? html : htmlOfMjml(mjml));
}

/** Return the same words in another form. A text of one's own is kept beside HTML and MJML, and becomes the plain mail. */
export function turned(words: Words, to: Mode): Words {
  const isPlain = words.html === "" && words.mjml === "";
  const text = isPlain ? "" : words.text;
  if (to === "plain") return { text: isPlain ? words.text : text || derivedText(words), html: "", mjml: "" };
  if (to === "mjml") return { text, html: "", mjml: words.mjml || mjmlOf(asHtml(words)) };
  return { text, html: asHtml(words), mjml: "" };
}

function asHtml({ text, html, mjml }: Words): string {
  if (mjml !== "") return htmlOfMjml(mjml);
  return html === "" ? htmlOf(text) : html;
}

/** Remembers the forms of what was last written, so that turning there and back changes nothing. */
export class Memory {
  private step = "";
  private written: Words = { text: "", html: "", mjml: "" };
  private readonly forms = new Map<Mode, Words>();

  /** Return the words in another form: made of what was last written, or as it was written there. */
  turn(step: string, words: Words, from: Mode, to: Mode): Words {
    const known = this.step === step ? this.forms.get(from) : undefined;
    if (known === undefined || !isSame(known, words)) {
      this.forms.clear();
      this.forms.set(from, words);
      this.step = step;
      this.written = words;
    }
    const next = this.forms.get(to) ?? turned(this.written, to);
    this.forms.set(to, next);
    return next;
  }
}

function isSame(one: Words, other: Words): boolean {
  return one.text === other.text && one.html === other.html && one.mjml === other.mjml;
}
