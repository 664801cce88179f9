/** The same keys in every language: a message that lacks its translation does not compile. */
export type Translated<Messages> = {
  readonly [Key in keyof Messages]: Messages[Key] extends string ? string : Translated<Messages[Key]>;
};

export interface Catalog<Messages> {
  readonly en: Messages;
  readonly de: Translated<Messages>;
}

/** Declare the messages of one folder. English is the source of the keys. */
export function catalog<const Messages>(en: Messages, de: Translated<Messages>): Catalog<Messages> {
  return { en, de };
}
