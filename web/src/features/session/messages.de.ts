import type { Translated } from "@/ui/catalog";
import type { english } from "./messages.en";

export const german: Translated<typeof english> = {
  email: "E-Mail",
  password: "Passwort",
  newPassword: "Neues Passwort",
  passwordHint: "Mindestens 10 Zeichen, kein gängiges.",
  show: "Passwort zeigen",
  name: "Dein Name",
  failed: "Der Server hat nicht geantwortet. Versuch es gleich noch einmal.",
  signIn: {
    title: "Anmelden",
    act: "Anmelden",
    wrong:
      "Diese E-Mail und dieses Passwort passen nicht zusammen. Prüfe beides; beim Passwort zählt Groß und Klein.",
    throttled: "Zu viele Versuche. Warte fünf Minuten und versuch es dann noch einmal.",
    other: "Anders hineinkommen",
    link: "Vergessen, oder nie eins gehabt? Wer deinen Arbeitsbereich verwaltet, kann dir einen Link geben, mit dem du ein neues Passwort setzt.",
    operator: "Wer den Server betreibt, kommt mit einem Link hinein, der einmal gilt:",
    demo: "Die Demo gibt ihren Link dort aus, wo sie gestartet wurde.",
  },
  welcome: {
    title: "Willkommen bei drumbeat",
    hint: "Diese Installation gehört dir, sobald du das hier ausgefüllt hast. Bis du einen Absender verbindest, wird nichts gesendet.",
    email: "Damit meldest du dich an; niemand bekommt eine Mail.",
    workspace: "Name des Arbeitsbereichs",
    workspaceHint: "Deine Firma oder dein Team, so wie deine Kolleginnen und Kollegen ihn sehen.",
    zone: "Zeitzone",
    zoneHint: "In ihr zählen Sendefenster und Tage.",
    act: "Übernehmen und anfangen",
    gone: "Dieser Link gilt nicht mehr",
  },
  invitation: {
    title: "{{workspace}} beitreten",
    hint: "{{by}} hat {{email}} als {{role}} eingeladen.",
    hintWithout: "{{email}} ist als {{role}} eingeladen.",
    known:
      "Für {{email}} gibt es hier schon ein Konto: Mit seinem Passwort trittst du auch diesem Arbeitsbereich bei.",
    signedIn:
      "Du bist als {{email}} angemeldet. Ein Druck, und du bist auch in diesem Arbeitsbereich Mitglied.",
    act: "{{workspace}} beitreten",
    gone: "Diese Einladung gilt nicht mehr",
  },
  setPassword: {
    title: "Neues Passwort setzen",
    hint: "Für {{email}}. Alle anderen Sitzungen enden damit.",
    act: "Passwort setzen und anmelden",
    gone: "Dieser Link gilt nicht mehr",
  },
  toSignIn: "Zur Anmeldung",
};
