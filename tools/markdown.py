"""Reads the pages: parsing, titles and the anchors of headings as the code host makes them."""

import re
from collections.abc import Iterator
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def title(text: str) -> str:
    """Return the first heading of a page, or an empty string."""
    return next((heading for heading in headings(text)), "")


def headings(text: str) -> Iterator[str]:
    tokens = PARSER.parse(text)
    for opening, content in pairwise(tokens):
        if opening.type == "heading_open":
            yield "".join(child.content for child in content.children or [])


def anchors(text: str) -> set[str]:
    return {slug(heading) for heading in headings(text)}


def slug(heading: str) -> str:
    kept = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return kept.replace(" ", "-")


def targets(text: str) -> Iterator[str]:
    """Yield what the links and pictures of a page point to."""
    for token in _inline(PARSER.parse(text)):
        address = token.attrGet("href") or token.attrGet("src")
        if address:
            yield str(address)


def _inline(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _inline(token.children or [])
