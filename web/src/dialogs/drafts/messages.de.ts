import type { Translated } from "@/ui/catalog";
import type { english } from "./messages.en";

export const german: Translated<typeof english> = {
  outdated: {
    title: "Geschrieben, bevor sich etwas geändert hat",
    text: "Seitdem geändert: {{what, list}}. Lies ihn mit diesem Wissen, oder lass ihn neu schreiben.",
    agent: "der Agent",
    step: "der Schritt",
    contact: "was über die Person bekannt ist",
    conversation: "die Unterhaltung",
  },
  concern: {
    unfilled_tag: "Eine Lücke ist nicht gefüllt",
    claim_not_in_facts: "Eine Behauptung steht nicht in den Tatsachen",
    sensitive_promise: "Es verspricht vielleicht etwas",
    too_long: "Es ist lang",
    too_short: "Es ist kurz",
    empty: "Es hat keinen Text",
    foreign_link: "Ein Link, der nicht erlaubt ist",
    banned_word: "Ein verbotenes Wort",
    markup: "HTML steht darin",
    machine_talk: "Es klingt nach einer Maschine",
    fence_mark: "Ein Zeichen, das die Daten umgab",
    no_subject: "Es hat keinen Betreff",
    long_subject: "Der Betreff ist lang",
    false_subject: "Der Betreff tut, als wäre es eine Antwort",
    not_speakable: "So lässt es sich nicht sprechen",
  },
  write: {
    who: "Für",
    imagined: "Einen erdachten Kontakt",
    nobody: "Niemand heißt so",
    note: "Was soll anders sein?",
    noteHint: "Ein Wunsch in deinen Worten, etwa: kürzer, und frag nach Donnerstag.",
    do: "Schreiben",
    again: "Neu schreiben",
    takes:
      "Es kann bis zu einer Minute dauern. Nichts wird behalten oder gesendet; es zählt zum Tag des Agenten.",
    subject: "Betreff",
    clean: "Alle Kontrollen bestanden.",
    by: "{{agent}}, {{model}}",
    cost: "{{agent}}, {{model}}, Kosten {{cost}}",
    facts: "Tatsachen, die er nutzt",
    close: "Schließen",
  },
};
