"""Words that a draft may not use unseen: promises with consequences, boasts that need a fact, talk of a machine.

Dutch, English, French, German, Italian, Spanish. Word beginnings: an entry matches what it begins.
"""

from __future__ import annotations

from typing import Final

PROMISES: Final = (
    *(
        "guarantee",
        "we promise",
        "i promise",
        "refund",
        "money back",
        "money-back",
        "discount",
        "free of charge",
    ),
    *("for free", "risk-free", "no obligation", "legally binding", "liabilit", "indemn", "binding offer"),
    *("garantie", "garantier", "verspreche", "versprochen", "rabatt", "nachlass", "kostenlos", "gratis"),
    *("unverbindlich", "geld zurück", "geld-zurück", "haftung", "rechtsverbindlich", "vertraglich"),
    *("garanti", "promets", "promettons", "rembours", "remise", "réduction", "gratuit", "sans engagement"),
    *("garantiz", "garantía", "prometo", "prometemos", "reembols", "descuento", "sin compromiso"),
    *("garanzi", "prometto", "promettiamo", "rimbors", "sconto", "gratuit", "senza impegno"),
    *("garandeer", "garandeert", "beloof", "beloven", "terugbetal", "korting", "vrijblijvend", "kosteloos"),
)
BOASTS: Final = (
    *("award-winning", "award winning", "market leader", "market-leading", "world-class", "industry-leading"),
    *(
        "number one",
        "no. 1",
        "#1",
        "certified",
        "iso ",
        "soc 2",
        "gdpr-compliant",
        "hipaa",
        "trusted by",
        "patented",
    ),
    *(
        "case study",
        "proven to",
        "marktführer",
        "preisgekrönt",
        "ausgezeichnet mit",
        "zertifiziert",
        "patentiert",
    ),
    *(
        "dsgvo-konform",
        "nachweislich",
        "weltweit führend",
        "leader du marché",
        "primé",
        "certifié",
        "breveté",
    ),
    *("prouvé", "líder del mercado", "galardonad", "certificad", "patentad", "leader di mercato", "premiat"),
    *("certificat", "brevettat", "marktleider", "bekroond", "gecertificeerd", "gepatenteerd", "bewezen"),
)
MACHINE_TALK: Final = (
    *(
        "as an ai",
        "language model",
        "i cannot assist",
        "i can't assist",
        "here is the",
        "here's the",
        "here is a draft",
    ),
    *(
        "als ki",
        "sprachmodell",
        "hier ist der entwurf",
        "hier ist die e-mail",
        "en tant qu'ia",
        "modèle de langage",
    ),
    *("voici le", "voici un", "como ia", "modelo de lenguaje", "aquí está", "come ia", "modello linguistico"),
    *("ecco la", "ecco il", "als ai", "taalmodel", "hier is de"),
)
