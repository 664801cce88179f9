"""A changed copy is what `dataclasses.replace` makes, and its source stays as it was."""

from dataclasses import FrozenInstanceError, dataclass, field, replace
from typing import Any

import pytest

from drumbeat.core.evolve import evolve, maker


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
    with pytest.raises(AttributeError, match="z"):
        evolve(Point(x=1), **dict[str, Any](x=2, z=3))


def test_a_value_that_works_something_out_is_refused():
    with pytest.raises(TypeError, match="Square works something out"):
        evolve(Square(2), side=3)


@dataclass(frozen=True, slots=True)
class Lone:
    side: int


def test_a_value_of_one_field_is_copied_too():
    assert evolve(Lone(1), side=2) == Lone(2)
    assert evolve(Lone(1)) == Lone(1)


def test_a_row_makes_the_value_that_the_constructor_makes():
    made = maker(Point, ("names", "y", "x"))([{"a": 1}, 2, 3])
    assert made == Point(x=3, y=2, names={"a": 1})


@pytest.mark.parametrize("made", [evolve(Point(x=1), y=2), maker(Point, ("x", "y", "names"))([1, 2, {}])])
def test_what_was_made_is_frozen(made):
    assert type(made) is Point
    with pytest.raises(FrozenInstanceError):
        made.x = 2  # type: ignore[misc]


def test_a_row_must_hold_every_field_and_no_other():
    with pytest.raises(TypeError, match="Point is made of x, y, names, not of x, y"):
        maker(Point, ("x", "y"))
    with pytest.raises(TypeError, match="names"):
        maker(Point, ("x", "y", "names"))([1, 2])
