"""Records as content: enums, named tuples, pydantic models, dataclasses, and objects of a locked cell's own classes.

They are put together from their fields without calling anything of their class.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from grader.classes import Locked, find, name_of, record_kind
from grader.wire import WireError

if TYPE_CHECKING:
    from grader.wire import Decoder, Encoder

__all__ = ["read", "write"]


def write(to: Encoder, value: Any, locked: Locked, ordinary: bool) -> bool:
    """Write a record whose class the other side knows; `ordinary`: objects of a locked cell's classes too."""
    kind = type(value)
    name = name_of(kind, locked)
    form = record_kind(kind, ordinary and kind in locked.values()) if name else ""
    if not form or name is None:
        return False
    if form in ("model", "data", "object") and _shadows(value, kind):
        return False
    if form == "enum" and value._name_ not in kind.__dict__.get("_member_map_", {}):
        return False
    to.tag("E")
    to.text(name[0])
    to.text(name[1])
    if form == "enum":
        to.text(value._name_)
    elif form == "tuple":
        number = to.reserve()
        to.values(tuple.__len__(value), tuple.__iter__(value))
        to.fill(number, value)
    else:
        _write_fields(to, value, form)
    return True


def _write_fields(to: Encoder, value: Any, form: str) -> None:
    if hasattr(value, "__dict__"):
        to.new_container(value)
        fields = dict(vars(value))
    else:
        to.remember(value)
        fields = {name: getattr(value, name) for name in type(value).__dataclass_fields__ if hasattr(value, name)}
    to.number(len(fields))
    for name, item in fields.items():
        to.text(name)
        to.value(item)
    if form == "model":
        given = sorted(name for name in value.model_fields_set if isinstance(name, str))
        to.values(len(given), given)
        to.value(dict(value.model_extra) if value.model_extra is not None else None)


def read(source: Decoder, locked: Locked, ordinary: bool) -> Any:
    """Read what `write` has written after its tag."""
    module, name = source.text(), source.text()
    kind = find(module, name, locked)
    form = record_kind(kind, ordinary and kind in locked.values()) if kind is not None else ""
    if not form or kind is None:
        raise WireError(f"there is no record {name} on this side")
    if form == "enum":
        members: dict[str, Any] = kind.__dict__.get("_member_map_", {})
        member = members.get(source.text())
        if member is None:
            raise WireError(f"{name} has no such member")
        return member
    if form == "tuple":
        number = source.reserve()
        items = [source.value() for _ in range(source.count())]
        if len(items) != len(getattr(kind, "_fields", ())):
            raise WireError(f"{name} has another number of fields")
        value: Any = tuple.__new__(kind, items)
        source.fill(number, value)
        return value
    return _read_fields(source, kind, form)


def _read_fields(source: Decoder, kind: Any, form: str) -> Any:
    value: Any = object.__new__(kind)
    slotted = not hasattr(value, "__dict__")
    if slotted:
        source.remember(value)
    else:
        source.new_container(value)
    allowed = _allowed(kind, form, slotted)
    for _ in range(source.count()):
        name, item = source.text(), source.value()
        odd = name.startswith("__") or not name.isidentifier() or _is_method(kind, name)
        if odd or (allowed is not None and name not in allowed):
            raise WireError(f"a {kind.__name__} has no field of that name")
        if slotted:
            object.__setattr__(value, name, item)
        else:
            value.__dict__[name] = item
    if form == "model":
        _finish_model(source, kind, value)
    return value


def _shadows(value: Any, kind: type) -> bool:
    """Whether an object's own attribute takes the place of a method of its class, which would be the student's word."""
    return any(_is_method(kind, name) for name in getattr(value, "__dict__", ()))


def _is_method(kind: type, name: str) -> bool:
    for one in kind.__mro__:
        if name in one.__dict__:
            found = one.__dict__[name]
            return callable(found) or isinstance(found, (property, classmethod, staticmethod))
    return False


def _allowed(kind: Any, form: str, slotted: bool) -> set[str] | None:
    """The names that a record's fields may have; None for any."""
    if form == "model":
        return set(kind.model_fields)
    return set(kind.__dataclass_fields__) if slotted else None


def _finish_model(source: Decoder, kind: Any, value: Any) -> None:
    given, extra = [source.value() for _ in range(source.count())], source.value()
    if not all(type(name) is str for name in given) or not (extra is None or type(extra) is dict):
        raise WireError("this is no model")
    object.__setattr__(value, "__pydantic_fields_set__", set(given))
    object.__setattr__(value, "__pydantic_extra__", extra if kind.model_config.get("extra") == "allow" else None)
    object.__setattr__(value, "__pydantic_private__", None)
