import type { Translated } from "@/ui/catalog";
import type { compose as english } from "./compose.en";

export const compose: Translated<typeof english> = {
  compose: {
    mjml: "MJML",
    mjmlLabel: "MJML der Mail",
    mjmlHint:
      "Abschnitte und Spalten, die jedes Mailprogramm gleich zeigt. Platzhalter wirken überall darin.",
    text: {
      title: "Reiner Text",
      derived: "Aus der Mail gemacht",
      own: "Eigener",
      derivedHint: "Das lesen Programme, die kein HTML zeigen. Er folgt dem, was du oben schreibst.",
      ownHint: "Das lesen Programme, die kein HTML zeigen. Er folgt nicht mehr dem, was du oben schreibst.",
      writeOwn: "Eigenen schreiben",
      back: "Wieder aus der Mail machen",
      label: "Reiner Text der Mail",
    },
    advice: {
      title: "Einen Blick wert",
      hint: "Nur Hinweise: Nichts davon hält die Mail auf.",
      codes: {
        clipped: "Das HTML ist so lang, dass Gmail es kürzt und die Abmeldung verbirgt. Kürze es.",
        image_without_alt:
          "Einige Bilder haben keine Worte für Menschen, die sie nicht sehen. Gib jedem einen Alternativtext.",
        link_without_https: "Einige Links beginnen nicht mit https://. Spamfilter stört das.",
        only_images: "Ohne ihre Bilder sagt die Mail fast nichts, und viele Programme laden keine.",
        heavy: "Mit ihren Dateien ist die Mail so schwer, dass manche Server sie ablehnen.",
        subject_shouts:
          "Der Betreff besteht meist aus Großbuchstaben und liest sich wie geschrien. Schreib ihn als Satz.",
        exclamation_marks: "Viele Ausrufezeichen, oder eines im Betreff: Filter zählen sie. Behalte eines.",
        pretends_reply: "Eine erste Mail mit Re: täuscht eine frühere vor. Lass es weg.",
        subject_long: "Der Betreff ist lang; Telefone zeigen etwa 40 Zeichen. Kürze ihn.",
        advertising_words: "Einige dieser Wörter kennen Filter aus der Werbung. Sag es mit eigenen.",
        promises_money: "Das sieht nach einem Geldversprechen aus. Sag, worum es geht.",
        link_shortener: "Ein Kurzlink verbirgt, wohin er führt, wie bei Spam. Schreib die Adresse selbst.",
        link_to_number: "Ein Link führt zu einer Nummer statt zu einem Namen. Nimm den Namen des Servers.",
        link_disguised: "Ein Link liest sich anders, als er führt. Lass ihn so lesen, wie er führt.",
        many_links: "Viele Links: Wer von Hand schreibt, setzt einen oder zwei. Behalte, was zählt.",
      },
    },
    test: {
      phone: "An die Nummer",
      phoneHint: "Mit dem Land davor: +49 …. Es kostet, was eine Nachricht kostet.",
      send: "1 Testnachricht senden",
    },
    file: {
      each: "{{name}} ist größer als 10 MB. Verkleinere die Datei oder verlinke sie.",
      none: "{{name}} ist leer. Wähle eine andere Datei.",
      count: "Eine Mail nimmt zehn Dateien mit. Nimm zuerst eine heraus.",
    },
  },
  decide: {
    title: "Ausprobieren",
    now: "Niemand rückt vor",
    who: "Für wen",
    nobody: "Jemanden wählen",
    ask: "Jetzt fragen",
    again: "Noch einmal fragen",
    hint: "Fragt, was der Schritt heute für diesen Menschen fragen würde. Nichts wird behalten; ein Modell kann kosten.",
    way: "Der Weg wäre",
    fallback: "Keine Antwort zählte, also wäre der Weg",
    ways: { qualified: "geeignet", unqualified: "nicht geeignet", unclear: "unklar", else: "sonst" },
    sure: "{{percent}} % sicher",
    score: "{{score}} von 100 Punkten",
    cost: "Kosten {{cost}}",
  },
  write: {
    open: "Mit KI schreiben …",
    title: "Diesen Schritt schreiben",
    tone: "Ton",
    tones: {
      usual: "Wie der Agent",
      shorter: "Kürzer",
      friendlier: "Freundlicher",
      formal: "Förmlicher",
      direct: "Direkter",
    },
    wishes: {
      shorter: "Mach es kürzer.",
      friendlier: "Mach es freundlicher.",
      formal: "Mach es förmlicher.",
      direct: "Mach es direkter.",
    },
    wish: "Was noch zu beachten ist",
    do: "Schreiben",
    again: "Neu schreiben",
    take: "Diesen Text nehmen",
    hint: "Namen werden zu Platzhaltern. Nichts ändert sich, bevor du ihn nimmst, und Rückgängig nimmt ihn zurück.",
  },
};
