"""YAML as plain values, with the place of each. Bounded: a text of a few lines must not become a million values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from drumbeat.core.document.plain import MOST_VALUES
from drumbeat.core.errors import DomainError

LONGEST_FILE = 1_000_000  # characters
MOST_NODES = 60_000  # as they are written; reading each takes a time that one can feel
DEEPEST = 60  # levels; a document has at most 40
_COLLECTIONS = frozenset({"tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"})


@dataclass(frozen=True, slots=True)
class Place:
    """A line and a column, both from 1."""

    line: int
    column: int


@dataclass(slots=True)
class Marked:
    """Values, and by dotted path (`flow.steps.2.delay`) where each stands; the whole is at ""."""

    data: Any = None
    places: dict[str, Place] = field(default_factory=dict)


class Unreadable(DomainError):
    """Code `file_unreadable`: the text is no YAML, or more than a file may be. `place` says where, if anywhere."""

    def __init__(self, message: str, place: Place | None = None) -> None:
        super().__init__("file_unreadable", message)
        self.place = place


def read_marked(text: str) -> Marked:
    """Read one YAML document. Raises Unreadable."""
    if len(text) > LONGEST_FILE:
        raise Unreadable(f"The file has more than {LONGEST_FILE:,} characters. Split it.")
    try:
        node = yaml.compose(text, _Loader)
        return _Walk().whole(node)
    except yaml.MarkedYAMLError as error:
        said = ", ".join(filter(None, (error.context, error.problem)))
        raise Unreadable(f"{said}.", _place(error.problem_mark)) from None
    except yaml.YAMLError as error:
        raise Unreadable(f"This is not YAML: {error}.") from None
    except RecursionError:
        raise Unreadable("This is nested too deeply.") from None


class _Loader(yaml.SafeLoader):
    """Stops where a text has too many nodes, before it has read them all."""

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self._nodes = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        self._nodes += 1
        if self._nodes > MOST_NODES:
            raise Unreadable(f"The file holds more than {MOST_NODES:,} values. Split it.")
        return super().compose_node(parent, index)


def _place(mark: yaml.Mark | None) -> Place | None:
    return Place(mark.line + 1, mark.column + 1) if mark else None


class _Walk:
    """Copies a tree of nodes; what an alias points to is copied, and counted, each time."""

    def __init__(self) -> None:
        self._left = MOST_VALUES
        self._scalars = yaml.constructor.SafeConstructor()
        self._marked = Marked()

    def whole(self, node: yaml.Node | None) -> Marked:
        if node is not None:
            self._marked.data = self._copy(node, "", 0)
        return self._marked

    def _copy(self, node: yaml.Node, path: str, depth: int) -> Any:
        place = Place(node.start_mark.line + 1, node.start_mark.column + 1)
        self._left -= 1
        if self._left < 0:
            raise Unreadable(f"The file holds more than {MOST_VALUES:,} values. Split it.", place)
        if depth > DEEPEST:
            raise Unreadable("This is nested too deeply.", place)
        self._marked.places.setdefault(path, place)
        if not isinstance(node, yaml.ScalarNode) and node.tag not in _COLLECTIONS:
            raise Unreadable(f"The tag {node.tag!r} is not read here.", place)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path, depth)
        if isinstance(node, yaml.SequenceNode):
            return [
                self._copy(each, _join(path, str(index)), depth + 1) for index, each in enumerate(node.value)
            ]
        return self._scalar(node, place)

    def _mapping(self, node: yaml.MappingNode, path: str, depth: int) -> dict[str, Any]:
        copied: dict[str, Any] = {}
        for key, value in node.value:
            place = Place(key.start_mark.line + 1, key.start_mark.column + 1)
            name = key.value if isinstance(key, yaml.ScalarNode) else None
            if name is None or key.tag == "tag:yaml.org,2002:merge":
                raise Unreadable("Keys are written as text; merging of keys is not read.", place)
            if name in copied:
                raise Unreadable(f"The key {name!r} comes twice.", place)
            self._marked.places[_join(path, name)] = place
            copied[name] = self._copy(value, _join(path, name), depth + 1)
        return copied

    def _scalar(self, node: yaml.Node, place: Place) -> Any:
        try:
            return self._scalars.construct_object(node, deep=True)
        except (yaml.YAMLError, ValueError) as fault:
            said = fault.problem if isinstance(fault, yaml.MarkedYAMLError) else str(fault)
            raise Unreadable(f"{said}.", place) from None


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
