"""French."""

from drumbeat.core.keywords.words import Words

WORDS = Words(
    code="fr",
    stop=(
        "stop",
        "stop sms",
        "arrêt",
        "arrêter",
        "arrêtez",
        "désinscription",
        "désinscrire",
        "se désinscrire",
        "désabonner",
        "désabonnement",
        "fin",
        "annuler",
        "résilier",
        "plus de sms",
        "plus de messages",
    ),
    start=(
        "start",
        "début",
        "reprendre",
        "inscription",
        "réinscrire",
    ),
    help=(
        "aide",
        "info",
        "infos",
    ),
    polite=(
        "svp",
        "s'il vous plaît",
        "s'il te plaît",
        "stp",
        "merci",
        "bonjour",
        "maintenant",
        "de grâce",
    ),
    weak=(
        r"\barrete[zr]?\b.{0,20}\b(?:envoyer|ecrire|message|sms|appeler|contacter|harceler|texto)\w*",
        r"\b(?:ne )?m'ecri\w+ plus\b",
        r"\bplus (?:de|aucun|d') ?(?:sms|messages?|textos?|appels?)\b",
        r"\bne (?:me |m')(?:\w+ )?(?:contacte|appele|ecrive|envoye)\w* plus\b",
        r"\b(?:supprime|retire|efface)[rz]?[ -](?:moi|mon numero)\b",
        r"\blaisse[zr]?[ -]moi tranquille\b",
        r"\bdesinscri\w+|\bdesabonn\w+",
    ),
    stopped="{sender} : vous ne recevrez plus nos messages. Répondez START pour les recevoir encore.",
    started="{sender} : vous recevez encore nos messages. Répondez STOP pour y mettre fin.",
    helped="{sender} : STOP met fin à nos messages, START les reprend. Une personne lit ce que vous écrivez.",
)
