"""Names folded for search and order: what people type finds what others wrote, whatever the case or the accents."""

from __future__ import annotations

import unicodedata

LONGEST = 200
_LAST = "\U0010ffff"


def search_form(*parts: str) -> str:
    """Join the parts by blanks and fold case, accents and runs of blanks away; at most LONGEST characters.

    Compared code point by code point it gives the order of lists.
    """
    text = " ".join(parts)
    if text.isascii():  # nothing to take apart, and most texts of an import
        folded = text.lower()
    else:
        apart = unicodedata.normalize("NFKD", text)
        folded = "".join(letter for letter in apart if not unicodedata.combining(letter)).casefold()
    return " ".join(folded.replace("\x00", "").split())[:LONGEST].rstrip()


def end_of_prefix(prefix: str) -> str:
    """Return the bound below which all texts that begin with `prefix` lie, compared code point by code point."""
    return prefix + _LAST
