"""Dutch."""

from drumbeat.core.keywords.words import Words

WORDS = Words(
    code="nl",
    stop=(
        "stop",
        "stoppen",
        "afmelden",
        "uitschrijven",
        "afmelding",
        "opzeggen",
        "einde",
        "annuleren",
        "geen sms",
        "geen sms meer",
        "geen berichten meer",
    ),
    start=(
        "start",
        "starten",
        "aanmelden",
        "hervatten",
    ),
    help=(
        "hulp",
        "help",
        "info",
    ),
    polite=(
        "alstublieft",
        "alsjeblieft",
        "aub",
        "ajb",
        "graag",
        "bedankt",
        "dank u",
        "dank je",
        "nu",
        "hallo",
    ),
    weak=(
        r"\bstop (?:\w+ ){0,3}(?:met|sms|bericht|stur|app|bel)\w*",
        r"\bgeen (?:\w+ )?(?:sms|sms'jes|berichten|telefoontjes|appjes) meer\b",
        r"\bniet meer (?:\w+ )?(?:sturen|bellen|appen|smsen|benaderen|contacten|schrijven)\b",
        r"\b(?:stuur|bel|app|sms) (?:mij|me) (?:\w+ )?(?:niet|nooit)\b",
        r"\b(?:verwijder|schrap|wis) (?:mij|me|mijn nummer)\b",
        r"\blaat (?:mij|me) met rust\b",
        r"\bafmelden\b|\buitschrijven\b",
    ),
    stopped="{sender}: u krijgt geen berichten meer van ons. Antwoord START om ze weer te krijgen.",
    started="{sender}: u krijgt onze berichten weer. Antwoord STOP om ze te stoppen.",
    helped="{sender}: STOP stopt onze berichten, START hervat ze. Een mens leest wat u schrijft.",
)
