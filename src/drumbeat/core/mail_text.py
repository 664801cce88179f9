"""One text in its two forms: what a mail says as HTML and as plain text."""

from __future__ import annotations

import html
import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

_SILENT = frozenset({"head", "script", "style", "title", "template", "noscript"})
_LINE, _PARAGRAPH = "\x1e", "\x1d"  # ends wanted, however many are wanted at one place
_ENDS = {
    **dict.fromkeys(
        ("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote", "pre"), _PARAGRAPH
    ),
    **dict.fromkeys(("div", "tr", "li", "section", "article", "header", "footer", "hr"), _LINE),
}
_WANTED = re.compile(r"[\x1d\x1e][ \x1d\x1e]*")
_MAX_DEPTH = 3_000  # counts what is never closed too, such as paragraphs
_TAG = re.compile(r"<(/?)[a-zA-Z!][^<>]*>")
# A blockquote without a mark may be an indented paragraph of the writer's own.
_MARKED = (
    "blockquote[type=cite], blockquote.gmail_quote, .gmail_attr, .gmail_signature, .yahoo_quoted, .moz-cite-prefix,"
    " .moz-signature, .protonmail_quote, #OLK_SRC_BODY_SECTION, #divRplyFwdMsg ~ div, #divRplyFwdMsg"
)
_LINK = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]")
_PARAGRAPHS = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_SPACES = re.compile(r"[ \t\n\r\f\xa0\x1d\x1e]+")


def text_from_html(source: str) -> str:
    """Return the plain text of an HTML body: paragraphs kept, links as `words (address)`. Total."""
    if _is_too_deep(source):
        return _tidy(html.unescape(_TAG.sub(" ", source)))
    return _text_of(LexborHTMLParser(source).body)


def own_text_from_html(source: str) -> str:
    """Return the plain text of a received HTML body, without what its program marked as quoted or as signature.

    Where nothing else is left, all of it. Total.
    """
    if _is_too_deep(source):
        return text_from_html(source)
    parsed = LexborHTMLParser(source)
    for node in parsed.css(_MARKED):
        node.decompose()
    return _text_of(parsed.body) or text_from_html(source)


def _text_of(body: LexborNode | None) -> str:
    pieces: list[str] = []
    stack: list[LexborNode | str] = [body] if body else []
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            pieces.append(item)
        else:
            before, after = _around(item)
            pieces.append(before)
            stack.append(after)
            stack.extend(reversed(_children(item)))
    return _tidy("".join(pieces))


def html_from_text(source: str) -> str:
    """Return plain text as HTML that looks hand-written: paragraphs, line breaks, clickable addresses."""
    lines = source.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    paragraphs = (_linked(part).replace("\n", "<br>\n") for part in _PARAGRAPHS.split(lines))
    return "\n".join(f"<p>{part}</p>" for part in paragraphs)


def _is_too_deep(source: str) -> bool:
    """Tell whether the parser, whose time grows with the square of the depth, must not see this."""
    depth = 0
    for tag in _TAG.finditer(source):
        depth += -1 if tag.group(1) else 1
        if depth > _MAX_DEPTH:
            return True
    return False


def _children(node: LexborNode) -> list[LexborNode]:
    if node.tag in _SILENT:
        return []
    return list(node.iter(include_text=True))


def _around(node: LexborNode) -> tuple[str, str]:
    """Return what stands before and after the node's children."""
    tag = node.tag or ""
    if tag == "-text":
        return _SPACES.sub(" ", node.text(deep=False)), ""
    if tag == "a":
        return "", _address_of(node)
    if tag == "li":
        return f"{_LINE}- ", _LINE
    end = _ENDS.get(tag, "")
    return {"br": "\n", "img": node.attributes.get("alt") or "", "td": " ", "th": " "}.get(tag, end), end


def _address_of(link: LexborNode) -> str:
    href = (link.attributes.get("href") or "").strip()
    if not href.lower().startswith(("http://", "https://")) or link.text().strip() == href:
        return ""
    return f" ({href})"


def _tidy(text: str) -> str:
    text = _WANTED.sub(lambda ends: "\n\n" if _PARAGRAPH in ends.group() else "\n", text)
    lines = [re.sub(r" {2,}", " ", line).strip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _linked(paragraph: str) -> str:
    pieces, end = [], 0
    for found in _LINK.finditer(paragraph):
        href = html.escape(found.group())
        pieces += [html.escape(paragraph[end : found.start()]), f'<a href="{href}">{href}</a>']
        end = found.end()
    return "".join([*pieces, html.escape(paragraph[end:])])
