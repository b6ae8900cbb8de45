"""How each kind of plain value is written and read: the tables that `grader.wire` looks into."""

from __future__ import annotations

import collections
import datetime as dt
import decimal
import enum
import fractions
import pathlib
import struct
import types
import zoneinfo
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.wire import Decoder, Encoder

__all__ = ["BASES", "EXACT", "KEYED", "READERS", "SIMPLE", "WireError", "own_key", "plain_key"]

_INT_BYTES = 4153  # 10,000 digits
_EXPONENT = 10_000
_SHARED_TEXT = 256  # from this length on a text that stands twice in a message is sent once


class WireError(Exception):
    """This value can't cross, or these bytes are none."""


def plain_key(value: Any) -> bool:
    """Whether a value's hash and equality are decided here, without asking the other side."""
    if type(value) is tuple or type(value) is frozenset:
        return all(map(plain_key, value))
    return not getattr(type(value), "_dojo_asks_for_hash", False)


def own_key(value: Any) -> bool:
    """Whether a key is one for the other side too: its hash is of a known type, or is its identity."""
    kind = type(value)
    if kind in SIMPLE or kind.__hash__ in _BY_IDENTITY:
        return True
    if issubclass(kind, tuple):
        return all(map(own_key, tuple.__iter__(value)))
    return issubclass(kind, _KEYS) or kind.__module__ == "numpy" or hasattr(kind, "__dataclass_fields__")


def _write_int(to: Encoder, value: int) -> None:
    size = value.bit_length() // 8 + 1
    if size > _INT_BYTES:
        raise WireError("a whole number may have 10,000 digits")
    to.tag("i")
    to.raw(value.to_bytes(size, "little", signed=True))


def _read_int(source: Decoder) -> int:
    data = source.raw()
    if not 0 < len(data) <= _INT_BYTES:
        raise WireError("a whole number may have 10,000 digits")
    return int.from_bytes(data, "little", signed=True)


def _write_float(to: Encoder, value: float) -> None:
    to.tag("f")
    to.data += struct.pack("<d", value)


def _read_float(source: Decoder) -> float:
    number: float = struct.unpack("<d", source.take(8))[0]
    return number


def _write_complex(to: Encoder, value: complex) -> None:
    to.tag("c")
    to.data += struct.pack("<dd", value.real, value.imag)


def _write_str(to: Encoder, value: str) -> None:
    long = len(value) >= _SHARED_TEXT
    if long and to.refer(value):
        return
    to.tag("S" if long else "s")
    to.text(value)
    if long:
        to.remember(value)


def _read_long_str(source: Decoder) -> str:
    value = source.text()
    source.remember(value)
    return value


def _write_bytes(to: Encoder, value: bytes) -> None:
    if to.refer(value):
        return
    to.tag("b")
    to.raw(value)
    to.remember(value)


def _read_bytes(source: Decoder) -> bytes:
    value = bytes(source.raw())
    source.remember(value)
    return value


def _write_bytearray(to: Encoder, value: bytearray) -> None:
    to.tag("B")
    to.new_container(value)
    to.raw(memoryview(value))


def _read_bytearray(source: Decoder) -> bytearray:
    value = bytearray(source.raw())
    source.new_container(value)
    return value


def _write_list(to: Encoder, value: list[Any]) -> None:
    to.tag("l")
    to.new_container(value)
    to.values(list.__len__(value), list.__iter__(value))


def _read_list(source: Decoder) -> list[Any]:
    value: list[Any] = []
    source.new_container(value)
    for _ in range(source.count()):
        value.append(source.value())
    return value


def _write_tuple(to: Encoder, value: tuple[Any, ...]) -> None:
    to.tag("t")
    number = to.reserve()
    to.values(tuple.__len__(value), tuple.__iter__(value))
    to.fill(number, value)


def _read_tuple(source: Decoder) -> tuple[Any, ...]:
    number = source.reserve()
    value = tuple(source.value() for _ in range(source.count()))
    source.fill(number, value)
    return value


def _write_set(to: Encoder, value: set[Any]) -> None:
    to.tag("e")
    to.new_container(value)
    to.values(set.__len__(value), set.__iter__(value))


def _read_set(source: Decoder) -> set[Any]:
    value: set[Any] = set()
    source.new_container(value)
    for _ in range(source.count()):
        value.add(source.key())
    return value


def _write_frozenset(to: Encoder, value: frozenset[Any]) -> None:
    to.tag("z")
    number = to.reserve()
    to.values(frozenset.__len__(value), frozenset.__iter__(value))
    to.fill(number, value)


def _read_frozenset(source: Decoder) -> frozenset[Any]:
    number = source.reserve()
    value = frozenset([source.key() for _ in range(source.count())])
    source.fill(number, value)
    return value


def _write_dict(to: Encoder, value: dict[Any, Any]) -> None:
    to.tag("d")
    to.new_container(value)
    _write_items(to, value)


def _write_items(to: Encoder, value: dict[Any, Any]) -> None:
    to.number(dict.__len__(value))
    base: Any = collections.OrderedDict if issubclass(type(value), collections.OrderedDict) else dict
    for key, item in base.items(value):
        to.value(key)
        to.value(item)


def _read_dict(source: Decoder) -> dict[Any, Any]:
    value: dict[Any, Any] = {}
    source.new_container(value)
    _read_items(source, value)
    return value


def _read_items(source: Decoder, into: dict[Any, Any]) -> None:
    for _ in range(source.count()):
        key = source.key()
        into[key] = source.value()


def _write_kind_of_dict(to: Encoder, value: dict[Any, Any]) -> None:
    to.tag("C")
    to.number(_DICTS.index(type(value)))
    factory = value.default_factory if isinstance(value, collections.defaultdict) else None
    to.number(_FACTORIES.index(factory) if factory in _FACTORIES else 0)
    to.new_container(value)
    _write_items(to, value)


def _read_kind_of_dict(source: Decoder) -> dict[Any, Any]:
    kind = _DICTS[source.number()]
    factory = _FACTORIES[source.number()]
    value = kind(factory) if kind is collections.defaultdict else kind()
    source.new_container(value)
    _read_items(source, value)
    return value


def _write_deque(to: Encoder, value: collections.deque[Any]) -> None:
    to.tag("q")
    to.number(0 if value.maxlen is None else value.maxlen + 1)
    to.new_container(value)
    to.values(len(value), collections.deque.__iter__(value))


def _read_deque(source: Decoder) -> collections.deque[Any]:
    longest = source.number()
    value: collections.deque[Any] = collections.deque(maxlen=longest - 1 if longest else None)
    source.new_container(value)
    for _ in range(source.count()):
        value.append(source.value())
    return value


def _write_view(to: Encoder, value: Any) -> None:
    to.tag("v")
    to.number([type(view) for view in _VIEWS].index(type(value)))
    to.value(tuple(value))


def _read_view(source: Decoder) -> Any:
    kind, items = source.number(), source.value()
    if not isinstance(items, tuple):
        raise WireError("a dict's view holds no items")
    if kind == 0:
        if not all(map(plain_key, items)):
            raise WireError("this is no key")
        return dict.fromkeys(items).keys()
    if kind == 1:
        return dict(enumerate(items)).values()
    if not all(type(pair) is tuple and len(pair) == 2 and plain_key(pair[0]) for pair in items):
        raise WireError("a dict's items are pairs")
    return dict(items).items()


def _write_range(to: Encoder, value: range) -> None:
    to.tag("r")
    for part in (value.start, value.stop, value.step):
        to.value(part)


def _read_range(source: Decoder) -> range:
    return range(_number(source), _number(source), _number(source))


def _number(source: Decoder) -> int:
    value = source.value()
    if type(value) is not int:
        raise WireError("a whole number was due")
    return value


def _write_slice(to: Encoder, value: slice) -> None:
    to.tag("/")
    for part in (value.start, value.stop, value.step):
        to.value(part)


def _read_slice(source: Decoder) -> slice:
    return slice(source.value(), source.value(), source.value())


def _write_date(to: Encoder, value: dt.date) -> None:
    to.tag("D")
    to.text(dt.date.isoformat(value))


def _read_date(source: Decoder) -> dt.date:
    return dt.date.fromisoformat(_short(source))


def _short(source: Decoder) -> str:
    text = source.text()
    if len(text) > 100:
        raise WireError("a text is too long for a date")
    return text


def _write_moment(to: Encoder, value: dt.datetime) -> None:
    zone = value.tzinfo
    to.tag("m")
    to.text(dt.datetime.isoformat(dt.datetime.replace(value, tzinfo=None)))
    to.number(value.fold)
    to.value(zone)


def _read_moment(source: Decoder) -> dt.datetime:
    moment, fold = dt.datetime.fromisoformat(_short(source)), source.number()
    return moment.replace(fold=fold, tzinfo=_zone(source))


def _write_clock(to: Encoder, value: dt.time) -> None:
    to.tag("k")
    to.text(dt.time.isoformat(dt.time.replace(value, tzinfo=None)))
    to.number(value.fold)
    to.value(value.tzinfo)


def _read_clock(source: Decoder) -> dt.time:
    clock, fold = dt.time.fromisoformat(_short(source)), source.number()
    return clock.replace(fold=fold, tzinfo=_zone(source))


def _zone(source: Decoder) -> dt.tzinfo | None:
    zone = source.value()
    if zone is not None and type(zone) not in (dt.timezone, zoneinfo.ZoneInfo):
        raise WireError("this is no time zone")
    return zone  # type: ignore[no-any-return]  # one of the two, or None


def _write_span(to: Encoder, value: dt.timedelta) -> None:
    to.tag("x")
    for part in (value.days, value.seconds, value.microseconds):
        to.value(part)


def _read_span(source: Decoder) -> dt.timedelta:
    return dt.timedelta(_number(source), _number(source), _number(source))


def _write_timezone(to: Encoder, value: dt.timezone) -> None:
    to.tag("O")
    to.value(value.utcoffset(None))
    to.text(value.tzname(None))


def _read_timezone(source: Decoder) -> dt.timezone:
    offset, name = source.value(), _short(source)
    if type(offset) is not dt.timedelta:
        raise WireError("a time zone has an offset")
    plain = dt.timezone(offset)
    return plain if plain.tzname(None) == name else dt.timezone(offset, name)


def _write_zone(to: Encoder, value: zoneinfo.ZoneInfo) -> None:
    if not value.key:
        raise WireError("a time zone needs a name")
    to.tag("Z")
    to.text(value.key)


def _read_zone(source: Decoder) -> zoneinfo.ZoneInfo:
    try:
        return zoneinfo.ZoneInfo(_short(source))
    except (zoneinfo.ZoneInfoNotFoundError, OSError):
        raise WireError("this time zone is unknown") from None


def _write_path(to: Encoder, value: pathlib.PurePath) -> None:
    to.tag("p")
    concrete = 2 if issubclass(type(value), pathlib.Path) else 0
    to.number(concrete or int(issubclass(type(value), pathlib.PureWindowsPath)))
    to.text(pathlib.PurePath.__str__(value))


def _read_path(source: Decoder) -> pathlib.PurePath:
    return _PATHS[source.number()](source.text())


def _write_decimal(to: Encoder, value: decimal.Decimal) -> None:
    if value.is_finite() and abs(value.adjusted()) > _EXPONENT:
        raise WireError("a Decimal may have 10,000 digits")
    to.tag("1")
    to.text(decimal.Decimal.__str__(value))


def _read_decimal(source: Decoder) -> decimal.Decimal:
    text = source.text()
    if len(text) > _EXPONENT + 20:
        raise WireError("a Decimal may have 10,000 digits")
    value = decimal.Decimal(text)
    if value.is_finite() and abs(value.adjusted()) > _EXPONENT:
        raise WireError("a Decimal may have 10,000 digits")
    return value


def _write_fraction(to: Encoder, value: fractions.Fraction) -> None:
    to.tag("2")
    to.value(value.numerator)
    to.value(value.denominator)


def _read_fraction(source: Decoder) -> fractions.Fraction:
    return fractions.Fraction(_number(source), _number(source))


def _constant(letter: str) -> Callable[[Encoder, Any], None]:
    return lambda to, value: to.tag(letter)


_VIEWS: tuple[Any, ...] = ({}.keys(), {}.values(), {}.items())
_DICTS: tuple[Any, ...] = (collections.Counter, collections.OrderedDict, collections.defaultdict)
_FACTORIES: tuple[Any, ...] = (None, int, float, str, list, dict, set, tuple, bool)
_PATHS = (pathlib.PurePosixPath, pathlib.PureWindowsPath, pathlib.Path)
# Written without looking further: they hold nothing, and are the same wherever they stand.
SIMPLE: dict[type, Callable[[Encoder, Any], None]] = {
    type(None): _constant("N"),
    bool: lambda to, value: to.tag("T" if value else "F"),
    type(...): _constant("."),
    type(NotImplemented): _constant("!"),
    int: _write_int,
    float: _write_float,
    complex: _write_complex,
    str: _write_str,
    bytes: _write_bytes,
}
EXACT: dict[type, Callable[[Encoder, Any], None]] = {
    list: _write_list,
    tuple: _write_tuple,
    dict: _write_dict,
    set: _write_set,
    frozenset: _write_frozenset,
    bytearray: _write_bytearray,
    collections.Counter: _write_kind_of_dict,
    collections.OrderedDict: _write_kind_of_dict,
    collections.defaultdict: _write_kind_of_dict,
    collections.deque: _write_deque,
    range: _write_range,
    slice: _write_slice,
    dt.date: _write_date,
    dt.time: _write_clock,
    dt.datetime: _write_moment,
    dt.timedelta: _write_span,
    dt.timezone: _write_timezone,
    zoneinfo.ZoneInfo: _write_zone,
    decimal.Decimal: _write_decimal,
    fractions.Fraction: _write_fraction,
    **dict.fromkeys(map(type, _VIEWS), _write_view),
    **dict.fromkeys((*_PATHS, pathlib.PosixPath, pathlib.WindowsPath), _write_path),
}
_BY_IDENTITY: tuple[Any, ...] = (object.__hash__, type.__hash__)
_NUMBERS = (int, float, complex, decimal.Decimal, fractions.Fraction, dt.date, dt.time, dt.timedelta, dt.tzinfo)
_OTHERS = (str, bytes, frozenset, range, enum.Enum, pathlib.PurePath, BaseException)
_KEYS = (*_NUMBERS, *_OTHERS, types.FunctionType, types.BuiltinFunctionType)
KEYED = {dict, set, frozenset, collections.Counter, collections.OrderedDict, collections.defaultdict}


def _base_writer(read: Callable[[Any], Any], write: Callable[[Encoder, Any], None]) -> Callable[[Encoder, Any], None]:
    """Write a subclass's value as its base, which `read` makes of it."""
    return lambda to, value: write(to, read(value))


# Subclasses, the more special bases first; the methods are the bases' own, whatever the subclass overrides.
BASES: tuple[tuple[type, Callable[[Encoder, Any], None]], ...] = (
    (int, _base_writer(int.__int__, _write_int)),
    (float, _base_writer(float.__float__, _write_float)),
    (
        complex,
        _base_writer(lambda value: complex(complex.real.__get__(value), complex.imag.__get__(value)), _write_complex),
    ),
    (str, _base_writer(str.__str__, _write_str)),
    (bytes, _base_writer(lambda value: bytes.__getitem__(value, slice(None)), _write_bytes)),
    (bytearray, _write_bytearray),
    (list, _write_list),
    (tuple, _write_tuple),
    (dict, _write_dict),
    (set, _write_set),
    (frozenset, _write_frozenset),
    (collections.deque, _write_deque),
    (dt.datetime, _base_writer(lambda value: dt.datetime.fromisoformat(dt.datetime.isoformat(value)), _write_moment)),
    (dt.date, _write_date),
    (dt.timedelta, _write_span),
    (decimal.Decimal, _write_decimal),
    (pathlib.PurePath, _write_path),
)
READERS: dict[str, Callable[[Decoder], Any]] = {
    "i": _read_int,
    "f": _read_float,
    "c": lambda source: complex(*struct.unpack("<dd", source.take(16))),
    "s": lambda source: source.text(),
    "S": _read_long_str,
    "b": _read_bytes,
    "B": _read_bytearray,
    "l": _read_list,
    "t": _read_tuple,
    "e": _read_set,
    "z": _read_frozenset,
    "d": _read_dict,
    "C": _read_kind_of_dict,
    "q": _read_deque,
    "v": _read_view,
    "r": _read_range,
    "/": _read_slice,
    "D": _read_date,
    "m": _read_moment,
    "k": _read_clock,
    "x": _read_span,
    "O": _read_timezone,
    "Z": _read_zone,
    "p": _read_path,
    "1": _read_decimal,
    "2": _read_fraction,
}
