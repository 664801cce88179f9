"""Texts that only write values out, `{{ a.b }}` or `{{ a.b | default: "c" }}`, filled without the interpreter.

Most texts are such, and interpreting them was the dearest part of a mail. What is filled here is to the letter what
the interpreter writes; whatever could turn out otherwise is left to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from liquid import BoundTemplate, escape
from liquid.ast import Node
from liquid.builtin.content import ContentNode
from liquid.builtin.expressions import FilteredExpression, Path
from liquid.builtin.expressions.arguments import PositionalArgument
from liquid.builtin.expressions.filtered import Filter
from liquid.builtin.expressions.primitive import StringLiteral
from liquid.builtin.output import OutputNode

_LONGEST = 40_000
_MOST_VALUES = 100
"""Bounds within which no limit of the interpreter is near."""
_COMPUTED = frozenset({"size", "first", "last"})
_UNCLEAR = object()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands. `fallback` None: without the value the text cannot be written."""

    path: tuple[str, ...]
    fallback: str | None


@dataclass(frozen=True, slots=True)
class PlainText:
    """The pieces of a text in their order: words, and places for values, which are escaped in HTML."""

    pieces: tuple[str | Place, ...]
    html: bool

    def filled(self, values: Mapping[str, Any]) -> str | None:
        """Return the text for values without empty ones, None where the interpreter must say what becomes of it."""
        written: list[str] = []
        for piece in self.pieces:
            if isinstance(piece, str):
                written.append(piece)
                continue
            value = _value(piece.path, values)
            if value is None:
                value = piece.fallback
            elif type(value) is str:
                value = escape(value) if self.html else value
            else:
                return None
            if value is None:
                return None
            written.append(value)
        text = "".join(written)
        return text if _leaves_as_it_is(text) else None


def plain_text(template: BoundTemplate, html: bool) -> PlainText | None:
    """Return `template` as plain text, None for one that does more than write values out."""
    pieces = [_piece(node) for node in template.nodes]
    found = tuple(piece for piece in pieces if piece is not None)
    if len(found) < len(pieces) or len(found) > _MOST_VALUES:
        return None
    return PlainText(found, html)


def _value(path: Sequence[str], values: Mapping[str, Any]) -> Any:
    """Return what stands under `path`, None where nothing does, `_UNCLEAR` where that is not for us to say."""
    found: Any = values
    for name in path:
        if not isinstance(found, dict):
            return _UNCLEAR
        if (found := found.get(name)) is None:
            return None
    return found


def _leaves_as_it_is(text: str) -> bool:
    """The interpreter makes LF of every line end, leaves NULs out, and refuses what is too long or no Unicode."""
    if len(text) > _LONGEST or "\r" in text or "\0" in text:
        return False
    return text.isascii() or text.encode("utf-8", "ignore").decode() == text


def _piece(node: Node) -> str | Place | None:
    if isinstance(node, ContentNode):
        return node.text
    expression = node.expression if isinstance(node, OutputNode) else None
    if not isinstance(expression, FilteredExpression) or not isinstance(expression.left, Path):
        return None
    path = [segment for segment in expression.left.path if isinstance(segment, str)]
    if len(path) < len(expression.left.path) or not _COMPUTED.isdisjoint(path):
        return None
    if not expression.filters:
        return Place(tuple(path), None)
    fallback = _fallback(expression.filters)
    return None if fallback is None else Place(tuple(path), fallback)


def _fallback(filters: Sequence[Filter]) -> str | None:
    """Return the text of a lone `default: "…"`, None for any other filter."""
    if len(filters) != 1 or filters[0].name != "default" or len(filters[0].args) != 1:
        return None
    argument = filters[0].args[0]
    if not isinstance(argument, PositionalArgument) or not isinstance(argument.value, StringLiteral):
        return None
    return argument.value.value
