import type { Translated } from "@/ui/catalog";
import type { english } from "./messages.en";

export const german: Translated<typeof english> = {
  without: "Ohne Passwort",
  senderHint:
    "Du meldest dich beim Anbieter an. Alles andere am Absender stellst du danach auf seiner Seite ein.",
  mailboxHint:
    "Du meldest dich beim Anbieter an. Aufbewahrt werden dann nur Mails von Kontakten: Das Postfach gehört jemandem.",
  alsoRead: "Dort auch Antworten und Rückläufer lesen",
  signIn: "Mit {{name}} anmelden",
  orPassword: "oder mit seinem Passwort",
  close: "Schließen",
  other: {
    title: "Du hast dich bei {{provider}} als {{address}} angemeldet",
    text: "Eingegeben war {{address}}. Welche von beiden ist gemeint? Behalte die eingegebene, wenn dieses Konto auch jenes Postfach benutzen darf.",
    use: "{{address}} nehmen",
    useTyped: "{{address}} behalten",
    giveUp: "Nichts verbinden",
  },
  done: "{{address}} ist verbunden",
  failed: "Das Konto ist nicht verbunden",
  why: {
    access_denied: "Beim Anbieter wurde es nicht erlaubt.",
    answer_unknown: "Die Antwort kam zu spät oder doppelt. Bitte noch einmal beginnen.",
    grant_denied:
      "Der Anbieter lehnte ab. Bitte noch einmal beginnen; hilft das nicht, liegt es an der Anmeldung des Betreibers.",
    provider_silent: "Der Anbieter antwortete nicht. Bitte später noch einmal versuchen.",
    provider_unknown: "Der Betreiber ist bei diesem Anbieter nicht mehr angemeldet.",
    sender_exists: "Ein Absender mit dieser Adresse sendet schon auf anderem Weg.",
    other: "Etwas anderes ging schief; das Protokoll des Webprozesses nennt es.",
  },
};
