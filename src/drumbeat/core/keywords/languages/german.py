"""German."""

from drumbeat.core.keywords.words import Words

WORDS = Words(
    code="de",
    stop=(
        "stop",
        "stopp",
        "stoppen",
        "abmelden",
        "abbestellen",
        "abmeldung",
        "austragen",
        "beenden",
        "ende",
        "aufhören",
        "kündigen",
        "keine sms",
        "keine sms mehr",
        "keine nachrichten mehr",
    ),
    start=(
        "start",
        "starten",
        "anmelden",
        "weiter",
    ),
    help=(
        "hilfe",
        "info",
        "infos",
    ),
    polite=(
        "bitte",
        "danke",
        "sofort",
        "jetzt",
        "hallo",
        "vielen dank",
        "mal",
    ),
    weak=(
        r"\bhor(?:en sie|t|e)? (?:\w+ ){0,3}auf\b",
        r"\bkeine (?:\w+ )?(?:sms|nachrichten|texte|anrufe|werbung)\b",
        r"\bnicht mehr (?:\w+ )?(?:schreiben|anschreiben|anrufen|kontaktieren|simsen)\b",
        r"\bschreib(?:en sie|t|e)? mir (?:bitte )?(?:nicht|nie)\b",
        r"\b(?:losch\w*|entfern\w*) (?:\w+ )?(?:mich|meine nummer)\b",
        r"\bmeine nummer (?:\w+ )?(?:loschen|entfernen)\b",
        r"\blass(?:en sie|t)? mich in ruhe\b",
        r"\babmelden\b|\babbestellen\b",
    ),
    stopped="{sender}: Sie bekommen keine Nachrichten mehr von uns. START schreiben, um sie wieder zu bekommen.",
    started="{sender}: Sie bekommen unsere Nachrichten wieder. STOP schreiben, um sie zu beenden.",
    helped="{sender}: STOP beendet unsere Nachrichten, START holt sie zurück. Was Sie schreiben, liest ein Mensch.",
)
