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
  twice: "Die Antwort kam zweimal",
  why: {
    access_denied:
      "Beim Anbieter wurde es nicht erlaubt. Nichts wurde verbunden; war das ein Versehen, beginne noch einmal.",
    consent_needed:
      "Der Anbieter will, dass drumbeat erst erlaubt wird: von dir bei einer neuen Anmeldung oder von der Verwaltung deiner Organisation. Beginne danach noch einmal.",
    registration_refused:
      "Der Anbieter nimmt drumbeat so nicht an, wie es dort angemeldet ist. Das kann nur der Betreiber richten; das Protokoll des Webprozesses nennt den Grund.",
    provider_silent:
      "Der Anbieter antwortete nicht oder hat selbst Schwierigkeiten. Nichts wurde verbunden; versuche es später noch einmal.",
    answer_empty:
      "Der Anbieter schickte dich ohne Erlaubnis und ohne Grund zurück. Beginne noch einmal; hilft das nicht, sag es dem Betreiber.",
    answer_late:
      "Die Antwort kam mehr als eine Viertelstunde nach der Frage und wurde nicht angenommen. Beginne noch einmal.",
    answer_twice:
      "Die Antwort kam ein zweites Mal, während die erste noch bearbeitet wurde. Lade diese Seite gleich neu: Das Konto steht hier, wenn es verbunden ist.",
    answer_unknown:
      "Dieser Browser hat nicht danach gefragt: Begonnen wurde in einem anderen Browser oder vor deiner Abmeldung. Beginne hier noch einmal.",
    scope_missing:
      "Mail wurde nicht erlaubt: Beim Anbieter war nicht alles angehakt. Beginne noch einmal und hake alles an.",
    refresh_missing:
      "Der Anbieter gab nur für eine Stunde Zugang. Entferne drumbeat dort aus den verbundenen Apps des Kontos und beginne noch einmal.",
    grant_denied:
      "Der Anbieter lehnte ab. Beginne noch einmal; hilft das nicht, sag es dem Betreiber: Das Protokoll des Webprozesses nennt den Grund.",
    provider_unknown: "Der Betreiber ist bei diesem Anbieter nicht mehr angemeldet.",
    sender_exists:
      "Ein Absender mit dieser Adresse sendet schon auf anderem Weg. Ändere ihn oder verbinde ein anderes Konto.",
    not_permitted: "Deine Rolle erlaubt nicht mehr, Konten zu verbinden. Frage eine Administratorin.",
    other: "Etwas anderes ging schief; das Protokoll des Webprozesses nennt es.",
  },
};
