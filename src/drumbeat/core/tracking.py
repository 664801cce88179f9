"""What tracking changes in the HTML of a mail: its links, a picture of one dot, a link that no person sees.

Everything else stays byte for byte. The plain-text part is never changed: what stands there is read, not clicked
through, and an address of ours in its place would hide where it leads.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import escape, unescape

LONGEST_TARGET = 1_500
"""Longer ones are left alone: some mail programs cut what has more than 2,000 characters."""
MOST_LINKS = 500

AddressOf = Callable[[int, int, str], str]
"""Makes the address of a link from its number (from 1), how many the mail has, and where it leads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """Where tracked things lead; None or "" leaves them out. `trap` is the hidden link, `spared` is never tracked."""

    picture: str = ""
    address_of: AddressOf | None = None
    trap: str = ""
    spared: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Where the value of an href stands, without quotes, and where it leads."""

    start: int
    end: int
    target: str


def tracked(html: str, ways: Ways) -> str:
    """Return the HTML with its links rewritten, and the picture and the hidden link at its end. Total."""
    found: list[Link] = []
    if ways.address_of is not None:
        found = [link for link in links_in(html) if link.target != ways.spared][:MOST_LINKS]
        html = _rewritten(html, found, ways.address_of)
    trap = _TRAP.format(escape(ways.trap)) if ways.trap and found else ""
    picture = _PICTURE.format(escape(ways.picture)) if ways.picture else ""
    return _at_the_end(html, trap + picture)


_PICTURE = '<img src="{}" width="1" height="1" alt="" style="border:0;width:1px;height:1px">'
_TRAP = '<a href="{}" aria-hidden="true" tabindex="-1" style="display:none"></a>'
_END = re.compile(r"</body\b", re.IGNORECASE)


def _at_the_end(html: str, piece: str) -> str:
    if not piece:
        return html
    place = len(html)
    for end in _END.finditer(html):
        place = end.start()
    return html[:place] + piece + html[place:]


def _rewritten(html: str, links: list[Link], address_of: AddressOf) -> str:
    pieces: list[str] = []
    done = 0
    for number, link in enumerate(links, 1):
        pieces += (html[done : link.start], escape(address_of(number, len(links), link.target)))
        done = link.end
    return "".join((*pieces, html[done:]))


_TAG = re.compile(
    r"""
    <!--(?:-?>|.*?(?:--!?>|\Z))                  # a comment, Outlook's own markup included
    | <[!?/][^>]*+>
    | <(?P<name>[a-zA-Z][^\s/>]*+)
      (?P<rest>(?:[^>=]++ | =\s*+(?:"[^"]*+" | '[^']*+' | [^\s>"'][^\s>]*+)?+)*+)>
    """,
    re.VERBOSE | re.DOTALL,
)
_OPENS = re.compile(r"<[a-zA-Z!?/]")
_ATTRIBUTE = re.compile(
    r"""([^\s/>="'][^\s/>=]*+)\s*+(?:=\s*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^\s>"'][^\s>]*+)))?+"""
)
_RAW = frozenset(
    {"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "plaintext"}
)
_TARGET = re.compile(
    r"https?://[^\s\x00-\x20\x7f\ud800-\udfff/?#][^\s\x00-\x20\x7f\ud800-\udfff]*", re.IGNORECASE
)
_SHOWS_ADDRESS = re.compile(r"\s*(?:<[^<>]*>\s*)*(?:https?://|www\.)", re.IGNORECASE)
_LINKING = frozenset({"a", "area"})
_ANY = re.compile("<")
_OF_NOTE = re.compile(rf"<(?=[!?]|(?:{'|'.join(sorted(_LINKING | _RAW))})(?![^\s/>]))", re.IGNORECASE)
_TRICKY = re.compile(r"""<[^<>]*<|=\s*(?:"[^"<]*<|'[^'<]*<)""")
"""Where no bracket stands inside a tag, tags that are of no note may be passed over unread."""
NO_TRACK = "data-no-track"


def links_in(html: str) -> Iterator[Link]:
    """Yield the links that may be tracked.

    Not those with `data-no-track`, and not those whose words are an address themselves: mail programs warn of a link
    that shows one address and leads to another.
    """
    find = (_ANY if _TRICKY.search(html) else _OF_NOTE).search
    place = 0
    while (found := find(html, place)) is not None:
        place = found.start()
        tag = _TAG.match(html, place)
        if tag is None and _OPENS.match(html, place):
            return  # it never ends: browsers show nothing of what follows
        place = tag.end() if tag is not None else place + 1
        name = tag["name"].lower() if tag is not None and tag["name"] else ""
        if name in _RAW:
            place = _end_of_raw(html, name, place)
        elif tag is not None and name in _LINKING:
            start, end, target = _href(tag["rest"])
            if target and not _SHOWS_ADDRESS.match(html, place, place + 300):
                offset = tag.start("rest")
                yield Link(offset + start, offset + end, target)


def _end_of_raw(html: str, name: str, place: int) -> int:
    closing = re.compile(rf"</{name}\b", re.IGNORECASE).search(html, place)
    return closing.start() if closing else len(html)


@lru_cache(maxsize=1024)
def _href(attributes: str) -> tuple[int, int, str]:
    """Return where the first href stands and where it leads, as browsers read it; "" for what is not tracked."""
    found: tuple[int, int, str] | None = None
    for part in _ATTRIBUTE.finditer(attributes):
        name = part[1].lower()
        if name == NO_TRACK:
            return 0, 0, ""
        if name == "href" and found is None:
            found = _read(part)
    return found or (0, 0, "")


def _read(part: re.Match[str]) -> tuple[int, int, str]:
    group = next((group for group in ("double", "single", "bare") if part[group] is not None), 1)
    target = unescape(part[group]).strip(" \t\n\r\f")
    is_tracked = group != 1 and len(target) <= LONGEST_TARGET and _TARGET.fullmatch(target)
    return part.start(group), part.end(group), target if is_tracked else ""
