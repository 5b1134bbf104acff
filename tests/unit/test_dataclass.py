"""Data classes: the same behavior as those of the standard library, whose decorator is the model."""

import copy
import dataclasses
import pickle
import weakref
from typing import Any

import pytest

from glossary_ls.base import dataclass as own


@own.dataclass(frozen=True, slots=True)
class Point:
    x: int
    y: int = 2
    note: str = own.field(default="", compare=False)


@dataclasses.dataclass(frozen=True, slots=True)
class StandardPoint:
    x: int
    y: int = 2
    note: str = dataclasses.field(default="", compare=False)


@own.dataclass(slots=True)
class Near:
    x: int
    y: int = 2


@own.dataclass(slots=True)
class Far(Near):
    tags: list[str] = own.field(default_factory=list)
    size: int = own.field(init=False)

    def __post_init__(self) -> None:
        self.size = len(self.tags)


@own.dataclass(eq=False)
class Plain:
    name: str = "x"
    parts: list[str] = own.field(default_factory=list)


@own.dataclass(frozen=True, slots=True, weakref_slot=True)
class Watched:
    pass


@pytest.mark.parametrize("arguments", [(1,), (1, 3), (1, 2, "z")])
def test_behaves_like_the_standard_one(arguments: tuple[Any, ...]) -> None:
    made: Any = Point(*arguments)
    model: Any = StandardPoint(*arguments)
    assert repr(made) == repr(model).replace("StandardPoint", "Point")
    assert (made == Point(1), hash(made) == hash(Point(1))) == (
        model == StandardPoint(1),
        hash(model) == hash(StandardPoint(1)),
    )
    assert made != model
    assert dataclasses.asdict(made) == dataclasses.asdict(model)
    assert [each.name for each in own.fields(made)] == [each.name for each in dataclasses.fields(model)]
    assert Point.__match_args__ == StandardPoint.__match_args__
    assert not hasattr(made, "__dict__")


def test_reports_wrong_arguments_like_the_standard_one() -> None:
    for wrong in ((), (1, 2, "", 4)):
        with pytest.raises(TypeError) as own_error:
            Point(*wrong)
        with pytest.raises(TypeError) as standard_error:
            StandardPoint(*wrong)
        assert str(own_error.value) == str(standard_error.value).replace("StandardPoint", "Point")


def test_copies() -> None:
    point = Point(1, note="a")
    for replaced in (own.replace(point, y=5), dataclasses.replace(point, y=5)):
        assert (replaced.x, replaced.y, replaced.note) == (1, 5, "a")
    for same in (copy.copy(point), copy.deepcopy(point), pickle.loads(pickle.dumps(point))):  # noqa: S301  its own
        assert (same, same.note) == (point, "a")


def test_inherits_fields_and_makes_a_default_for_each_object() -> None:
    one, other = Far(1, tags=["a"]), Far(1)
    assert (one.size, other.size, one.y) == (1, 0, 2)
    assert one != other
    assert other.tags is not Far(1).tags
    assert Far.__hash__ is None


def test_keeps_identity_and_weak_references_where_asked_for() -> None:
    assert Plain() != Plain()
    assert len({Plain(), Plain()}) == 2
    assert Plain().parts is not Plain().parts
    watched = Watched()
    assert weakref.ref(watched)() is watched
    assert watched == Watched()


def test_knows_its_classes() -> None:
    assert own.is_dataclass(Point)
    assert own.is_dataclass(Far(1))
    assert not own.is_dataclass("x")
