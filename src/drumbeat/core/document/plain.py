"""A bounded copy of what came from outside, in plain JSON values that a database and a browser can hold."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import Any

LONGEST_TEXT = 100_000  # bytes
DEEPEST_NESTING = 10  # groups of a condition within each other
MOST_VALUES = 200_000
LARGEST_NUMBER = 2**53 - 1  # beyond it a browser rounds

_DEEPEST = 40  # levels of JSON; a condition nested as deep as it may be needs 28

Problems = dict[str, str]


class Copier:
    """Copies a value; what cannot be kept is reported by its path in `problems` and becomes null."""

    def __init__(self) -> None:
        self.problems: Problems = {}
        self._left = MOST_VALUES

    def copy(self, value: object, path: str, depth: int = 0, nesting: int = 0) -> Any:
        self._left -= 1
        if self._left < 0:
            return self._refuse("document", f"Holds more than {MOST_VALUES} values. Split it.")
        if depth > _DEEPEST:
            return self._refuse(path, "Is nested too deeply.")
        if isinstance(value, Mapping):
            return self._copy_object(value, path, depth, nesting)
        if isinstance(value, list | tuple):
            return [
                self.copy(each, f"{path}[{index}]", depth + 1, nesting)
                for index, each in enumerate(value)
                if self._left >= 0
            ]
        return self._copy_scalar(value, path)

    def _copy_object(
        self, value: Mapping[Any, object], path: str, depth: int, nesting: int
    ) -> dict[str, Any]:
        copied: dict[str, Any] = {}
        for key, each in value.items():
            if not isinstance(key, str) or _text_fault(key):
                self._refuse(path or "document", f"{key!r:.40} cannot be a key. Write keys as text.")
                continue
            inner, below = join(path, key), nesting + (key == "rules")
            if below > DEEPEST_NESTING and key == "rules":
                self._refuse(inner, f"Groups may be nested {DEEPEST_NESTING} deep. Flatten this one.")
            elif self._left >= 0:
                copied[str(key)] = self.copy(each, inner, depth + 1, below)
        return copied

    def _copy_scalar(self, value: object, path: str) -> Any:
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, str):
            fault = _text_fault(value)
            return self._refuse(path, fault) if fault else str(value)
        if isinstance(value, int | float):
            fault = _number_fault(value)
            return self._refuse(path, fault) if fault else value
        if isinstance(value, date):  # YAML reads 2026-03-01 as one
            return value.isoformat()
        return self._refuse(path, f"A {type(value).__name__} has no place in a document.")

    def _refuse(self, path: str, sentence: str) -> None:
        self.problems.setdefault(path, sentence)


def join(path: str, key: str) -> str:
    key = key or '""'
    return f"{path}.{key}" if path else key


def _text_fault(text: str) -> str | None:
    if "\0" in text:
        return "Holds a NUL character. Remove it."
    try:
        size = len(text.encode())
    except UnicodeEncodeError:
        return "Holds half a character (a lone surrogate). Remove it."
    if size > LONGEST_TEXT:
        return f"Is {size:,} bytes long; {LONGEST_TEXT:,} are possible. Shorten it."
    return None


def _number_fault(number: int | float) -> str | None:
    if isinstance(number, float):
        return None if math.isfinite(number) else "Must be a finite number."
    if abs(number) > LARGEST_NUMBER:
        return f"Must be between -{LARGEST_NUMBER} and {LARGEST_NUMBER}."
    return None
