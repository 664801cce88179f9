"""The values of a sequence file: what it says, what is wrong with it, and where."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from drumbeat.core.flow import Flow
from drumbeat.core.sequence_file.marked import Place

FORMAT = 1
_INDEX = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class SequenceFile:
    """A sequence without its life: `settings` by name as JSON values, None where the file has no such section.

    `description` and `tags` are None where the file says nothing of them.
    """

    name: str
    flow: Flow
    description: str | None = None
    tags: tuple[str, ...] | None = None
    settings: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class FileFault:
    """What is wrong at `path`; line and column of `place` count from 1."""

    code: str
    path: str
    message: str
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRead:
    """A file that was read: what it says, or the faults that keep it from saying anything."""

    content: SequenceFile | None = None
    faults: Sequence[FileFault] = ()
    places: Mapping[str, Place] = field(default_factory=dict)

    def place_of(self, path: str) -> Place | None:
        """Return where `path` stands in the text, else the nearest thing around it that does."""
        parts = _INDEX.sub(r".\1", path).split(".")
        for length in range(len(parts), -1, -1):
            found = self.places.get(".".join(parts[:length]))
            if found is not None:
                return found
        return None
