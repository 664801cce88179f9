"""Merge tags: a Liquid text and a contact's values become the text that is sent.

Values are data: they are never read as template, and are escaped in HTML (reliability T3).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from liquid import BoundTemplate
from liquid.ast import Node
from liquid.builtin.expressions import FilteredExpression, Path
from liquid.context import RenderContext
from liquid.exceptions import ResourceLimitError, UndefinedError
from liquid.expression import Expression

from drumbeat.core.merge_filters import start_work
from drumbeat.core.merge_language import CACHED, CHOICES, MergeError, line_of, parse, said
from drumbeat.core.merge_plain import PlainText, plain_text

__all__ = [
    "MergeError",
    "MergeProblem",
    "Present",
    "check",
    "interpret",
    "present",
    "render",
    "render_line",
    "variables",
]

_LAST_PARTS = frozenset({"size", "first", "last"})
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


@dataclass(frozen=True, slots=True)
class MergeProblem:
    """Codes: `merge_syntax`, `unknown_merge_tag`, `merge_tag_without_fallback`. `line` counts from 1."""

    code: str
    name: str
    message: str
    line: int
    has_fallback: bool = False
    near: str = ""
    """The known name that is most like an unknown one."""


def render(source: str, values: Mapping[str, Any], html: bool = False) -> str:
    """Return the text for these values; raise MergeError.

    A value that is None or empty counts as missing: writing it out without a fallback raises
    `merge_value_missing`, `{% if %}` and `| default:` see it as absent. `now` is what "now" means.
    Line ends come out as LF, and no NUL comes out: no database and no channel takes one.
    """
    if not source:
        return ""
    values = values if isinstance(values, Present) else present(values)
    plain = _plain(source, html)
    if plain is not None and (text := plain.filled(values)) is not None:
        return text
    return interpret(source, values, html)


def interpret(source: str, values: Present, html: bool = False) -> str:
    """Return the text as the interpreter writes it, which says what every text means; raise MergeError."""
    template = parse(source, html)
    start_work()
    try:
        return str(template.render(values)).replace("\0", "")
    except UndefinedError as fault:
        raise MergeError("merge_value_missing", f"A merge tag has no value: {fault.args[0]}.") from fault
    except ResourceLimitError as fault:
        raise MergeError("merge_limit", f"The text asks for too much: {fault.args[0]}.") from fault
    except Exception as fault:  # a filter that chokes on a value is the text's trouble, not the engine's
        raise MergeError("merge_failed", f"The text cannot be written: {said(fault)}.") from fault


@lru_cache(maxsize=CACHED)
def _plain(source: str, html: bool) -> PlainText | None:
    return plain_text(parse(source, html), html)


def render_line(source: str, values: Mapping[str, Any]) -> str:
    """Render a subject: control characters and line ends of values become single spaces."""
    if not source:
        return ""
    return " ".join(_CONTROL.sub(" ", render(source, values)).split())


def variables(source: str) -> frozenset[str]:
    """Return the dotted names that a text reads from outside; raise MergeError `merge_syntax`."""
    return frozenset(name for name, *_ in _uses(parse(source, False)))


def check(source: str, known: Collection[str], always: Collection[str] = ()) -> list[MergeProblem]:
    """Say what is wrong with a text, in reading order, each name once. Total.

    `known` are the dotted names that exist, `always` those of them that every rendering has.
    """
    try:
        template = parse(source, False)
    except MergeError as fault:
        return [MergeProblem(fault.code, "", fault.message, int(fault.fields.get("line", "1")))]
    found: dict[tuple[str, str], MergeProblem] = {}
    for name, start, has_fallback in _uses(template):
        problem = _problem(name, line_of(source, start), has_fallback, known, always)
        if problem:
            found.setdefault((problem.code, problem.name), problem)
    return list(found.values())


def _problem(
    name: str, line: int, has_fallback: bool, known: Collection[str], always: Collection[str]
) -> MergeProblem | None:
    base, _, last = name.rpartition(".")
    name = base if last in _LAST_PARTS and name not in known else name
    if name not in known:
        [near] = get_close_matches(name, known, 1) or [""]
        hint = f" Did you mean {near}?" if near else ""
        message = f"There is no merge tag {name}.{hint}"
        return MergeProblem("unknown_merge_tag", name, message, line, has_fallback, near)
    if has_fallback or name in always:
        return None
    message = f'{name} may be empty: write {{{{ {name} | default: "…" }}}}.'
    return MergeProblem("merge_tag_without_fallback", name, message, line)


def _uses(template: BoundTemplate) -> Iterator[tuple[str, int, bool]]:
    """Yield each use of an outside name: the name, where it stands, whether its absence is provided for."""
    outside = {variable.span.index for uses in template.analyze().globals.values() for variable in uses}
    for node, asked in _nodes(template):
        provided = isinstance(node, CHOICES)
        for expression in node.expressions():
            for path, has_fallback in _paths(expression, provided):
                if path.token.start_index in outside:
                    yield _name(path), path.token.start_index, has_fallback or _name(path) in asked


def _nodes(template: BoundTemplate) -> Iterator[tuple[Node, frozenset[str]]]:
    """Yield each node in reading order, with the names that a condition around it asked for."""
    context = RenderContext(template)
    nodes: list[tuple[Node, frozenset[str]]] = [(node, frozenset()) for node in reversed(template.nodes)]
    while nodes:
        node, asked = nodes.pop()
        yield node, asked
        if isinstance(node, CHOICES):
            asked |= {_name(path) for part in node.expressions() for path, _ in _paths(part, True)}
        nodes += [(child, asked) for child in reversed(list(node.children(context)))]


def _paths(expression: Expression, provided: bool) -> Iterator[tuple[Path, bool]]:
    if isinstance(expression, Path):
        yield expression, provided
    if isinstance(expression, FilteredExpression) and any(
        f.name == "default" for f in expression.filters or ()
    ):
        yield from _paths(expression.left, provided=True)
        for child in expression.children():
            if child is not expression.left:
                yield from _paths(child, provided)
        return
    for child in expression.children():
        yield from _paths(child, provided)


def _name(path: Path) -> str:
    names = []
    for segment in path.path:
        if not isinstance(segment, str):
            break
        names.append(segment)
    return ".".join(names)


class Present(dict[str, Any]):
    """Values without those that count as missing."""


def present(values: Mapping[str, Any]) -> Present:
    """Return values for several renderings, so that they are looked through once."""
    found = Present()
    for key, value in values.items():
        if isinstance(value, str):  # nearly all are; asking whether something is a mapping takes long
            if value:
                found[key] = value
        elif isinstance(value, Mapping):
            found[key] = present(value)
        elif value is not None:
            found[key] = value
    return found
