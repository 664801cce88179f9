"""How large a condition may be: so large that nobody meets it, so small that any database reads it at once."""

from __future__ import annotations

from collections.abc import Iterator

from drumbeat.core.conditions.rules import Condition, Group, Rule, rules_with_paths

MOST_RULES = 100
MOST_LISTED = 500
"""Values in all lists of one condition together."""
DEEPEST = 10


def excess(condition: Condition) -> Iterator[tuple[str, str]]:
    """Yield path and sentence of what goes beyond the bounds; each bound is named once."""
    listed = 0
    told = False
    for number, (path, rule) in enumerate(rules_with_paths(condition)):
        if number == MOST_RULES:
            yield path, f"A condition has at most {MOST_RULES} rules. Make lists of values, or tags, of some."
        listed += len(rule.value) if isinstance(rule.value, tuple) else 0
        if listed > MOST_LISTED and not told:
            told = True
            text = f"The lists of a condition hold at most {MOST_LISTED} values together. Tag those contacts."
            yield f"{path}.value", text
    if (deep := _too_deep(condition)) is not None:
        yield deep, f"Groups may be nested {DEEPEST} deep. Flatten this one."


def _too_deep(condition: Condition) -> str | None:
    stack: list[tuple[str, Rule | Group, int]] = [("", condition, 1)]
    while stack:
        path, entry, depth = stack.pop()
        if isinstance(entry, Rule):
            continue
        if depth > DEEPEST:
            return path
        prefix = f"{path}." if path else ""
        stack.extend((f"{prefix}rules[{i}]", each, depth + 1) for i, each in enumerate(entry.rules))
    return None
