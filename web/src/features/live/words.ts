// Codes of the API as keys of the catalog; a code that this page does not know gets a plain word.
import { english } from "./messages.en";

type Section = "kind" | "word" | "hold";
type Word<Name extends Section> = keyof (typeof english)[Name] & string;

function keyed<Name extends Section>(section: Name, otherwise: Word<Name>) {
  return (code: string): `${Name}.${Word<Name>}` =>
    `${section}.${Object.hasOwn(english[section], code) ? (code as Word<Name>) : otherwise}`;
}

const kinds = keyed("kind", "other");

/** The word for a step: its job type where that says more than its kind. */
export function kindKey(kind: string, jobType: string) {
  const saysMore = jobType !== "" && (kind === "email" || jobType === "voicemail_drop");
  return kinds(saysMore ? jobType : kind);
}

/** The word for what became of a message, or what kind of answer it is. */
export const wordKey = keyed("word", "other");

/** The word for what holds a touch. */
export const holdKey = keyed("hold", "other");
