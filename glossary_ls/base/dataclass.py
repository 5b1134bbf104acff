"""Data classes as in the standard `dataclasses`, which are made in little time.

The standard decorator compiles six methods for each class: a third of the start of a check, which has 120
classes. Here, `__init__` is compiled for the first object of a class, and the other methods are shared. A
type checker sees the standard decorator and reports assignments to `frozen` objects; at run time nothing
prevents them, so that an object is made in a third of the time. `dataclasses.fields`, `replace` and
`asdict` accept these classes, too. This module must not import `dataclasses` before its functions are used,
and must not know any class.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from dataclasses import dataclass, field, fields, is_dataclass, replace  # noqa: TID251  for mypy

__all__ = ["dataclass", "field", "fields", "is_dataclass", "replace"]

_MISSING: Any = object()
_NO_METADATA: Mapping[str, object] = {}


class _Field:
    """A field of a class, with attributes like those of `dataclasses.Field`."""

    __slots__ = ("compare", "default", "default_factory", "init", "metadata", "name")

    def __init__(
        self,
        default: object = _MISSING,
        default_factory: Callable[[], object] = _MISSING,
        *,
        init: bool = True,
        compare: bool = True,
        metadata: Mapping[str, object] = _NO_METADATA,
    ) -> None:
        self.name = ""
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.compare = compare
        self.metadata = metadata


_FIELDS: dict[type, dict[str, _Field]] = {}


def _fields_of(cls: type) -> dict[str, _Field]:
    """Return the fields of a class by their names; those of the nearest base that is a data class."""
    return next((_FIELDS[base] for base in cls.__mro__ if base in _FIELDS), {})


if not TYPE_CHECKING:
    field = _Field

    def fields(subject: object) -> tuple[_Field, ...]:
        """Return the fields of a data class, or of an object of one."""
        return tuple(_fields_of(subject if isinstance(subject, type) else type(subject)).values())

    def is_dataclass(subject: object) -> bool:
        """Return whether an object is a data class, or an object of one."""
        cls = subject if isinstance(subject, type) else type(subject)
        return not _FIELDS.keys().isdisjoint(cls.__mro__)

    def replace(instance: object, /, **changes: object) -> object:
        """Return a copy of an object with other values of some fields."""
        cls = type(instance)
        for name, each in _fields_of(cls).items():
            if each.init and name not in changes:
                changes[name] = getattr(instance, name)
        return cls(**changes)

    def dataclass(cls: type | None = None, /, **options: bool) -> object:
        """Make a class a data class; the options are those of `dataclasses.dataclass`."""
        return _made(cls) if cls else lambda cls: _made(cls, **options)


def _made(
    cls: type, *, eq: bool = True, frozen: bool = False, slots: bool = False, weakref_slot: bool = False
) -> type:
    own = cls.__annotations__
    known = dict(_fields_of(cls))
    members = dict(cls.__dict__)
    for name in own:
        default = members.get(name, _MISSING)
        known[name] = default if isinstance(default, _Field) else _Field(default)
        known[name].name = name
        if slots or default is known[name]:
            members.pop(name, None)
    if slots:
        inherited = {name for base in cls.__mro__[1:] for name in getattr(base, "__slots__", ())}
        names = [name for name in own if name not in inherited]
        members["__slots__"] = (*names, "__weakref__") if weakref_slot else tuple(names)
        for name in ("__dict__", "__weakref__"):
            members.pop(name, None)
        cls = type(cls)(cls.__name__, cls.__bases__, members)
    else:
        for name in cls.__dict__.keys() - members.keys():
            delattr(cls, name)
    _FIELDS[cls] = known
    for name, value in _methods(cls, known, eq=eq, frozen=frozen):
        # A class without a method of its own that defines `__eq__` has None as its `__hash__`.
        if cls.__dict__.get(name) is None:
            setattr(cls, name, value)
    return cls


def _methods(
    cls: type, known: Mapping[str, _Field], *, eq: bool, frozen: bool
) -> Iterator[tuple[str, object]]:
    """Yield the members of a data class that do not depend on anything else than its fields."""

    def __init__(self: object, *values: object, **named: object) -> None:  # noqa: N807  a method of the class
        initialize = _initializer(cls, known)
        setattr(cls, "__init__", initialize)  # noqa: B010  mypy takes an assignment for one to a method
        initialize(self, *values, **named)

    yield "__init__", __init__
    yield "__repr__", _repr
    yield "__match_args__", tuple(name for name, each in known.items() if each.init)
    yield "__dataclass_fields__", _StandardFields()
    if eq:
        compared = [name for name, each in known.items() if each.compare]
        key: Callable[[object], object] = attrgetter(*compared) if compared else lambda _: ()

        def __eq__(self: object, other: object) -> bool:  # noqa: N807  as above
            return key(self) == key(other) if other.__class__ is self.__class__ else NotImplemented

        yield "__eq__", __eq__
        yield "__hash__", (lambda self: hash(key(self))) if frozen else None


def _initializer(cls: type, known: Mapping[str, _Field]) -> Callable[..., None]:
    """Compile `__init__`."""
    names: dict[str, object] = {"_MISSING": _MISSING}
    parameters = ["self"]
    lines: list[str] = []
    for name, each in known.items():
        value = name
        default = f"_{name}_default"
        if each.default_factory is not _MISSING:
            names[default] = each.default_factory
            value = f"{default}() if {name} is _MISSING else {name}" if each.init else f"{default}()"
            default = "_MISSING"
        elif each.default is not _MISSING:
            names[default] = each.default
        else:
            default = ""
        if each.init:
            parameters.append(f"{name}={default}" if default else name)
        elif not default:
            continue
        elif each.default is not _MISSING:
            value = default
        lines.append(f"self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    body = "".join(f"\n    {line}" for line in lines or ["pass"])
    exec(f"def __init__({', '.join(parameters)}):{body}", names)  # noqa: S102  names only
    made = cast("Callable[..., None]", names["__init__"])
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


def _repr(self: object) -> str:
    values = ", ".join(f"{name}={getattr(self, name)!r}" for name in _fields_of(type(self)))
    return f"{type(self).__qualname__}({values})"


class _StandardFields:
    """The fields as objects of `dataclasses`, made when its functions or other packages ask for them."""

    __slots__ = ("_made",)

    def __init__(self) -> None:
        self._made: object = None

    def __get__(self, instance: object, cls: type) -> object:
        if self._made is None:
            import dataclasses  # noqa: PLC0415  takes 10 ms, and is rarely needed

            optional = ("default", "default_factory")
            rows = [
                (
                    each.name,
                    Any,
                    dataclasses.field(
                        init=each.init,
                        compare=each.compare,
                        metadata=each.metadata,
                        **{key: found for key in optional if (found := getattr(each, key)) is not _MISSING},
                    ),
                )
                for each in _fields_of(cls).values()
            ]
            made: Any = dataclasses.make_dataclass(cls.__name__, rows)
            self._made = made.__dataclass_fields__
        return self._made
