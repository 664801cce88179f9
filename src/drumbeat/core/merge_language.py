"""The language of merge texts: Liquid without what reads files, clocks or secrets, and with bounds.

Templates are untrusted (reliability T1, T2): allow-lists of tags and filters, a limit on everything
that can grow. Nothing here knows what a contact is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, TextIO

from liquid import BoundTemplate, Environment, FalsyStrictUndefined, Mode
from liquid.ast import ConditionalBlockNode, Node
from liquid.builtin.expressions.primitive import RangeLiteral
from liquid.builtin.tags.case_tag import CaseNode, MultiExpressionBlockNode
from liquid.builtin.tags.for_tag import ForNode, ForTag
from liquid.builtin.tags.if_tag import IfNode
from liquid.builtin.tags.tablerow_tag import TablerowNode, TablerowTag
from liquid.builtin.tags.unless_tag import UnlessNode
from liquid.context import RenderContext
from liquid.exceptions import LiquidError, ResourceLimitError
from liquid.expression import Expression
from liquid.utils import ReadOnlyChainMap

from drumbeat.core.errors import DomainError
from drumbeat.core.merge_filters import MAX_ITEMS, bounded

MAX_SOURCE = 100_000
MAX_TAGS = 1_000
MAX_TAG = 5_000
CACHED = 512
# What loops may cost is their rounds times their bodies: texts with many tags, and long ones, get fewer rounds.
_ROUNDS = (1_000, 500, 200, 100, 50, 20)
_LENGTHS = ((2_000, 1_000), (10_000, 200), (MAX_SOURCE, 20))
_STEPS = 20_000
_TAGS = frozenset(
    {"content", "output", "illegal", "if", "unless", "case", "for", "break", "continue", "tablerow"}
    | {"capture", "cycle", "assign", "increment", "decrement", "echo", "liquid", "comment", "#", "doc"}
    | {"raw", "ifchanged"}
)
CHOICES = (IfNode, UnlessNode, CaseNode, ConditionalBlockNode, MultiExpressionBlockNode)
_OPENING = re.compile(r"\{[{%]")
_CLOSING = {tag: re.compile(rf"\{{%-?\s*end{tag}\s*-?%\}}") for tag in ("raw", "doc")}


class MergeError(DomainError):
    """Codes: `merge_syntax`, `merge_value_missing`, `merge_limit`, `merge_failed`."""


@lru_cache(maxsize=CACHED)
def parse(source: str, html: bool) -> BoundTemplate:
    if len(source) > MAX_SOURCE:
        raise MergeError("merge_limit", f"The text is longer than {MAX_SOURCE:,} characters.")
    environment = _environment(html, _rounds(source, _tags_in(source)))
    try:
        template = environment.from_string(source)
    except Exception as fault:  # the parser recurses: deep nesting raises RecursionError too
        place = fault.context() if isinstance(fault, LiquidError) else None
        raise _unreadable(place[0] if place else 1, said(fault)) from fault
    _refuse_what_is_unknown(template, source)
    return template


def _refuse_what_is_unknown(template: BoundTemplate, source: str) -> None:
    for name, places in template.analyze().filters.items():
        if name not in template.env.filters:
            raise _unreadable(line_of(source, places[0].index), f"there is no filter {name}")
    for node in _nodes(template):
        if isinstance(node, CHOICES) and any(map(_has_range, node.expressions())):
            raise _unreadable(line_of(source, node.token.start_index), "a range cannot be compared")


def _nodes(template: BoundTemplate) -> Iterator[Node]:
    nodes = list(template.nodes)
    while nodes:
        node = nodes.pop()
        yield node
        nodes += node.children(RenderContext(template))


def _has_range(expression: Expression) -> bool:
    return isinstance(expression, RangeLiteral) or any(map(_has_range, expression.children()))


def _rounds(source: str, tags: int) -> int:
    longest = next(rounds for length, rounds in _LENGTHS if len(source) <= length)
    return next(rounds for rounds in _ROUNDS if rounds <= longest and rounds * tags <= _STEPS)


def _tags_in(source: str) -> int:
    """Count the tags. Refuse what never closes or is too much, in one pass: the parser's own way takes minutes."""
    end = tags = 0
    while opening := _OPENING.search(source, end):
        close = _close_of(source, opening)
        if close < 0:
            raise _unreadable(line_of(source, opening.start()), f"{opening.group()} is not closed")
        end = close + 2
        tags += 1 + source.count("\n", opening.start(), end)  # each line of {% liquid %} is a tag
        if tags > MAX_TAGS:
            raise MergeError("merge_limit", f"The text has more than {MAX_TAGS:,} merge tags.")
    return tags


def _close_of(source: str, opening: re.Match[str]) -> int:
    """Return where the tag's closing delimiter begins, that of its end tag for raw text, or -1."""
    close = source.find("}}" if opening.group() == "{{" else "%}", opening.end())
    if close - opening.start() > MAX_TAG:
        raise MergeError("merge_limit", f"A merge tag is longer than {MAX_TAG:,} characters.")
    name = source[opening.end() : close].strip("- \t\r\n")
    if close < 0 or opening.group() == "{{" or name not in _CLOSING:
        return close
    closing = _CLOSING[name].search(source, close)
    return closing.end() - 2 if closing else -1


def _unreadable(line: int, why: str) -> MergeError:
    message = f"The merge tags cannot be read, line {line}: {why}."
    return MergeError("merge_syntax", message, {"line": str(line)})


class _Context(RenderContext):
    """Without the built-in `now` and `today`: they read the clock."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.scope = ReadOnlyChainMap(self.locals, self.globals, self.counters)

    def assign(self, key: str, val: Any) -> None:
        _measure(val)
        super().assign(key, val)


class _Template(BoundTemplate):
    context_class = _Context


class _For(ForNode):
    """Skipping into a range walks through it: it is measured whole."""

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        _measure(self.expression.iterable.evaluate(context))
        return super().render_to_output(context, buffer)


class _Tablerow(TablerowNode):
    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        _measure(self.expression.iterable.evaluate(context))
        return super().render_to_output(context, buffer)


class _ForTag(ForTag):
    node_class = _For


class _TablerowTag(TablerowTag):
    node_class = _Tablerow


def _measure(items: object) -> None:
    if isinstance(items, range) and items.stop - items.start > MAX_ITEMS:
        raise ResourceLimitError(f"a range has more than {MAX_ITEMS:,} items", token=None)


@lru_cache
def _environment(html: bool, rounds: int) -> Environment:
    class Bounded(Environment):
        output_stream_limit = 200_000
        loop_iteration_limit = rounds
        local_namespace_limit = 20_000
        context_depth_limit = 10
        template_class = _Template

    environment = Bounded(
        undefined=FalsyStrictUndefined, tolerance=Mode.STRICT, strict_filters=True, autoescape=html
    )
    environment.add_tag(_ForTag)
    environment.add_tag(_TablerowTag)
    environment.filters = bounded(environment.filters)
    environment.tags = {name: tag for name, tag in environment.tags.items() if name in _TAGS}
    return environment


def merge_tag_names() -> frozenset[str]:
    """Return the tags that a text may use, without those that are parts of the parser."""
    return frozenset(_environment(False, _ROUNDS[0]).tags) - {"content", "output", "illegal"} | {"raw"}


def merge_filter_names() -> frozenset[str]:
    return frozenset(_environment(False, _ROUNDS[0]).filters)


def line_of(source: str, start: int) -> int:
    return source.count("\n", 0, start) + 1


def said(fault: Exception) -> str:
    said = fault.args[0] if isinstance(fault, LiquidError) and fault.args else "it is too complex or wrong"
    return str(said)[:200]
