// What lint says, by the name of the sentence, and what helps, by the code of the problem.
import type { LintWords } from "../lintWords";

export const lint: LintWords = {
  said: {
    no_start: "Der Ablauf hat keinen ersten Schritt. Fügen Sie einen hinzu oder wählen Sie den Anfang.",
    no_postal_address:
      "Der Arbeitsbereich hat keine Postanschrift, die Mails in vielen Ländern nennen müssen. Tragen Sie sie ein.",
    unreachable: "Hierher führt kein Weg. Führen Sie einen anderen Schritt hierher oder löschen Sie diesen.",
    endless:
      "{{steps}} liefen ohne Pause ewig im Kreis. Fügen Sie eine Wartezeit hinzu oder einen Rücksprung mit Höchstzahl.",
    endless_many:
      "{{steps}} und {{more}} weitere liefen ohne Pause ewig im Kreis. Fügen Sie eine Wartezeit hinzu oder einen Rücksprung mit Höchstzahl.",
    long_delay: "{{delay}} ist eine lange Zeit. Verkürzen Sie sie oder beginnen Sie eine neue Sequenz.",
    hasty:
      "Nur {{delay}} nach der vorigen Nachricht auf diesem Kanal. Lassen Sie den Leuten einen Tag für eine Antwort.",
    task_never_ends:
      "Erledigt niemand diese Aufgabe, steht der Ablauf still. Überspringen Sie sie nach einigen Tagen oder geben Sie sie weiter.",
    event_unknown: "Das Ereignis „{{event}}“ gibt es nicht. Wählen Sie eines von: {{events}}.",
    event_untracked:
      "Die Erfassung ist aus, also tritt {{event}} nie ein. Schalten Sie sie ein oder warten Sie auf eine Antwort.",
    event_never_told:
      "Von {{event}} erfahren Abläufe in dieser Version nichts, die Wartezeit läuft also immer ab. Wählen Sie ein anderes Ereignis.",
    wait_without_time: "Das Warten hat keine Zeit. Geben Sie ihm eine Frist über null.",
    tag_starts_this:
      "Der Tag „{{tag}}“ startet diese Sequenz. Nehmen Sie einen anderen oder ändern Sie die Auslöser.",
    tag_stays:
      "Nichts entfernt den Tag „{{tag}}“ wieder. Entfernen Sie ihn später oder lassen Sie ihn, wenn das so gemeint ist.",
    no_mailbox: "Kein aktiver Absender kann Mails senden. Fügen Sie unter Absender einen hinzu.",
    no_number:
      "Keine aktive Nummer kann {{channel}} senden. Fügen Sie unter Einstellungen → Telefonnummern eine hinzu.",
    no_decider:
      "Es ist kein Modell eingerichtet, das entscheiden könnte. Setzen Sie DRUMBEAT_MODEL_URL oder nehmen Sie eine Bedingung.",
    no_automatic_winner:
      "Diese Version kann den Sieger nicht selbst wählen. Schalten Sie das aus und ändern Sie die Anteile von Hand.",
    whatsapp_first: "Eine erste WhatsApp-Nachricht braucht eine genehmigte Vorlage. Wählen Sie eine.",
    no_agent:
      "Diesen Text soll ein Agent schreiben, und es ist keiner eingerichtet. Richten Sie einen ein oder schreiben Sie einen Ersatztext.",
    no_name: "Hier fehlt der Name. Geben Sie einen an.",
    same_name: "Auch anderes heißt „{{name}}“. Geben Sie jedem einen eigenen Namen.",
    field_not_settable:
      "Ein Ablauf kann „{{field}}“ nicht setzen. Wählen Sie ein Feld von Kontakten oder legen Sie es unter Einstellungen an.",
    value_of_other_type: "„{{value}}“ passt nicht zum Feld {{field}} ({{type}}). Berichtigen Sie den Wert.",
    mail_empty: "Die Mail ist leer. Schreiben Sie ihren Text.",
    mail_without_subject:
      "Die Mail hat keinen Betreff. Schreiben Sie einen; nur eine Folgemail behält einen früheren.",
    sms_empty: "Die Nachricht ist leer. Schreiben Sie sie.",
    whatsapp_empty: "Die Nachricht ist leer. Wählen Sie eine Vorlage oder schreiben Sie einen Text.",
    script_empty: "Es wird nichts gesagt. Schreiben Sie den Sprechtext.",
    task_empty: "Niemand sieht, was zu tun ist. Geben Sie der Aufgabe einen Titel.",
    no_branch: "Es gibt nichts zu verzweigen. Fügen Sie einen Zweig hinzu.",
    no_arms: "Eine Aufteilung braucht zwei Arme mit Gewicht. Fügen Sie sie hinzu.",
    no_question: "Stellen Sie eine Frage und nennen Sie die Zweige, die zur Wahl stehen.",
    no_qualification: "Schreiben Sie, was einen Kontakt geeignet macht.",
    no_event: "Wählen Sie das Ereignis, auf das gewartet wird.",
    no_target: "Wählen Sie den Schritt, zu dem es geht.",
    notice_empty: "Der Hinweis ist leer. Schreiben Sie, was er sagen soll.",
    no_tag: "Wählen Sie den Tag.",
    no_field: "Wählen Sie das Feld.",
    no_stage: "Wählen Sie die Phase.",
    no_list: "Wählen Sie die Liste.",
    no_sequence: "Wählen Sie die Sequenz.",
    no_address: "Geben Sie die Adresse an, die aufgerufen wird.",
    list_made:
      "Die Liste „{{list}}“ gibt es nicht; sie entsteht, wenn jemand daraufkommt. Prüfen Sie den Namen.",
    list_without_anybody:
      "Die Liste „{{list}}“ gibt es nicht; von ihr ist niemand zu nehmen. Prüfen Sie den Namen.",
    no_such_sequence: "Die Sequenz „{{sequence}}“ gibt es nicht. Wählen Sie eine nach Name oder Nummer.",
    into_itself:
      "Das ist die Sequenz selbst, in die ihr eigener Ablauf nie wieder eintritt. Gehen Sie mit einem Rücksprung zurück.",
    into_draft:
      "Die Sequenz „{{sequence}}“ ist ein Entwurf und nimmt niemanden auf. Aktivieren Sie sie oder wählen Sie eine andere.",
    into_archived:
      "Die Sequenz „{{sequence}}“ ist archiviert und nimmt niemanden auf. Aktivieren Sie sie oder wählen Sie eine andere.",
    notice_by_sms:
      "Hinweise gehen in die App und per Mail; für SMS brauchen sie eine Nummer, die diese Version nicht hat.",
    notice_without_mailbox:
      "Kein aktiver Absender kann den Hinweis senden. Fügen Sie unter Absender einen hinzu.",
    no_such_member:
      "Kein Mitglied hat die Adresse „{{address}}“, also erfährt es die Inhaberin oder der Inhaber des Arbeitsbereichs. Wählen Sie ein Mitglied.",
    webhook_address: "Diese Adresse kann nicht aufgerufen werden: {{detail}}",
    webhook_body: "Der Inhalt ist kein JSON: {{detail}}. Schreiben Sie Platzhalter in die Texte darin.",
    condition_wrong: "Die Bedingung ergibt keinen Sinn: {{detail}}",
    condition_name: "Die Bedingung fragt nach etwas, das es nicht gibt: {{detail}}",
    condition_untracked:
      "Die Erfassung ist aus, also tritt {{event}} nie ein. Schalten Sie sie ein oder fragen Sie nach Antworten.",
    step_sends_nothing:
      "„{{step}}“ sendet keine Nachricht, also geschieht mit ihr nichts. Nennen Sie einen Schritt, der sendet.",
    step_later:
      "„{{step}}“ kommt nach diesem Schritt oder nie, also ist noch nichts geschehen. Nennen Sie einen früheren.",
    not_speakable: "„{{what}}“ kann am Telefon niemand sagen. Sagen Sie stattdessen, wo es zu finden ist.",
    nobody_to_connect:
      "Niemand hat eine Nummer, zu der verbunden werden kann: Wer abhebt, hört stattdessen den Sprechtext.",
    html_and_mjml: "Schreiben Sie die Mail als HTML oder als MJML, nicht als beides.",
    mjml_wrong: "Aus dem MJML wird keine Seite: {{detail}}",
    html_refused: "Mailprogramme lehnen das ab: {{detail}}",
    relative_address:
      "{{address}} führt aus einer Mail nirgendwohin. Schreiben Sie die Adresse mit https:// und dem Host.",
    no_such_file: "Die Datei {{file}} gibt es nicht. Hängen Sie sie noch einmal an.",
    too_much_attached: "Die Anhänge sind zu viele oder zu groß: {{detail}}",
    merge_unreadable: "Zeile {{line}} ist nicht lesbar: {{detail}}",
    no_such_merge_tag: "Zeile {{line}}: Den Platzhalter {{name}} gibt es nicht.",
    no_such_merge_tag_but: "Zeile {{line}}: Den Platzhalter {{name}} gibt es nicht. Meinten Sie {{near}}?",
    merge_tag_may_be_empty:
      "Zeile {{line}}: {{name}} kann leer sein. Geben Sie dem Platzhalter einen Ersatztext (default).",
  },
  cure: {
    empty_flow: "Fügen Sie einen Schritt hinzu oder wählen Sie, wo der Ablauf beginnt.",
    step_without_content: "Füllen Sie aus, was die Meldung nennt.",
    unreachable_step: "Führen Sie einen anderen Schritt hierher oder löschen Sie diesen.",
    cycle_without_delay:
      "Geben Sie einem Schritt des Kreises eine Wartezeit oder gehen Sie mit einem Rücksprung mit Höchstzahl zurück.",
    duplicate_name: "Geben Sie jedem einen eigenen Namen.",
    channel_without_sender: "Fügen Sie unter Absender einen hinzu oder schalten Sie Ihren ein.",
    unknown_merge_tag: "Berichtigen Sie den Namen oder legen Sie das Feld unter Einstellungen an.",
    merge_syntax: "Berichtigen Sie die genannte Zeile.",
    html_refused: "Nehmen Sie es heraus.",
    mjml_invalid: "Berichtigen Sie die genannte Zeile.",
    mjml_beside_html: "Leeren Sie eines von beiden.",
    address_relative: "Schreiben Sie https:// und den Host.",
    file_unknown: "Hängen Sie sie noch einmal an oder nehmen Sie sie heraus.",
    files_too_large: "Nehmen Sie einige heraus oder verlinken Sie sie.",
    condition_invalid: "Berichtigen Sie die Regel, um die es geht.",
    unknown_name: "Berichtigen Sie den Namen oder legen Sie zuerst Tag oder Liste an.",
    step_not_before: "Nennen Sie einen früheren Schritt, der sendet, oder lassen Sie den Schritt weg.",
    field_invalid: "Wählen Sie ein anderes Feld oder einen Wert, der zu ihm passt.",
    sequence_unknown: "Wählen Sie eine Sequenz nach Name oder Nummer.",
    sequence_itself:
      "Gehen Sie mit einem Rücksprung zu einem früheren Schritt oder wählen Sie eine andere Sequenz.",
    notice_by_sms: "Benachrichtigen Sie in der App oder per Mail.",
    webhook_url_invalid: "Schreiben Sie https:// und den Host; Platzhalter dürfen danach folgen.",
    webhook_body_invalid:
      "Schreiben Sie JSON mit Platzhaltern in seinen Texten, oder lassen Sie es für den üblichen Inhalt leer.",
    whatsapp_without_template: "Wählen Sie eine Vorlage.",
    agent_not_configured:
      "Richten Sie unter Einstellungen einen ein, schreiben Sie selbst einen Text oder lassen Sie einen als Ersatz stehen.",
    decider_not_configured: "Nennen Sie eines in DRUMBEAT_MODEL_URL oder nehmen Sie eine Bedingung.",
    setting_not_available: "Schalten Sie es aus.",
    script_not_speakable: "Sagen Sie, wo es zu finden ist, und schreiben Sie den Link in eine Mail.",
    nobody_to_connect:
      "Geben Sie den Zuständigen unter Einstellungen → Mein Konto eine Nummer oder lassen Sie den Sprechtext vorlesen.",
    wait_never_ends:
      "Überspringen Sie sie nach einigen Tagen, geben Sie sie weiter oder warten Sie nicht darauf.",
    wait_in_vain: "Wählen Sie ein anderes Ereignis, schalten Sie die Erfassung ein oder geben Sie Zeit.",
    tracking_off:
      "Schalten Sie die Erfassung in den Einstellungen der Sequenz ein oder fragen Sie nach Antworten.",
    tag_retriggers: "Nehmen Sie einen anderen Tag oder nehmen Sie ihn aus den Auslösern.",
    tag_never_removed:
      "Entfernen Sie ihn in einem späteren Schritt oder lassen Sie ihn, wenn das so gemeint ist.",
    list_unknown: "Prüfen Sie den Namen oder lassen Sie ihn, wenn eine neue Liste gemeint ist.",
    sequence_takes_nobody: "Aktivieren Sie sie oder wählen Sie eine andere.",
    member_unknown: "Wählen Sie ein Mitglied oder eine zuständige Person.",
    delay_too_short: "Lassen Sie den Leuten Zeit für eine Antwort.",
    delay_too_long: "Verkürzen Sie die Zeit oder beginnen Sie eine neue Sequenz.",
    postal_address_missing: "Tragen Sie sie unter Einstellungen → Auftritt ein.",
    merge_tag_without_fallback: 'Geben Sie ihm einen Ersatztext: {{ contact.first_name | default: "du" }}.',
  },
};
