"""Frozen, slotted values and changed copies of them, for places that make very many.

The constructor of a frozen dataclass goes past its own frozen surface for every field, and `dataclasses.replace` runs
the whole constructor again: both take several times as long. Here a value is written in a class of the same slots that
is not frozen, and then gets its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, make_dataclass
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

__all__ = ["evolve", "maker"]

V = TypeVar("V")

if TYPE_CHECKING:
    # The type checker knows this function: names and types of the changes stay checked.
    from dataclasses import replace as evolve
else:

    def evolve(value: V, /, **changes: Any) -> V:
        """Return a copy with these fields changed. For values whose constructor only stores what it is given."""
        shape = _shape(type(value))
        copy = shape.open(*shape.read(value))
        for name, changed in changes.items():
            setattr(copy, name, changed)
        copy.__class__ = type(value)
        return copy


def maker(kind: type[V], names: Sequence[str]) -> Callable[[Sequence[Any]], V]:
    """Return what makes a value of `kind` out of all its fields, in the order of `names`, as a row holds them."""
    made_of = _shape(kind).names  # type: ignore[arg-type]  # the checker takes no class for hashable here
    if sorted(made_of) != sorted(names):
        raise TypeError(f"{kind.__name__} is made of {', '.join(made_of)}, not of {', '.join(names)}")
    in_order = _open(kind, names)

    def make(values: Sequence[Any]) -> V:
        made = in_order(*values)
        made.__class__ = kind
        return made  # type: ignore[no-any-return]

    return make


class _Shape(NamedTuple):
    """What reads all fields of a frozen value, and the class in which its copy is still open."""

    names: Sequence[str]
    read: Callable[[Any], Sequence[Any]]
    open: type[Any]


@cache
def _shape(kind: type[Any]) -> _Shape:
    if hasattr(kind, "__post_init__"):
        raise TypeError(f"{kind.__name__} works something out when it is made: use dataclasses.replace")
    names = [field.name for field in fields(kind)]
    read = attrgetter(*names) if len(names) > 1 else lambda value: [getattr(value, name) for name in names]
    return _Shape(names, read, _open(kind, names))


def _open(kind: type[Any], names: Sequence[str]) -> type[Any]:
    """Return a class of the same slots whose values may still be written."""
    return make_dataclass(kind.__name__, names, slots=True)
