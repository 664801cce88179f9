// What lint says, by the name of the sentence, and what helps, by the code of the problem.
import type { LintWords } from "../lintWords";

export const lint: LintWords = {
  said: {
    no_start: "Der Ablauf hat keinen ersten Schritt. Füge einen hinzu oder wähle den Anfang.",
    no_postal_address:
      "Der Arbeitsbereich hat keine Postanschrift, die Mails in vielen Ländern nennen müssen. Trage sie ein.",
    unreachable: "Hierher führt kein Weg. Führe einen anderen Schritt hierher oder lösche diesen.",
    endless:
      "{{steps}} liefen ohne Pause ewig im Kreis. Füge eine Wartezeit hinzu oder „Zurück zu“ mit einer Höchstzahl.",
    endless_many:
      "{{steps}} und {{more}} weitere liefen ohne Pause ewig im Kreis. Füge eine Wartezeit hinzu oder „Zurück zu“ mit einer Höchstzahl.",
    long_delay: "{{delay}} ist eine lange Zeit. Verkürze sie oder beginne eine neue Sequenz.",
    hasty:
      "Nur {{delay}} nach der vorigen Nachricht auf diesem Kanal. Lass den Leuten einen Tag für eine Antwort.",
    task_never_ends:
      "Erledigt niemand diese Aufgabe, steht der Ablauf still. Überspringe sie nach einigen Tagen oder gib sie weiter.",
    event_unknown: "Das Ereignis „{{event}}“ gibt es nicht. Wähle eines von: {{events}}.",
    event_untracked:
      "Die Erfassung ist aus, also tritt „{{event}}“ nie ein. Schalte sie ein oder warte auf eine Antwort.",
    event_never_told:
      "Von {{event}} erfahren Abläufe in dieser Version nichts, die Wartezeit läuft also immer ab. Wähle ein anderes Ereignis.",
    wait_without_time: "Das Warten hat keine Zeit. Gib ihm eine Frist über null.",
    tag_starts_this:
      "Das Schlagwort „{{tag}}“ startet diese Sequenz. Nimm ein anderes oder ändere die Auslöser.",
    tag_stays:
      "Nichts nimmt das Schlagwort „{{tag}}“ wieder weg. Nimm es später weg oder lass es, wenn das so gemeint ist.",
    no_mailbox: "Kein aktiver Absender kann Mails senden. Füge unter Absender einen hinzu.",
    no_number:
      "Für {{channel}} gibt es keine aktive Nummer. Füge unter Einstellungen → Telefonnummern eine hinzu.",
    no_decider:
      "Es ist kein Modell eingerichtet, das entscheiden könnte. Setze DRUMBEAT_MODEL_URL oder nimm eine Bedingung.",
    no_automatic_winner:
      "Diese Version kann den Sieger nicht selbst wählen. Schalte das aus und ändere die Anteile von Hand.",
    whatsapp_first: "Eine erste WhatsApp-Nachricht braucht eine genehmigte Vorlage. Wähle eine.",
    no_agent:
      "Diesen Text soll ein Agent schreiben, und es ist keiner eingerichtet. Richte einen ein oder schreib einen Ersatztext.",
    no_name: "Hier fehlt der Name. Gib einen an.",
    same_name: "Auch anderes heißt „{{name}}“. Gib jedem einen eigenen Namen.",
    field_not_settable:
      "Ein Ablauf kann „{{field}}“ nicht setzen. Wähle ein Feld von Kontakten oder leg es unter Einstellungen an.",
    value_of_other_type: "„{{value}}“ passt nicht zum Feld {{field}} ({{type}}). Berichtige den Wert.",
    mail_empty: "Die Mail ist leer. Schreib ihren Text.",
    mail_without_subject:
      "Die Mail hat keinen Betreff. Schreib einen; nur eine Folgemail behält einen früheren.",
    sms_empty: "Die Nachricht ist leer. Schreib sie.",
    whatsapp_empty: "Die Nachricht ist leer. Wähle eine Vorlage oder schreib einen Text.",
    script_empty: "Es wird nichts gesagt. Schreib den Text zum Sprechen.",
    task_empty: "Niemand sieht, was zu tun ist. Gib der Aufgabe einen Titel.",
    no_branch: "Es gibt nichts zu verzweigen. Füge einen Zweig hinzu.",
    no_arms: "Eine Aufteilung braucht zwei Arme mit Gewicht. Füge sie hinzu.",
    no_question: "Stelle eine Frage und nenne die Zweige, die zur Wahl stehen.",
    no_qualification: "Schreib, was einen Kontakt geeignet macht.",
    no_event: "Wähle das Ereignis, auf das gewartet wird.",
    no_target: "Wähle den Schritt, zu dem es geht.",
    notice_empty: "Der Hinweis ist leer. Schreib, was er sagen soll.",
    no_tag: "Wähle das Schlagwort.",
    no_field: "Wähle das Feld.",
    no_stage: "Wähle die Phase.",
    no_list: "Wähle die Liste.",
    no_sequence: "Wähle die Sequenz.",
    no_address: "Gib die Adresse an, die aufgerufen wird.",
    list_made: "Die Liste „{{list}}“ gibt es nicht; sie entsteht, wenn jemand daraufkommt. Prüfe den Namen.",
    list_without_anybody:
      "Die Liste „{{list}}“ gibt es nicht; von ihr ist niemand zu nehmen. Prüfe den Namen.",
    no_such_sequence: "Die Sequenz „{{sequence}}“ gibt es nicht. Wähle eine nach Name oder Nummer.",
    into_itself:
      "Das ist die Sequenz selbst, in die ihr eigener Ablauf nie wieder eintritt. Geh mit „Zurück zu“ zurück.",
    into_draft:
      "Die Sequenz „{{sequence}}“ ist ein Entwurf und nimmt niemanden auf. Aktiviere sie oder wähle eine andere.",
    into_archived:
      "Die Sequenz „{{sequence}}“ ist archiviert und nimmt niemanden auf. Aktiviere sie oder wähle eine andere.",
    notice_by_sms:
      "Hinweise gehen in die App und per Mail; für SMS brauchen sie eine Nummer, die diese Version nicht hat.",
    notice_without_mailbox: "Kein aktiver Absender kann den Hinweis senden. Füge unter Absender einen hinzu.",
    no_such_member:
      "Kein Mitglied hat die Adresse „{{address}}“, also erfährt es die Inhaberin oder der Inhaber des Arbeitsbereichs. Wähle ein Mitglied.",
    webhook_address: "Diese Adresse kann nicht aufgerufen werden: {{detail}}",
    webhook_body: "Der Inhalt ist kein JSON: {{detail}}. Schreib Platzhalter in die Texte darin.",
    condition_wrong: "Die Bedingung ergibt keinen Sinn: {{detail}}",
    condition_name: "Die Bedingung fragt nach etwas, das es nicht gibt: {{detail}}",
    condition_untracked:
      "Die Erfassung ist aus, also tritt „{{event}}“ nie ein. Schalte sie ein oder frag nach Antworten.",
    step_sends_nothing:
      "„{{step}}“ sendet keine Nachricht, also geschieht mit ihr nichts. Nenne einen Schritt, der sendet.",
    step_later:
      "„{{step}}“ kommt nach diesem Schritt oder nie, also ist noch nichts geschehen. Nenne einen früheren.",
    not_speakable: "„{{what}}“ kann am Telefon niemand sagen. Sag stattdessen, wo es zu finden ist.",
    nobody_to_connect:
      "Niemand hat eine Nummer, zu der verbunden werden kann: Wer abhebt, hört stattdessen den Text zum Sprechen.",
    html_and_mjml: "Schreib die Mail als HTML oder als MJML, nicht als beides.",
    mjml_wrong: "Aus dem MJML wird keine Seite: {{detail}}",
    html_refused: "Mailprogramme lehnen das ab: {{detail}}",
    relative_address:
      "{{address}} führt aus einer Mail nirgendwohin. Schreib die Adresse mit https:// und dem Host.",
    no_such_file: "Die Datei {{file}} gibt es nicht. Häng sie noch einmal an.",
    too_much_attached: "Die Anhänge sind zu viele oder zu groß: {{detail}}",
    merge_unreadable: "Zeile {{line}} ist nicht lesbar: {{detail}}",
    no_such_merge_tag: "Zeile {{line}}: Den Platzhalter {{name}} gibt es nicht.",
    no_such_merge_tag_but: "Zeile {{line}}: Den Platzhalter {{name}} gibt es nicht. Meintest du {{near}}?",
    merge_tag_may_be_empty:
      "Zeile {{line}}: {{name}} kann leer sein. Gib dem Platzhalter einen Ersatztext (default).",
  },
  cure: {
    empty_flow: "Füge einen Schritt hinzu oder wähle, wo der Ablauf beginnt.",
    step_without_content: "Fülle aus, was die Meldung nennt.",
    unreachable_step: "Führe einen anderen Schritt hierher oder lösche diesen.",
    cycle_without_delay:
      "Gib einem Schritt des Kreises eine Wartezeit oder geh mit „Zurück zu“ und einer Höchstzahl zurück.",
    duplicate_name: "Gib jedem einen eigenen Namen.",
    channel_without_sender: "Füge unter Absender einen hinzu oder schalte deinen ein.",
    unknown_merge_tag: "Berichtige den Namen oder leg das Feld unter Einstellungen an.",
    merge_syntax: "Berichtige die genannte Zeile.",
    html_refused: "Nimm es heraus.",
    mjml_invalid: "Berichtige die genannte Zeile.",
    mjml_beside_html: "Leere eines von beiden.",
    address_relative: "Schreib https:// und den Host.",
    file_unknown: "Häng sie noch einmal an oder nimm sie heraus.",
    files_too_large: "Nimm einige heraus oder verlinke sie.",
    condition_invalid: "Berichtige die Regel, um die es geht.",
    unknown_name: "Berichtige den Namen oder leg zuerst Schlagwort oder Liste an.",
    step_not_before: "Nenne einen früheren Schritt, der sendet, oder lass den Schritt weg.",
    field_invalid: "Wähle ein anderes Feld oder einen Wert, der zu ihm passt.",
    sequence_unknown: "Wähle eine Sequenz nach Name oder Nummer.",
    sequence_itself: "Geh mit „Zurück zu“ zu einem früheren Schritt oder wähle eine andere Sequenz.",
    notice_by_sms: "Benachrichtige in der App oder per Mail.",
    webhook_url_invalid: "Schreib https:// und den Host; Platzhalter dürfen danach folgen.",
    webhook_body_invalid:
      "Schreib JSON mit Platzhaltern in seinen Texten, oder lass es für den üblichen Inhalt leer.",
    whatsapp_without_template: "Wähle eine Vorlage.",
    agent_not_configured:
      "Richte unter Einstellungen einen ein, schreib selbst einen Text oder lass einen als Ersatz stehen.",
    decider_not_configured: "Nenne eines in DRUMBEAT_MODEL_URL oder nimm eine Bedingung.",
    setting_not_available: "Schalte es aus.",
    script_not_speakable: "Sag, wo es zu finden ist, und schreib den Link in eine Mail.",
    nobody_to_connect:
      "Gib den Zuständigen unter Einstellungen → Mein Konto eine Nummer oder lass den Text zum Sprechen vorlesen.",
    wait_never_ends: "Überspringe sie nach einigen Tagen, gib sie weiter oder warte nicht darauf.",
    wait_in_vain: "Wähle ein anderes Ereignis, schalte die Erfassung ein oder gib Zeit.",
    tracking_off: "Schalte die Erfassung in den Einstellungen der Sequenz ein oder frag nach Antworten.",
    tag_retriggers: "Nimm ein anderes Schlagwort oder nimm es aus den Auslösern.",
    tag_never_removed: "Nimm es in einem späteren Schritt weg oder lass es, wenn das so gemeint ist.",
    list_unknown: "Prüfe den Namen oder lass ihn, wenn eine neue Liste gemeint ist.",
    sequence_takes_nobody: "Aktiviere sie oder wähle eine andere.",
    member_unknown: "Wähle ein Mitglied oder eine zuständige Person.",
    delay_too_short: "Lass den Leuten Zeit für eine Antwort.",
    delay_too_long: "Verkürze die Zeit oder beginne eine neue Sequenz.",
    postal_address_missing: "Trage sie unter Einstellungen → Auftritt ein.",
    merge_tag_without_fallback: 'Gib ihm einen Ersatztext: {{ contact.first_name | default: "du" }}.',
  },
  facts: { "channel sms": "SMS", "channel whatsapp": "WhatsApp", "channel voice": "Anrufe" },
};
