"""A changed copy is what `dataclasses.replace` makes, and its source stays as it was."""

from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from drumbeat.core.evolve import evolve


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    x: int
    y: int = 0
    names: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Square:
    side: int
    area: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "area", self.side**2)


@pytest.mark.parametrize("changes", [{}, {"x": 7}, {"y": 8, "names": {"a": 1}}])
def test_a_copy_differs_in_what_was_changed_alone(changes):
    point = Point(x=1, y=2, names={"b": 2})
    assert evolve(point, **changes) == replace(point, **changes)
    assert point == Point(x=1, y=2, names={"b": 2})
    assert evolve(point).names is point.names


def test_a_field_that_is_not_there_is_refused():
    with pytest.raises(TypeError, match="Point has not all of the fields x, z"):
        evolve(Point(x=1), **dict[str, Any](x=2, z=3))


def test_a_value_that_works_something_out_is_refused():
    with pytest.raises(TypeError, match="Square works something out"):
        evolve(Square(2), side=3)
