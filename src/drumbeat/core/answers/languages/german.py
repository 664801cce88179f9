"""German."""

from drumbeat.core.answers.language import Language

_MAILS = r"(?:e-?mails?|mails?|nachrichten|werbung|zusendungen|newsletter|anfragen|angebote)"

LANGUAGE = Language(
    name="German",
    months=(
        "januar jan jänner",
        "februar feb feber",
        "märz mrz maerz",
        "april apr",
        "mai",
        "juni jun",
        "juli jul",
        "august aug",
        "september sept sep",
        "oktober okt",
        "november nov",
        "dezember dez",
    ),
    weekdays=(
        "montag mo",
        "dienstag di",
        "mittwoch mi",
        "donnerstag do",
        "freitag fr",
        "samstag sonnabend sa",
        "sonntag so",
    ),
    day_first=True,
    tomorrow="morgen",
    back=(
        r"zur(?:ü|ue)ck(?: sein)?(?: bin ich)?",
        r"wieder (?:\w+ ){0,4}?(?:am|ab)",
        r"wieder (?:da|erreichbar|im (?:büro|buero|haus|dienst|einsatz))",
        r"erreichbar",
        r"r(?:ü|ue)ckkehr",
        r"ab dem",
        r"erst (?:wieder )?(?:am|ab)",
        r"ab (?=\w{2,12}\.?,? |\d)",
        r"wieder zur verf(?:ü|ue)gung",
    ),
    then_back=(
        r"wieder (?:\w+ ){0,3}?(?:da|erreichbar|im|zur(?:ü|ue)ck|anwesend|verf(?:ü|ue)gbar|zur verf(?:ü"
        r"|ue)gung)\b",
        r"zur(?:ü|ue)ck\b",
    ),
    until=(r"bis (?:zum|einschlie(?:ß|ss)lich|inklusive|einschl\.?|inkl\.?|und mit)?", r"bis"),
    inclusive=r"einschlie(?:ß|ss)lich|inklusive|inkl\b|einschl\b|bis und mit",
    auto_subjects=(
        r"automatische (?:antwort|r?ückantwort|e-?mail|nachricht)",
        r"abwesenheit\w*",
        r"abwesend",
        r"nicht im (?:büro|buero|haus)",
        r"urlaubs(?:notiz|meldung|nachricht|vertretung|abwesenheit|info\w*)",
        r"ich bin (?:im urlaub|nicht im (?:büro|buero)|abwesend)",
        r"außer haus",
        r"autoantwort",
        r"bin im urlaub",
    ),
    says_auto=(
        r"\bautomatische? (?:antwort|nachricht|e-?mail|abwesenheits\w*|eingangsbest\w*)",
        r"\bautomatisch (?:generiert|erstellt|erzeugt|versendet)",
        r"\babwesenheits(?:notiz|nachricht|meldung|assistent|info)\w*",
    ),
    by_phone=(
        r"\bich (?:[^.!?,\n]{1,30} )?habe [^\w]?beim fahren nicht stören[^\w]? (?:aktiviert|eingeschaltet)"
        r"(?:[.!] ich (?:sehe|lese) (?:deine|ihre) nachricht[^.!?\n]{0,60})?",
        r"\bich erhalte (?:derzeit |gerade )?keine (?:mitteilungen|benachrichtigungen)"
        r"(?:\. wenn es dringend ist, antworte[^.!?\n]{0,20} [^\w]?dringend[^\w]?)?",
        r"^ich fahre gerade(?: auto)?",
        r"(?:^(?:vielen )?danke? für [^.!?\n]{1,80}[.!] )?\bwir sind (?:\w+ ){0,2}nicht (?:verfügbar|erreichbar), "
        r"(?:\w+ ){0,6}?so (?:bald|schnell) wie möglich",
        r"^(?:vielen )?danke? für (?:ihre|deine|die) (?:nachricht|kontaktaufnahme)[^.!?\n]{0,80}[.!]"
        r" bitte [^.!?\n]{0,40}\bhelfen können",
    ),
    away=(
        r"\bbin ich (?:[^ ?!]+ ){0,4}?(?:abwesend|nicht (?:im (?:büro|buero|hause?)|erreichbar)|im urlaub)\b",
        r"\b(?:ich )?habe (?:\w+ ){0,3}urlaub (?:bis|vom|von)\b",
        r"\b(?:bin|ich bin) (?:[^ ?!]+ ){0,6}?nicht im hause?\b",
        r"\bbin erst (?:[^ ?!]+ ){0,5}?wieder\b",
        r"\b(?:in|während) (?:meiner|unserer) abwesenheit\b",
        r"\bich bin (?:[^ ?!]+ ){0,6}?wieder (?:für sie da|erreichbar|im (?:büro|buero))\b",
        r"\b(?:bin|ich) (?:heute |leider |derzeit |zurzeit )*(?:krank|erkrankt)\b",
        r"\bb(?:ü|ue)ro ist (?:[^ ?!]+ ){0,5}?geschlossen\b",
        r"\b(?:ich bin|wir sind|bin) (?:[^ ?!]+ ){0,10}?(?:abwesend|nicht im (?:büro|buero|haus)"
        r"|im urlaub|au(?:ß|ss)er haus|in (?:elternzeit|mutterschutz)"
        r"|nicht erreichbar|auf (?:dienst|geschäfts)reise|nicht (?:zu erreichen|am platz)|unterwegs)\b",
        r"\b(?:ich|wir) (?:befinde|befinden) (?:mich|uns) (?:[\w.,]+ ){0,8}?(?:im urlaub|in elternzeit"
        r"|au(?:ß|ss)er haus|auf)",
        r"\bderzeit (?:nicht im (?:büro|buero)|abwesend|im urlaub|nicht erreichbar)\b",
        r"\b(?:unser|das) b(?:ü|ue)ro ist\b[^.!?]{0,40}\bgeschlossen\b",
    ),
    absence=(
        r"abwesen",
        r"urlaub",
        r"nicht im (?:büro|buero|haus)",
        r"au(?:ß|ss)er haus",
        r"elternzeit",
        r"mutterschutz",
        r"dienstreise",
        r"wieder (?:erreichbar|da|im (?:büro|buero|haus))",
        r"wieder am",
        r"zur(?:ü|ue)ck (?:am|ab)",
        r"bis (?:zum|einschlie)",
        r"betriebsferien",
        r"wieder f(?:ü|ue)r sie da",
        r"\bkrank\b",
        r"\bgeschlossen\b",
        r"nicht erreichbar",
    ),
    in_my_absence=(
        r"\b(?:in|während) (?:meiner|dieser|unserer) abwesenheit\b",
        r"\bdringende[nrsm]? (?:f(?:ä|ae)lle\w*|angelegenheit\w*|anliegen|fragen)\b",
        r"\bin dringenden\b",
        r"\bmeine (?:e-?)?mails? (?:werden|wird)\b",
        r"\bihre (?:e-?mail|nachricht) wird (?:nicht|weder)\b",
        r"\bmeine (?:vertretung|kolleg\w+)\b",
        r"\bnicht weitergeleitet\b",
        r"\bwenden sie sich (?:bitte )?an\b",
        r"\bbearbeite ich (?:nach|ab)\b",
        r"\bmelde mich (?:nach|sobald)\b",
    ),
    stop_whole=(
        "abmelden",
        "bitte abmelden",
        "abmeldung",
        "austragen",
        "bitte austragen",
        "abbestellen",
        "bitte abbestellen",
        "stopp",
        "stop bitte",
        "bitte stopp",
        "bitte entfernen",
        "bitte löschen",
        "löschen",
        "keine mails mehr",
        "keine weiteren mails",
        "keine werbung",
        "bitte keine mails mehr",
        "bitte keine werbung",
        "keine e-mails mehr",
        "austragen bitte",
        "abmelden bitte",
        "bitte aufhören",
        "aufhören",
    ),
    stop=(
        r"\b(?:bitte|ersuche|verlange) (?:\w+ ){0,2}(?:um |die )(?:l(?:ö|oe)schung|austragung|entfernung"
        r"|streichung|abmeldung)\b",
        r"\baus\b[^.!?]{0,30}(?:verteiler|liste|datenbank)[^.!?]{0,20}\b(?:gel(?:ö|oe)scht|entfernt"
        r"|gestrichen|ausgetragen|genommen)\b",
        r"\bnicht mehr (?:\w+ ){0,3}(?:kontaktiert|angeschrieben|bel(?:ä|ae)stigt) werden\b",
        r"\b(?:nehmen|nehmt|nimm|streichen?|streicht|tragen?|tragt|l(?:ö|oe)schen?|l(?:ö|oe)scht"
        r"|entfernen?|entfernt) (?:sie )?(?:mich|uns|meine?n?"
        r" (?:e-?mail-?)?(?:adresse|namen|daten|kontakt\w*)|unsere \w+)\b[^.!?]{0,50}(?:verteiler\w*"
        r"|liste\w*|datenbank|system|adress\w*|aus\b)",
        r"\b(?:entfernen|l(?:ö|oe)schen|streichen) sie (?:bitte )?(?:mich|uns|meine|unsere)\b",
        r"\b(?:melden|meldet|melde) (?:sie )?mich\b[^.!?]{0,40}\bab\b",
        r"\bbitte\b[^.!?]{0,20}\b(?:abmelden|austragen|abbestellen)\b(?! sie sich)",
        rf"\bkeine (?:weiteren|weitere|solchen) {_MAILS}",
        rf"\bkeine {_MAILS}\b[^.!?]{{0,30}}\bmehr\b",
        rf"\bkeinerlei (?:weitere )?{_MAILS}",
        r"\b(?:kontaktieren|schreiben|mailen|kontaktiert|schreibt|schreib|kontaktiere) (?:sie )?(?:mich"
        r"|mir|uns)\b[^.!?]{0,25}\b(?:nicht|nie)\b",
        r"\bnicht (?:mehr |wieder |weiter )(?:zu )?(?:kontaktieren|anschreiben|anzuschreiben|schreiben)\b",
        r"\b(?:von|aus) (?:der|ihrer|eurer|ihrem|dem) (?:\w+)?(?:liste|verteiler) (?:zu )?(?:nehmen"
        r"|streichen|entfernen|austragen|l(?:ö|oe)schen)",
        r"\bwiderspr(?:eche|uch)\b[^.!?]{0,60}(?:werbung|daten|kontakt|verarbeitung|nutzung)",
        r"\bl(?:ö|oe)schen sie\b[^.!?]{0,25}\b(?:meine|unsere) (?:\w+ )?daten\b",
        r"\b(?:h(?:ö|oe)ren sie|h(?:ö|oe)rt) (?:bitte )?auf\b[^.!?]{0,40}(?:schreiben|mail|senden|schicken)",
        r"\blassen sie (?:mich|uns) (?:bitte )?in ruhe\b",
        r"\b(?:m(?:ö|oe)chte|will|wollen) (?:\w+ ){0,3}(?:keine|nicht)\b[^.!?]{0,40}"
        r"\b(?:mails?|nachrichten|post|kontaktiert|angeschrieben)\b",
        r"\bunterlassen sie\b",
        r"\b(?:m(?:ö|oe)chte|will) mich (?:\w+ ){0,3}abmelden\b",
    ),
    stop_weak=(
        r"\babmeld\w+",
        r"\babbestell\w+",
        r"\baustragen\b",
        r"\bspam\b",
        r"\bdsgvo\b",
        r"\bverteiler\b",
        r"\bwoher haben sie meine\b",
        r"\bbel(?:ä|ae)stig\w+",
    ),
    stop_denied=(
        r"\b(?:nicht|kein\w*|nie) (?:\w+ ){0,3}(?:abmelden|entfernen|austragen|abbestellen)\b",
        r"\bhab\w*\b[^.!?]{0,60}\b(?:bekommen|erhalten)\b",
        r"\b(?:melden|meldet) sie sich\b",
        r"\bh(?:ö|oe)ren sie (?:bitte )?nicht auf\b",
        r"\babmelde(?:link|seite|button|formular|funktion)",
    ),
    everywhere=(
        r"\bkontaktieren sie (?:mich|uns)\b[^.!?]{0,30}\bnicht\b",
        r"\bnicht (?:mehr |wieder )?(?:zu )?kontaktieren\b",
        r"\blassen sie (?:mich|uns) (?:bitte )?in ruhe\b",
        r"\bkeinen (?:weiteren )?kontakt\b",
    ),
    wrong_person=(
        r"\bfalsche[rn]? (?:person|ansprechpartner\w*|adresse|kontakt|abteilung)\b",
        r"\bnicht (?:der|die|ihr|ihre) richtige\w*\b",
        r"\b(?:nicht|nicht mehr) (?:daf(?:ü|ue)r |hierf(?:ü|ue)r )?(?:zust(?:ä|ae)ndig|verantwortlich)\b",
        r"\b(?:arbeitet?|t(?:ä|ae)tig|besch(?:ä|ae)ftigt)\b[^.!?]{0,30}\bnicht mehr\b",
        r"\bnicht mehr (?:\w+ ){0,4}(?:t(?:ä|ae)tig|besch(?:ä|ae)ftigt|im (?:unternehmen|haus)|bei uns)\b",
        r"\b(?:unternehmen|firma|uns) verlassen\b",
        r"\b(?:wenden sie sich|richten sie)\b[^.!?]{0,40}\b(?:an (?:meine|unsere|frau|herrn|die|den)"
        r"|[\w.+-]+@)",
        r"\bzust(?:ä|ae)ndig (?:ist|daf(?:ü|ue)r ist|hierf(?:ü|ue)r ist)\b",
        r"\bder richtige ansprechpartner\b",
        r"\bausgeschieden\b",
    ),
    not_now=(
        r"\b(?:derzeit|momentan|aktuell|zur ?zeit|im moment|gerade) (?:\w+ ){0,4}(?:kein\w*|nicht)\b",
        r"\b(?:jetzt|gerade|im moment|derzeit) nicht\b",
        r"\bnicht (?:jetzt|im moment|zum jetzigen zeitpunkt)\b",
        r"\b(?:sp(?:ä|ae)ter|n(?:ä|ae)chstes (?:jahr|quartal)|im (?:n(?:ä|ae)chsten|neuen) (?:jahr"
        r"|quartal|monat)) (?:noch ?mal|wieder|gern\w*|erneut)",
        r"\b(?:melden|meldet|melde|schreiben|kommen|rufen) (?:sie )?(?:sich |dich |mir |mich "
        r"|uns )?(?:bitte |doch |gern\w* )*(?:noch ?mal|wieder|erneut|sp(?:ä|ae)ter|im|in|nach|ab|anfang"
        r"|ende|n(?:ä|ae)chst\w+)\b",
        r"\bkein budget\b",
        r"\bkeine (?:zeit|kapazit(?:ä|ae)t\w*)\b",
        r"\b(?:vielleicht|eher|lieber|fr(?:ü|ue)hestens) (?:sp(?:ä|ae)ter|n(?:ä|ae)chst\w+|im)\b",
        r"\bin (?:ein paar|einigen|zwei|drei|sechs|\d+) (?:wochen|monaten)\b",
        r"\b(?:ung(?:ü|ue)nstig|schlechter zeitpunkt)\b",
        r"\bnach (?:meinem|dem) urlaub\b",
        r"\b(?:n(?:ä|ae)chste woche|dann) im urlaub\b",
    ),
    not_interested=(
        r"\b(?:kein|keinen|keinerlei|null) (?:\w+ )?(?:interesse|bedarf)\b",
        r"\bnicht interessiert\b",
        r"\bnein,? danke\b",
        r"\bnicht (?:von interesse|relevant|interessant)\b",
        r"\b(?:passt|kommt) (?:\w+ ){0,4}nicht\b",
        r"\b(?:bereits|schon) (?:\w+ ){0,3}(?:l(?:ö|oe)sung|anbieter|partner|dienstleister|lieferant\w*"
        r"|versorgt)\b",
        r"\b(?:brauchen|ben(?:ö|oe)tigen|brauche) (?:\w+ ){0,3}(?:nicht|keine?n?)\b",
        r"\bdanke,? (?:aber )?nein\b",
        r"\babsage\b",
    ),
    interested=(
        r"\bhaben sie\b[^.!?]{0,30}\bzeit\b",
        r"^interessant\b",
        r"\bk(?:ö|oe)nnten sie (?:mich|uns) anrufen\b",
        r"\bangebot\b[^.!?]{0,30}\b(?:senden|schicken|zukommen)\b",
        r"\bsenden sie (?:mir|uns)\b",
        r"\b(?:bin|sind|w(?:ä|ae)re|w(?:ä|ae)ren) (?:\w+ ){0,3}interessiert\b",
        r"\b(?:habe|haben|h(?:ä|ae)tte|h(?:ä|ae)tten) (?:\w+ ){0,2}interesse\b",
        r"\b(?:gro(?:ß|ss)es )?interesse besteht\b",
        r"\bklingt (?:\w+ )?(?:gut|interessant|spannend|super)\b",
        r"\bh(?:ö|oe)rt sich (?:\w+ )?(?:gut|interessant|spannend) an\b",
        r"\b(?:schicken|senden|sendet|schick|lassen) sie mir\b[^.!?]{0,60}(?:infos?|informationen"
        r"|unterlagen|angebot|preise|details|zukommen)",
        r"\bmehr (?:infos?|informationen|details|dazu|dar(?:ü|ue)ber)\b",
        r"\b(?:rufen sie (?:mich|uns)|ruf mich)\b[^.!?]{0,20}\ban\b",
        r"\bgerne? (?:telefonieren|sprechen|treffen|einen termin)\b",
        r"\b(?:termin|gespr(?:ä|ae)ch|demo|telefonat) (?:vereinbaren|ausmachen|machen)\b",
        r"\bwas kostet\b",
        r"\bja,? (?:gerne?|bitte|sehr gerne?)\b",
        r"\bk(?:ö|oe)nnen wir (?:\w+ ){0,4}(?:telefonieren|sprechen|reden)\b",
        r"\bpasst (?:mir |uns )?(?:gut|am|morgen)\b",
    ),
    greeting=(
        r"(?:hallo|guten (?:tag|morgen|abend)|sehr geehrte\w*|liebe[rs]?|moin|servus|gr(?:ü|ue)(?:ß"
        r"|ss) gott|hi)\b"
    ),
    closing=(
        r"(?:danke|vielen dank|besten dank|mit (?:freundlich\w+|besten|herzlich\w+|lieben) gr(?:ü|ue)(?:ß"
        r"|ss)en|mfg|viele gr(?:ü|ue)(?:ß|ss)e|vg|lg|beste gr(?:ü|ue)(?:ß|ss)e|gru(?:ß|ss)|gr(?:ü|ue)(?:ß"
        r"|ss)e|freundliche gr(?:ü|ue)(?:ß|ss)e|herzliche gr(?:ü|ue)(?:ß|ss)e)\b"
    ),
    footer=(
        r"^(?:diese (?:e-?mail|nachricht)[^.]{0,60}(?:vertraulich|bestimmt))",
        r"^haftungsausschluss",
        r"^(?:um|zum) (?:\w+ ){0,4}(?:abmelden|abzumelden|abbestellen)",
        r"^(?:wenn|falls|sollten) sie (?:keine|diesen|k(?:ü|ue)nftig|diese)",
        r"^sitz der gesellschaft",
        r"^newsletter ab(?:melden|bestellen)",
        r"^abmelden\s*(?:\||:|<|https?)",
    ),
)
