"""Changed copies of frozen, slotted values, for places that make very many of them.

`dataclasses.replace` runs the whole constructor again and takes more than twice as long; one move of an enrollment
makes one or two copies.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

__all__ = ["evolve"]

V = TypeVar("V")

if TYPE_CHECKING:
    # The type checker knows this function: names and types of the changes stay checked.
    from dataclasses import replace as evolve
else:

    def evolve(value: V, /, **changes: Any) -> V:
        """Return a copy with these fields changed. For values whose constructor only stores what it is given."""
        kind = type(value)
        copy = object.__new__(kind)
        changed = 0
        for name, read, write in _slots(kind):
            if name in changes:
                changed += 1
                write(copy, changes[name])
            else:
                write(copy, read(value))
        if changed != len(changes):
            raise TypeError(f"{kind.__name__} has not all of the fields {', '.join(sorted(changes))}")
        return copy


Slot = tuple[str, Callable[[Any], Any], Callable[[Any, Any], None]]


@cache
def _slots(kind: type[Any]) -> tuple[Slot, ...]:
    """Return what reads and writes each field past the frozen surface."""
    if hasattr(kind, "__post_init__"):
        raise TypeError(f"{kind.__name__} works something out when it is made: use dataclasses.replace")
    members = ((field.name, kind.__dict__[field.name]) for field in fields(kind))
    return tuple((name, member.__get__, member.__set__) for name, member in members)
