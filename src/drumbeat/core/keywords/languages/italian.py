"""Italian."""

from drumbeat.core.keywords.words import Words

WORDS = Words(
    code="it",
    stop=(
        "stop",
        "basta",
        "ferma",
        "fermati",
        "fermatevi",
        "annulla",
        "cancella",
        "cancellami",
        "cancellazione",
        "disiscrivimi",
        "disiscrizione",
        "esci",
        "revoca",
        "niente sms",
        "non scrivetemi",
    ),
    start=(
        "start",
        "inizia",
        "iscrivimi",
        "riprendi",
        "attiva",
    ),
    help=(
        "aiuto",
        "info",
        "informazioni",
    ),
    polite=(
        "per favore",
        "per piacere",
        "grazie",
        "adesso",
        "ora",
        "ciao",
        "salve",
        "prego",
    ),
    weak=(
        r"\bsmett\w+ di (?:\w+ )?(?:scriver|mandar|inviar|chiamar|contattar|disturbar)\w*",
        r"\bnon (?:mi )?(?:\w+ )?(?:scriv|mand|invi|chiam|contatt|disturb)\w* piu\b",
        r"\bbasta (?:\w+ )?(?:messaggi|sms|telefonate)\b",
        r"\bnon voglio (?:piu )?(?:\w+ )?(?:messaggi|sms|ricever)\w*",
        r"\b(?:cancell|rimuov|elimin)\w+ (?:il )?mio numero\b",
        r"\blasci?at?e?mi in pace\b",
        r"\bdisiscri\w+|\bcancellatemi\b",
    ),
    stopped="{sender}: non riceverà più nostri messaggi. Risponda START per riceverli ancora.",
    started="{sender}: riceve ancora i nostri messaggi. Risponda STOP per non riceverli.",
    helped="{sender}: STOP ferma i nostri messaggi, START li riprende. Una persona legge quello che scrive.",
)
