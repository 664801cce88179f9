"""What is different between two texts, word by word. Total; long texts are compared line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Final, Literal

MOST_WORDS: Final = 2_000
"""Of each text: comparing takes as long as the product of both."""
_WORDS = re.compile(r"\s+|[^\s]+")
Kind = Literal["same", "added", "removed"]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text that both have, or one alone. The parts that are not added make up the text before."""

    kind: Kind
    text: str


def word_difference(before: str, after: str) -> list[Part]:
    """Return the parts in order, what was removed before what was added in its place."""
    old, new = _pieces(before), _pieces(after)
    parts = list(_parts(old, new))
    return [
        Part(kind, "".join(one.text for one in group)) for kind, group in groupby(parts, lambda one: one.kind)
    ]


def _pieces(text: str) -> list[str]:
    words = _WORDS.findall(text)
    return words if len(words) <= MOST_WORDS else text.splitlines(keepends=True)


def _parts(old: list[str], new: list[str]) -> Iterator[Part]:
    for tag, i, j, k, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Part("same", "".join(old[i:j]))
            continue
        if i < j:
            yield Part("removed", "".join(old[i:j]))
        if k < end:
            yield Part("added", "".join(new[k:end]))
