"""Links in a draft, and whether it may use them. Whatever a mail program might make clickable counts as a link."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import urlsplit

_ENDINGS: Final = (
    "com|net|org|io|co|ai|app|dev|info|biz|me|ly|eu|de|at|ch|fr|es|it|nl|be|pl|pt|uk|ie|us|ca|au|nz|in|br|mx|ru|cn|jp|tk"
    "|xyz|top|site|online|shop|club|link|click|live|test|example"
)
_LINK = re.compile(
    rf"\b[a-z][a-z0-9+.-]{{1,20}}:/{{0,2}}[^\s<>\"'()\[\]]{{1,2000}}"
    rf"|//[^\s<>\"'()\[\]]{{1,2000}}"
    rf"|(?<![\w@./:-])www\.[^\s<>\"'()\[\]]{{1,2000}}"
    rf"|(?<![\w@./:-])(?:[a-z0-9_-]{{1,63}}\.){{1,5}}(?:{_ENDINGS})(?![\w.-]*\w)(?:[/?#][^\s<>\"'()\[\]]{{0,2000}})?"
    rf"|[\w.+-]{{1,64}}@[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,5}}",
    re.IGNORECASE,
)
_SCHEMES: Final = (
    "http:",
    "https:",
    "mailto:",
    "tel:",
    "sms:",
    "javascript:",
    "data:",
    "file:",
    "ftp:",
    "vbscript:",
)
_TRAILING: Final = ".,;:!?…"


def foreign_links(text: str, allowed: Sequence[str]) -> Iterator[str]:
    """Yield the links and addresses that lie below none of the allowed ones. Total."""
    for found in _LINK.finditer(text):
        link = found[0].rstrip(_TRAILING)
        if _is_link(link) and not any(lies_below(link, one) for one in allowed):
            yield link


def _is_link(found: str) -> bool:
    """Tell a link from a word with a colon, such as `Subject:hello`."""
    head = found.partition(":")[0]
    return "://" in found or ":" not in found or "." in head or found.casefold().startswith(_SCHEMES)


def lies_below(link: str, allowed: str) -> bool:
    """Tell whether a link leads to the allowed address or below it. Total: what is odd does not."""
    if {"\\", "@"} & set(link) or ".." in link or "%" in link.partition("?")[0]:
        return False
    try:
        one, other = urlsplit(link if "://" in link else f"https://{link}"), urlsplit(allowed)
        same = (one.hostname, one.port) == (other.hostname, other.port) and one.hostname is not None
    except ValueError:
        return False
    base = other.path.rstrip("/")
    return (
        same
        and one.scheme in {"https", other.scheme}
        and (one.path == base or one.path.startswith(f"{base}/"))
    )
