"""HTML of mails as its authors write it: Liquid between the tags, styles in a sheet.

Mail programs want styles on the elements. They are put there once per source, before Liquid runs; merge tags pass
through untouched, or the source stays as it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from css_inline import CSSInliner, InlineError
from selectolax.lexbor import LexborHTMLParser, LexborNode

from drumbeat.core.mail_text import text_from_html

_LIQUID = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_PIECES = re.compile(r"(?P<liquid>\{\{.*?\}\}|\{%.*?%\})|(?P<comment><!--.*?-->)|[<>\"']", re.DOTALL)
_MARK = re.compile(r"<!--dbmark(\d+)x-->|dbmark(\d+)x(?:=\"\")?")
_PLAIN_MARK = re.compile(r"dbmark(\d+)x")
_PAGE = re.compile(r"<(?:html|body)\b", re.IGNORECASE)
_PARTS = re.compile(r"<html[^>]*><head>(.*?)</head><body[^>]*>(.*)</body></html>\s*", re.DOTALL)
_SHEET_ENDS = re.compile(r"<style\b|</style", re.IGNORECASE)
MOST_COPIED = 30_000_000
"""Signs that style sheets may come to when each rule stands on every element."""
_INLINER = CSSInliner(load_remote_stylesheets=False, keep_at_rules=True)
_KEEPER = CSSInliner(load_remote_stylesheets=False, keep_at_rules=True, keep_style_tags=True)


@dataclass(frozen=True, slots=True)
class Inlined:
    """A fragment with its styles on its elements; `sheet` holds the rules that cannot stand there."""

    sheet: str
    body: str


def is_page(source: str) -> bool:
    """Tell a whole page, which brings its own frame, from a fragment."""
    return _PAGE.search(source) is not None


@lru_cache(maxsize=512)
def inlined(source: str) -> str:
    """Return a page or fragment with its own style sheets on its elements, the same where it has none. Total."""
    if "<style" not in source.lower():
        return source
    if is_page(source):
        return _through(source, _inline) or source
    made = inlined_fragment(source, "")
    return made.sheet + made.body


@lru_cache(maxsize=512)
def inlined_fragment(source: str, css: str) -> Inlined:
    """Return a fragment with its own styles and, below them in rank, those of `css` on its elements. Total."""
    done = _through(source, lambda marked: _fragment(marked, css))
    found = _PARTS.fullmatch(done or "")
    return Inlined(found.group(1), found.group(2)) if found else Inlined("", source)


def inlined_page(page: str) -> str:
    """Return a page without Liquid in it with its styles on its elements and in their sheets. Total."""
    try:
        return _KEEPER.inline(page) if _is_bearable(page) else page
    except InlineError:
        return page


def _fragment(marked: str, css: str) -> str:
    sheet = f"<style>{css}</style>" if css else ""
    return _inline(f"<html><head>{sheet}</head><body>{marked}</body></html>")


def _inline(page: str) -> str:
    if not _is_bearable(page):
        raise InlineError("its sheets are too long for so many elements")
    return _INLINER.inline(page)


def _is_bearable(page: str) -> bool:
    """Tell whether a page stays small with its rules on every element: where it does not, its sheets stay sheets."""
    sheets, begun = 0, -1
    for found in _SHEET_ENDS.finditer(page):
        if found.group().startswith("</"):
            sheets += found.start() - begun if begun >= 0 else 0
            begun = -1
        elif begun < 0:
            begun = found.start()
    return sheets * page.count("<") <= MOST_COPIED


def _through(source: str, change: Callable[[str], str]) -> str | None:
    """Change HTML with its merge tags set aside; None where one of them would get lost, doubled or moved."""
    if "dbmark" in source:
        return None
    kept: list[str] = []
    try:
        done = change(_marked(source, kept))
    except InlineError:
        return None
    order = [int(one or other) for one, other in _MARK.findall(done)]
    if order != list(range(len(kept))):
        return None
    return _MARK.sub(lambda mark: kept[int(mark.group(1) or mark.group(2))], done)


def _marked(source: str, kept: list[str]) -> str:
    """Put marks in the place of merge tags: comments between elements, where a table allows no text."""
    state = _State()
    pieces, end = [], 0
    for found in _PIECES.finditer(source):
        pieces.append(source[end : found.start()])
        pieces.append(_mark(found, state, kept))
        end = found.end()
    return "".join((*pieces, source[end:]))


_MAKES_MARKUP = re.compile(r"[<>&]|newline_to_br|escape|strip_html|tablerow")


@lru_cache(maxsize=512)
def text_source(source: str) -> str | None:
    """Return the plain text of HTML with its merge tags in place, to be rendered as text; None where one gets lost."""
    tags = _LIQUID.findall(source)
    if "dbmark" in source or any(map(_MAKES_MARKUP.search, tags)):
        return None
    kept: list[str] = []
    marked = _LIQUID.sub(lambda liquid: _kept(liquid.group(), kept), source)
    done = text_from_html(marked)
    if [int(number) for number in _PLAIN_MARK.findall(done)] != list(range(len(kept))):
        return None
    return _PLAIN_MARK.sub(lambda mark: kept[int(mark.group(1))], done) + "\n"


@dataclass(slots=True)
class _State:
    in_tag: bool = False
    quote: str = ""


def _mark(found: re.Match[str], state: _State, kept: list[str]) -> str:
    piece = found.group()
    if found["comment"]:
        return _LIQUID.sub(lambda liquid: _kept(liquid.group(), kept), piece)
    if not found["liquid"]:
        _follow(piece, state)
        return piece
    mark = _kept(piece, kept)
    return mark if state.in_tag or piece.startswith("{{") else f"<!--{mark}-->"


def _kept(piece: str, kept: list[str]) -> str:
    kept.append(piece)
    return f"dbmark{len(kept) - 1}x"


def _follow(sign: str, state: _State) -> None:
    if state.quote:
        state.quote = "" if sign == state.quote else state.quote
    elif sign == "<":
        state.in_tag = True
    elif sign == ">":
        state.in_tag = False
    elif state.in_tag:
        state.quote = sign


_ACTIVE = frozenset(
    {
        "script",
        "iframe",
        "frame",
        "object",
        "embed",
        "applet",
        "form",
        "input",
        "button",
        "select",
        "textarea",
    }
    | {"base", "svg", "math", "video", "audio", "dialog", "portal"}
)
_ADDRESSES = ("href", "src", "background", "action", "formaction", "poster", "xlink:href")
_NO_LINK = re.compile(r"(?:javascript|vbscript|data|file):", re.IGNORECASE)
_OVERREAD = re.compile(r"[\x00-\x20]+")  # what browsers pass over within an address
_KNOWN_WAY = re.compile(r"(?:https?://|mailto:|tel:|sms:|cid:|#|\{\{|\{%)", re.IGNORECASE)
_SCHEMELESS = re.compile(r"//")


def refusals(source: str) -> list[str]:
    """Say what no mail may hold: whatever runs, asks, frames or embeds. Mail programs drop it or the whole mail."""
    if not source.strip():
        return []
    found: dict[str, None] = {}
    for node in _nodes(source):
        for sentence in _refused(node):
            found.setdefault(sentence)
    return list(found)


def _nodes(source: str) -> list[LexborNode]:
    root = LexborHTMLParser(_LIQUID.sub("x", source)).root
    return root.css("*") if root else []


def _refused(node: LexborNode) -> list[str]:
    tag, attributes = node.tag or "", node.attributes
    said = [f"<{tag}> does not work in mails. Take it out."] if tag in _ACTIVE else []
    if tag == "meta" and (attributes.get("http-equiv") or "").lower() == "refresh":
        said.append("A mail cannot lead elsewhere by itself. Take <meta http-equiv=refresh> out.")
    said += [
        f"{name} runs a script, which no mail may. Take it out."
        for name in attributes
        if name.startswith("on")
    ]
    if any(_NO_LINK.match(_OVERREAD.sub("", attributes.get(name) or "")) for name in _ADDRESSES):
        said.append("Addresses of links and images begin with https://. Correct the one that does not.")
    return said


def relative_addresses(source: str) -> list[str]:
    """Return the addresses of links and images that lead nowhere from a mail."""
    masked = _LIQUID.sub(lambda liquid: "{{x}}" if liquid.group().startswith("{{") else "", source)
    found: dict[str, None] = {}
    for node in LexborHTMLParser(masked).css("[href], [src], [background]"):
        for name in ("href", "src", "background"):
            address = (node.attributes.get(name) or "").strip()
            if address and (_SCHEMELESS.match(address) or not _KNOWN_WAY.match(address)):
                found.setdefault(address[:200])
    return list(found)


ADVICE: Mapping[str, str] = MappingProxyType(
    {
        "clipped": "The HTML has {size} kB; Gmail cuts mails at 102 kB and hides the way out below. Shorten it.",
        "image_without_alt": "{count} of the images have no words for readers who see none. Give each an alt text.",
        "link_without_https": "{count} of the links do not begin with https://. Spam filters mind that.",
        "only_images": "The mail says almost nothing without its images, which many programs do not load.",
        "heavy": "With its files the mail weighs {size} MB; some servers refuse more than 10.",
    }
)
"""What a written mail may be told, by code. It leaves all the same."""

_GMAIL_CUTS = 102_000
_HEAVY = 10_000_000
_FEW_WORDS = 20


def advice(html: str, text: str, size: int) -> dict[str, str]:
    """Return what is to be thought of for a mail as it would leave, by code; `size` in bytes as it travels."""
    found: dict[str, str] = {}
    parsed = LexborHTMLParser(html) if html else None
    images = parsed.css("img") if parsed else []
    bare = [image for image in images if image.attributes.get("alt") is None]
    links = [node.attributes.get("href") or "" for node in parsed.css("a[href]")] if parsed else []
    plain = [link for link in links if link.lower().startswith("http://")]
    if len(html.encode("utf-8", "replace")) > _GMAIL_CUTS:
        found["clipped"] = ADVICE["clipped"].format(size=len(html.encode("utf-8", "replace")) // 1000)
    if bare:
        found["image_without_alt"] = ADVICE["image_without_alt"].format(count=len(bare))
    if plain:
        found["link_without_https"] = ADVICE["link_without_https"].format(count=len(plain))
    if images and len(text.split()) < _FEW_WORDS:
        found["only_images"] = ADVICE["only_images"]
    if size > _HEAVY:
        found["heavy"] = ADVICE["heavy"].format(size=round(size / 1_000_000))
    return found
