"""Named tuples of a student's own class: their items cross, so that a test compares them itself; their methods stay.

On the examiner's side such a class is a tuple with names, made here from nothing but the names. It is one class for the
whole session, so `isinstance(point, Point)` holds.
"""

from __future__ import annotations

import keyword
import operator
from typing import TYPE_CHECKING, Any

from grader.handles import DirectClass
from grader.wire import Decoder, Encoder, WireError

if TYPE_CHECKING:
    from grader.things import Things

__all__ = ["is_made", "is_named_tuple", "number_of", "read", "write", "write_class", "write_theirs"]

_FIELDS = 1000


def is_named_tuple(kind: type) -> bool:
    fields = getattr(kind, "_fields", None)
    return issubclass(kind, tuple) and type(fields) is tuple and all(map(_fits, fields))


def is_made(kind: type) -> bool:
    """Whether this class stands here for a student's."""
    return type(kind) is DirectClass


def number_of(kind: Any) -> int:
    number: int = kind._dojo_number
    return number


def write(to: Encoder, value: Any, things: Things) -> bool:
    """Write a student's named tuple; False if the value is none."""
    kind = type(value)
    if not is_named_tuple(kind) or tuple.__len__(value) != len(kind._fields):
        return False
    to.tag("P")
    to.number(1)
    _describe(to, kind, things)
    place = to.reserve()
    to.values(tuple.__len__(value), tuple.__iter__(value))
    to.fill(place, value)
    return True


def write_class(to: Encoder, kind: type, things: Things) -> None:
    to.tag("P")
    to.number(0)
    _describe(to, kind, things)


def _describe(to: Encoder, kind: Any, things: Things) -> None:
    number = things.lent.number(kind)
    to.number(number)
    known = number in things.lent.told
    to.number(int(known))
    if not known:
        things.tell(number)
        to.text(kind.__name__ if type(kind.__name__) is str else "")
        to.values(len(kind._fields), kind._fields)


def write_theirs(to: Encoder, value: Any) -> None:
    """Write a named tuple of a class that was made here, to the side that has the class."""
    to.tag("P")
    to.number(2)
    to.number(number_of(type(value)))
    place = to.reserve()
    to.values(tuple.__len__(value), tuple.__iter__(value))
    to.fill(place, value)


def read(source: Decoder, things: Things) -> Any:
    form, number = source.number(), source.number()
    if form == 2:
        kind = things.lent.value(number)
        if not (isinstance(kind, type) and is_named_tuple(kind)):
            raise WireError("this is no class of named tuples")
        return _items(source, kind)
    kind = things.held.known_class(number) if source.number() else _made(source, number, things)
    if not is_made(kind):
        raise WireError("this is no class of named tuples")
    return _items(source, kind) if form else kind


def _items(source: Decoder, kind: Any) -> Any:
    place = source.reserve()
    items = [source.value() for _ in range(source.count())]
    if len(items) != len(kind.__dict__.get("_fields", getattr(kind, "_fields", ()))):
        raise WireError("a named tuple has another number of items")
    value: Any = tuple.__new__(kind, items)
    source.fill(place, value)
    return value


def _made(source: Decoder, number: int, things: Things) -> Any:
    name = source.text()
    fields = [source.value() for _ in range(source.count())]
    if len(fields) > _FIELDS or not all(map(_fits, fields)) or len(set(fields)) != len(fields):
        raise WireError("these are no names of fields")
    space: dict[str, Any] = {field: property(operator.itemgetter(place)) for place, field in enumerate(fields)}
    space |= {"__slots__": (), "_fields": tuple(fields), "__match_args__": tuple(fields), "__module__": "student"}
    space |= {"__repr__": _repr, "__getattr__": _ask, "_dojo_owner": things.bridge, "_dojo_number": number}
    kind = DirectClass(name if name.isidentifier() else "Tuple", (tuple,), space)
    return things.held.new_class(number, kind)


def _repr(value: Any) -> str:
    shown = ", ".join(f"{name}={item!r}" for name, item in zip(value._fields, value, strict=True))
    return f"{type(value).__name__}({shown})"


def _ask(value: Any, name: str) -> Any:
    """What is no field is asked of the student's object with these items."""
    if name.startswith("__"):
        raise AttributeError(name)
    return type(value)._dojo_owner.ask("get", value, name)


def _fits(name: Any) -> bool:
    return type(name) is str and name.isidentifier() and not keyword.iskeyword(name) and not name.startswith("_")
