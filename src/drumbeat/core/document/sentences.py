"""What pydantic found, as our paths and sentences: `steps[2].delay` -> what is wrong and what to write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from difflib import get_close_matches
from typing import Any, get_args

from pydantic_core import ErrorDetails

from drumbeat.core.conditions import Group, Rule
from drumbeat.core.document.form import Document
from drumbeat.core.document.plain import Problems, join
from drumbeat.core.flow import Arm, Branch, EmailContent, Hints, NamedBranch, Step, Way
from drumbeat.core.step_fields import FileRef

STEP_TYPES: Mapping[str, Any] = {step(key="a").kind: step for step in get_args(Step)}
KEYS_OF_STEPS = {kind: [field.name for field in fields(step)] for kind, step in STEP_TYPES.items()}
_OTHER_KEYS = [
    field.name
    for holder in (Document, Branch, Arm, NamedBranch, EmailContent, FileRef, Hints, Way, Rule, Group)
    for field in fields(holder)
]

_A_VALUE = "Must be text, a number, true, false or null; in a rule also a list of texts and numbers."
_AN_OBJECT = "Must be an object of keys and values."
_SENTENCES = {
    "missing": "Is missing.",
    "string_type": "Must be text.",
    "string_pattern_mismatch": "Must begin with a small letter; then up to 62 small letters, digits and _.",
    "string_too_long": "Has more than {max_length} characters. Shorten it.",
    "bool_type": "Must be true or false.",
    "int_type": "Must be a whole number.",
    "int_from_float": "Must be a whole number.",
    "greater_than_equal": "Must be at least {ge}.",
    "less_than_equal": "Must be at most {le}.",
    "literal_error": "Must be {expected}.",
    "enum": "Must be {expected}.",
    "tuple_type": "Must be a list.",
    "too_long": "Has {actual_length} entries; {max_length} are possible.",
    "dataclass_type": _AN_OBJECT,
    "dict_type": _AN_OBJECT,
    "mapping_type": _AN_OBJECT,
    "union_tag_not_found": "Has no kind. Write one of: {kinds}.",
    "union_tag_invalid": "There is no kind {tag!r:.40}.{close} Write one of: {kinds}.",
    "unexpected_keyword_argument": "Is not known here.{close}",
    "delay": "{reason}",
}
_WITHIN = {"union_tag_not_found": ("-", "kind"), "union_tag_invalid": ("-", "kind")}
_KINDS = ", ".join(STEP_TYPES)
_WITHIN_STEP = 3  # a place such as ("steps", 2, "email", "delay") names the kind on its way
_HOLD_STEPS = ("steps", "actions")


def describe(errors: Iterable[ErrorDetails], document: Mapping[str, Any]) -> Problems:
    """Return a sentence per path; of several errors in one place the first."""
    problems: Problems = {}
    for error in errors:
        place = (*error["loc"], *_WITHIN.get(error["type"], ()))
        problems.setdefault(path_of(place), _sentence(error, document))
    return problems


def path_of(place: tuple[int | str, ...]) -> str:
    """Write a place as a path, without what pydantic adds to it: kinds, rule or group, types of a value."""
    steps = [*place[:2], *place[3:]] if place[0] in _HOLD_STEPS else list(place)
    path = ""
    for part in steps:
        if isinstance(part, int):
            path += f"[{part}]"
        elif not part.startswith("<"):  # which form an entry has
            path = join(path, part)
        if part == "value":
            break
    return path or str(place[-1])


def _sentence(error: ErrorDetails, document: Mapping[str, Any]) -> str:
    place, context = error["loc"], error.get("ctx", {})
    if "value" in place[:-1]:
        return _A_VALUE
    sentence = _SENTENCES.get(error["type"], error["msg"])
    if error["type"] == "unexpected_keyword_argument":
        return sentence.format(close=did_you_mean(str(place[-1]), _known_keys(place, document)))
    if error["type"] == "union_tag_invalid":
        return sentence.format(close=did_you_mean(context["tag"], STEP_TYPES), kinds=_KINDS, **context)
    return sentence.format(kinds=_KINDS, **context)


def _known_keys(place: tuple[int | str, ...], document: Mapping[str, Any]) -> Iterable[str]:
    if place[0] in _HOLD_STEPS and len(place) == _WITHIN_STEP + 1:
        return KEYS_OF_STEPS[str(place[2])]
    return _OTHER_KEYS


def did_you_mean(word: str, known: Iterable[str]) -> str:
    close = get_close_matches(word, [each for each in known if each != word], n=1)
    return f" Did you mean {close[0]}?" if close else ""
