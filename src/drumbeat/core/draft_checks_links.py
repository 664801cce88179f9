"""Links in a draft, and whether it may use them. Whatever a mail program might make clickable counts as a link."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import urlsplit

_ENDINGS: Final = re.compile(
    "com|net|org|info|biz|app|dev|xyz|top|site|online|shop|club|link|click|live|test|example|store|page|tech|"
    "website|space|cloud|digital|agency|group|team|work|pro|name|mobi|travel|jobs|news|blog|media|social|zip|"
    "mov|icu|buzz|vip|win|bid|loan|men|download|stream|review|trade|party|science|date|racing|accountant|"
    "faith|cricket|webcam|monster|rest|cam|cfd|sbs|quest|bond|lol|fun|art|bar|life|world|today|email|support|"
    "services|solutions|network|systems|company|business|finance|money|bank|insurance|consulting|software|"
    "academy|events|host|press|wiki|ink|one",
    re.IGNORECASE,
)
"""Endings that count however they are written; of others only those that look written as one."""
_FILES: Final = re.compile(
    "js|ts|json|xml|csv|txt|pdf|html|htm|doc|docx|xls|xlsx|ppt|pptx|png|jpg|jpeg|gif|svg|exe|dll",
    re.IGNORECASE,
)
"""What names end with that nobody can go to: none of these is a top-level domain."""
_SCHEMES: Final = "https?|mailto|tel|sms|javascript|data|file|ftp|vbscript"
_REST: Final = r"[^\s<>\"'()\[\]]"
_LABEL: Final = r"[\w\u0300-\u036f\u0900-\u0dff-]"
"""Letters of any script with the marks upon them."""
_LINK = re.compile(
    rf"\b(?:[a-z][a-z0-9+.-]{{1,20}}://|(?:{_SCHEMES}):){_REST}{{1,2000}}"
    rf"|//{_REST}{{1,2000}}"
    r"|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"
    rf"|(?<![\w@-])(?P<host>{_LABEL}++(?:\.{_LABEL}++)++)(?P<path>(?::\d{{2,5}})?+(?:[/?#]{_REST}{{0,2000}})?+)",
    re.IGNORECASE,
)
_TRAILING: Final = ".,;:!?…"


def foreign_links(text: str, allowed: Sequence[str]) -> Iterator[str]:
    """Yield the links and addresses that lie below none of the allowed ones. Total."""
    for found in _LINK.finditer(text):
        link = found[0].rstrip(_TRAILING)
        if _is_link(found) and not any(lies_below(link, one) for one in allowed):
            yield link


def _is_link(found: re.Match[str]) -> bool:
    """Tell a host from an abbreviation, a number, the name of a file and a sentence that begins without a space."""
    if not (host := found["host"]):
        return True
    labels = host.rstrip("-_.").split(".")
    if labels[0].casefold() == "www":
        return True
    has_path = len(found["path"].rstrip(_TRAILING)) > 1
    if has_path and len(labels) == 4 and all(one.isdigit() for one in labels):
        return True
    whole = len(labels) - 1
    return any(
        _ends_host(labels[at], labels[at - 1], has_path=has_path and at == whole)
        for at in range(1, whole + 1)
    )


def _ends_host(label: str, before: str, *, has_path: bool) -> bool:
    """Tell what a host may end with; two letters are a country's, and without a path not all else counts."""
    if label.casefold().startswith("xn--"):
        return True
    ending = label.partition("-")[0]
    if len(ending) < 2 or any(one.isdigit() or one == "_" for one in ending):
        return False
    if has_path:
        return True
    is_as_one = ending in (ending.lower(), ending.upper())
    if len(ending) == 2:
        return (is_as_one or len(before) > 1) and not _FILES.fullmatch(ending)
    return bool(_ENDINGS.fullmatch(ending)) or (is_as_one and not _FILES.fullmatch(ending))


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
