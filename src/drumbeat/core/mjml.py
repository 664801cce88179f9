"""MJML of mails as its authors write it: Liquid between the elements, turned into HTML that mail programs show alike.

Liquid runs first, so that a mail may have other sections for other people. The library behind recurses without a
bound and names few places, so every source is walked here first: bounded, matched, with lines.
"""

from __future__ import annotations

import re

from mjml import mjml2html

from drumbeat.core import markup
from drumbeat.core.merge_language import MergeError, line_of

MOST_DEEP = 60
MOST_SIGNS = 300_000
MOST_COPIED = 10_000_000
"""Signs that defaults and attributes may come to when the library writes them out on every element."""

_PIECES = re.compile(
    r"<!--.*?-->"
    r"|</(?P<closed>[^\s<>/\"']+)\s*>"
    r"|<(?P<opened>[a-zA-Z][^\s<>/\"'=]*+)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*?(?P<alone>/)?>"
    r"|<",
    re.DOTALL,
)
# Exactly these, in small letters, end by themselves.
_SINGLE = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
})  # fmt: skip
_KNOWN = frozenset({
    "mj-all", "mj-attributes", "mj-body", "mj-breakpoint", "mj-button", "mj-class", "mj-column",
    "mj-divider", "mj-font", "mj-group", "mj-head", "mj-hero", "mj-html-attributes", "mj-image", "mj-navbar",
    "mj-navbar-link", "mj-preview", "mj-raw", "mj-section", "mj-social", "mj-social-element", "mj-spacer",
    "mj-style", "mj-table", "mj-text", "mj-title", "mj-wrapper",
})  # fmt: skip
_REFUSED = {
    "mj-include": "No other file can be included. Write its content here.",
    "mj-accordion": "Mail programs cannot run an accordion. Write its texts below each other.",
    "mj-carousel": "Mail programs cannot run a carousel. Show its images below each other.",
}
_LIQUID = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_POSITION = re.compile(r" in root template(?: at position (\d+):\d+)?$")


class MjmlError(MergeError):
    """Code `mjml_invalid`; `line` counts from 1."""

    def __init__(self, line: int, sentence: str) -> None:
        super().__init__("mjml_invalid", f"Line {line}: {sentence}", {"line": str(line)})


def written(source: str) -> str:
    """Return the HTML page of MJML without Liquid in it, its styles on its elements too. Raises MjmlError.

    Nothing is fetched and no font is asked for but those that `mj-font` names.
    """
    _walk(source)
    _bear(source)
    try:
        page = mjml2html(source, fonts={})
    except ValueError as fault:
        raise _told(source, str(fault)) from None
    return markup.inlined_page(page)


def outlined(source: str) -> str:
    """Return the page of MJML that has Liquid in it, with `{{x}}` for each value, all branches one after the other.

    For audits: nobody gets it. Raises MjmlError with the line of the source.
    """
    _check_length(source)
    return written(_LIQUID.sub(_masked, source))


def _masked(liquid: re.Match[str]) -> str:
    lines = "\n" * liquid.group().count("\n")
    return ("{{x}}" if liquid.group().startswith("{{") else "") + lines


def _told(source: str, said: str) -> MjmlError:
    """Return what the library said as an error of ours; its places count bytes."""
    place = _POSITION.search(said)
    before = source.encode()[: int(place[1])] if place and place[1] else b""
    reason = f"This MJML cannot be read: {_POSITION.sub('', said)}."
    return _at(source, len(before.decode(errors="ignore")), f"{reason} Look at what stands here.")


def _at(source: str, start: int, sentence: str) -> MjmlError:
    return MjmlError(line_of(source, start), sentence)


def _walk(source: str) -> None:
    """Refuse what is no single, matched, bounded tree of known elements."""
    _check_length(source)
    open_: list[tuple[str, int]] = []
    end, has_ended = 0, False
    for found in _PIECES.finditer(source):
        if not open_:
            _check_outside(source, end, found.start())
        end = found.end()
        if not found.group().startswith("<!--"):
            _step(source, found, open_, is_first=not open_ and not has_ended)
            has_ended = has_ended or not open_
    if open_:
        name, start = open_[-1]
        raise _at(source, start, f"<{name}> is not closed. Write </{name}>.")
    _check_outside(source, end, len(source))
    if not has_ended:
        raise MjmlError(1, "This is no MJML. Begin with <mjml><mj-body>.")


def _check_length(source: str) -> None:
    if len(source) > MOST_SIGNS:
        raise MjmlError(1, f"The MJML is longer than {MOST_SIGNS:,} characters. Shorten it.")


def _bear(source: str) -> None:
    """Refuse attributes that are long for so many elements: the library may write each of them on every one."""
    tags = [found for found in _PIECES.finditer(source) if (found["opened"] or "").startswith("mj-")]
    start, end = source.find("<mj-head"), source.find("</mj-head")
    heads = sum(len(tag.group()) for tag in tags if start <= tag.start() < end)
    longest = max((len(tag.group()) for tag in tags if not start <= tag.start() < end), default=0)
    if (heads + longest) * len(tags) > MOST_COPIED:
        raise MjmlError(1, "The attributes are too long for so many elements. Shorten them, or the mail.")


def _check_outside(source: str, start: int, end: int) -> None:
    between = source[start:end]
    if between.strip():
        start += len(between) - len(between.lstrip())
        raise _at(source, start, "Text stands outside of <mjml>. Put it into an <mj-text>.")


def _step(source: str, found: re.Match[str], open_: list[tuple[str, int]], *, is_first: bool) -> None:
    """Follow one tag."""
    start = found.start()
    if found["closed"]:
        _close(source, start, found["closed"], open_)
        return
    name = found["opened"]
    if not name:
        raise _at(source, start, "A < opens no element here. Write &lt; for the sign.")
    if refusal := _refusal(name, is_first=is_first):
        raise _at(source, start, refusal)
    if found["alone"] or name in _SINGLE:
        return
    open_.append((name, start))
    if len(open_) > MOST_DEEP:
        raise _at(source, start, f"Elements are nested more than {MOST_DEEP} deep. Flatten them.")


def _close(source: str, start: int, name: str, open_: list[tuple[str, int]]) -> None:
    if not open_ or open_[-1][0] != name:
        inner = f" <{open_[-1][0]}> is still open." if open_ else ""
        raise _at(source, start, f"</{name}> closes nothing here.{inner}")
    open_.pop()


def _refusal(name: str, *, is_first: bool) -> str:
    """Say why an element cannot stand here; "" where it can."""
    if is_first != (name == "mjml"):
        return f"<{name}> cannot stand here. One <mjml> holds everything."
    if name.rpartition(":")[2].startswith("mj-") and name not in _KNOWN:
        return _REFUSED.get(name, f"There is no element <{name}>. Correct its name.")
    return ""
