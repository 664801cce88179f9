import type { Translated } from "@/ui/catalog";
import type { accounts as english } from "./accounts.en";

export const accounts: Translated<typeof english> = {
  connect: {
    open: "Konto verbinden",
    title: "Konto verbinden",
    intro:
      "Du meldest dich beim Anbieter an und erlaubst drumbeat, das Postfach zu benutzen. Hier wird kein Passwort eingegeben, und du kannst es jederzeit zurücknehmen.",
    address: "Adresse des Kontos",
    name: "Absendername",
    uses: "Wofür",
    sender: "E-Mails senden",
    mailbox: "Antworten und Rückläufer lesen",
    signIn: "Mit {{name}} anmelden",
    none: "drumbeat ist bei keinem Anbieter angemeldet",
    noneText:
      "Wer drumbeat betreibt, meldet es einmal bei Google oder Microsoft an: docs/how-to/connect-google-or-microsoft.md. Bis dahin braucht ein Absender das Passwort seines Postfachs.",
    again: "Neu verbinden",
    cancel: "Abbrechen",
  },
  accounts: {
    title: "Verbundene Konten",
    state: { ok: "Verbunden", revoked: "Neu verbinden", error: "Wird wieder versucht" },
    sends: "sendet",
    reads: "wird gelesen",
    idle: "nicht benutzt",
    by: "{{provider}}, von {{name}}",
    remove: "Trennen",
    removeTitle: "{{address}} trennen?",
    removeText:
      "Der Zugang wird bei {{provider}} zurückgenommen und hier vergessen. Was ihn benutzt, wartet, bis das Konto neu verbunden oder ein Passwort eingegeben wird.",
    removed: "{{address}} ist getrennt",
    removedHere: "{{address}} ist hier getrennt. Beende es auch im Konto: Der Anbieter weiß es nicht.",
  },
  record: {
    title: "Die letzten {{days}} Tage",
    consumers:
      "An private Adressen schrieb die Domain in 24 Stunden: {{numbers}}; ab {{most}} gilt sie als Massenversender.",
    near: "Etwa so viel, wie Postfachanbieter Massenversand nennen",
    uncounted: "Wird alle fünf Minuten gezählt, gleich zum ersten Mal.",
    counted: "Wird alle fünf Minuten gezählt.",
    sent: "Gesendet",
    bounced: "Unzustellbar",
    complained: "Als Spam gemeldet",
    deferred: "Aufgeschoben",
    quiet: "Es wurde zu wenig gesendet, um zu sagen, wie die Post ankommt.",
    good: "Nichts spricht dagegen.",
    warning: "Kurz vor dem Anhalten",
    hold: "Angehalten wegen der Rückläufer",
    limits: "Angehalten ab {{hold}}",
    release: "Freigeben",
    released: "{{name}} ist freigegeben und wird neu gezählt",
    since: "Seit der Freigabe gezählt",
  },
};
