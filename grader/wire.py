"""Values as bytes between a student and an examiner: content, never pickle, never code. Hostile bytes are refused.

Covered:
* None, bool, int of up to 10,000 digits, float (nan, inf, -0.0), complex, str with lone surrogates, bytes, bytearray,
  Ellipsis, NotImplemented;
* list, tuple, set, frozenset, dict in its order, dict views, deque, Counter, OrderedDict, defaultdict, range, slice;
* date, time, datetime, timedelta, timezone, ZoneInfo, Path, Decimal, Fraction;
* NumPy arrays of numbers, truths, dates and text, in C and in Fortran order and without dimensions, NumPy scalars and
  dtypes, dense tensors of torch on the CPU, Pillow images;
* one object in two places of a message stays one object, and a list or dict may hold itself;
* a subclass of these travels as its base, read with the base's own methods;
* more than 64 MiB, 200 levels or 1,000,000 values is refused, by the writer and by the reader;
* any bytes at all: they are a value or a `WireError`, without more memory than they have bytes for, and no code runs.

Not covered:
* arrays of objects and structured arrays, tensors elsewhere than on the CPU: they are refused here, and travel as
  handles (see `grader.handles`);
* a tuple that holds itself through a list arrives as one that holds a copy of itself;
* dates of zones that are neither fixed offsets nor ZoneInfo.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from grader import arrays, codes
from grader.codes import WireError

__all__ = ["DEPTH", "NODES", "SIZE", "Decoder", "Encoder", "WireError", "dumps", "loads"]

SIZE = 64 << 20  # bytes of one message
DEPTH = 200
NODES = 1_000_000


class Others(Protocol):
    """What knows the values that the plain codec does not: handles, exceptions, classes, records."""

    def write(self, to: Encoder, value: Any) -> bool:
        """Write a value and say True, or say False if it is for others to write."""

    def write_last(self, to: Encoder, value: Any) -> None:
        """Write a value that nobody else could, or raise a WireError."""

    def twin_of(self, value: Any) -> tuple[bool, int] | None:
        """The name of a value that both sides hold already."""

    def window_of(self, array: Any) -> tuple[bool, int, int] | None:
        """The name of the array that this one is a window on, where both sides hold that, and the window's offset."""

    def read(self, source: Decoder, tag: str) -> Any:
        """Read what stands after one of the tags that the plain codec does not know."""

    def twin(self, mine: bool, number: int) -> Any:
        """The value of that name; a WireError if there is none."""


class _Nobody:
    """Knows no values but the plain ones."""

    def write(self, to: Encoder, value: Any) -> bool:
        return False

    def write_last(self, to: Encoder, value: Any) -> None:
        raise WireError(f"a {type(value).__name__} can't cross")

    def twin_of(self, value: Any) -> tuple[bool, int] | None:
        return None

    def window_of(self, array: Any) -> tuple[bool, int, int] | None:
        return None

    def read(self, source: Decoder, tag: str) -> Any:
        raise WireError(f"the tag {tag!r} is unknown")

    def twin(self, mine: bool, number: int) -> Any:
        raise WireError("there is nothing that both sides hold")


def dumps(value: Any) -> bytes:
    """A plain value as bytes."""
    encoder = Encoder(_Nobody())
    encoder.value(value)
    return bytes(encoder.data)


def loads(data: bytes) -> Any:
    """The plain value in these bytes; a WireError if they hold anything else."""
    decoder = Decoder(data, _Nobody())
    value = decoder.value()
    decoder.end()
    return value


class Encoder:
    """Writes one message."""

    def __init__(self, others: Others) -> None:
        self.data = bytearray()
        self.containers: list[Any] = []  # those that the message holds for the first time, in order
        self.others = others
        self._memo: dict[int, int] = {}
        self._kept: list[Any] = []  # what the memo's ids belong to must stay alive
        self._nodes = self._depth = 0

    def raw(self, data: bytes | bytearray | memoryview) -> None:
        """Bytes with their length."""
        self.number(len(data))
        if len(self.data) + len(data) > SIZE:
            raise WireError(f"a message may have {SIZE >> 20} MiB")
        self.data += data

    def number(self, value: int) -> None:
        """A whole number from 0, as 7 bits a byte."""
        while value > 127:
            self.data.append(value & 127 | 128)
            value >>= 7
        self.data.append(value)

    def text(self, value: str) -> None:
        self.raw(value.encode("utf-8", "surrogatepass"))

    def tag(self, letter: str) -> None:
        self.data.append(ord(letter))

    def new_container(self, value: Any) -> None:
        """Note a container that stands here for the first time, so that a later place can refer to it."""
        self.remember(value)
        self.containers.append(value)

    def remember(self, value: Any) -> None:
        self._memo[id(value)] = len(self._kept)
        self._kept.append(value)

    def reserve(self) -> int:
        """Keep a number for a value that is complete only once its parts are."""
        self._kept.append(None)
        return len(self._kept) - 1

    def fill(self, number: int, value: Any) -> None:
        self._memo[id(value)] = number
        self._kept[number] = value

    def refer(self, value: Any) -> bool:
        """Write a reference if the value stands in this message already, or is held by both sides."""
        number = self._memo.get(id(value))
        if number is not None:
            self.tag("M")
            self.number(number)
            return True
        twin = self.others.twin_of(value)
        if twin is not None:
            self.tag("R")
            self.number(int(twin[0]))
            self.number(twin[1])
            return True
        return False

    def values(self, count: int, values: Iterable[Any]) -> None:
        """A number of values, one after the other."""
        self.number(count)
        done = 0
        for value in values:
            self.value(value)
            done += 1
        if done != count:
            raise WireError("a container changed while it was written")

    def value(self, value: Any) -> None:
        """Any value."""
        self._nodes += 1
        if self._nodes > NODES:
            raise WireError(f"a message may hold {NODES} values")
        if len(self.data) > SIZE:
            raise WireError(f"a message may have {SIZE >> 20} MiB")
        kind = type(value)
        writer = codes.SIMPLE.get(kind)
        if writer is not None:
            writer(self, value)
            return
        self._depth += 1
        if self._depth > DEPTH:
            raise WireError(f"a value may have {DEPTH} levels")
        try:
            self._deep(kind, value)
        finally:
            self._depth -= 1

    def _deep(self, kind: type, value: Any) -> None:
        if self.refer(value):
            return
        if kind in codes.EXACT and not (kind in codes.KEYED and self._odd_keys(value)):
            codes.EXACT[kind](self, value)
            return
        if self.others.write(self, value) or arrays.write(self, value):
            return
        for base, writer in codes.BASES:
            if issubclass(kind, base) and not (base in codes.KEYED and self._odd_keys(value)):
                writer(self, value)
                return
        self.others.write_last(self, value)

    def _odd_keys(self, value: Any) -> bool:
        """Whether a dict or set has keys whose hash the other side could not take by itself."""
        base = next(base for base in (dict, set, frozenset) if issubclass(type(value), base))
        return not all(map(codes.own_key, base.__iter__(value)))


class Decoder:
    """Reads one message."""

    def __init__(self, data: bytes | bytearray | memoryview, others: Others) -> None:
        if len(data) > SIZE:
            raise WireError(f"a message may have {SIZE >> 20} MiB")
        self._data = memoryview(data)
        self._at = 0
        self.others = others
        self.containers: list[Any] = []
        self._memo: list[Any] = []
        self._nodes = self._depth = 0

    def raw(self) -> memoryview:
        return self.take(self.number())

    def take(self, count: int) -> memoryview:
        """Exactly so many bytes."""
        if count > len(self._data) - self._at:
            raise WireError("the message ends too early")
        self._at += count
        return self._data[self._at - count : self._at]

    def byte(self) -> int:
        """The next byte."""
        # Not by `take`: a message has hundreds of them.
        if self._at >= len(self._data):
            raise WireError("the message ends too early")
        self._at += 1
        return self._data[self._at - 1]

    def number(self) -> int:
        value = shift = 0
        while True:
            byte = self.byte()
            value |= (byte & 127) << shift
            if byte < 128:
                return value
            shift += 7
            if shift > 63:
                raise WireError("a number is too long")

    def count(self) -> int:
        """A number of values that still follow: each needs a byte at least."""
        number = self.number()
        if number > len(self._data) - self._at or number > NODES:
            raise WireError("more values are announced than there are")
        return number

    def text(self) -> str:
        try:
            return str(self.raw(), "utf-8", "surrogatepass")
        except UnicodeDecodeError:
            raise WireError("a text is not UTF-8") from None

    def new_container(self, value: Any) -> None:
        self.remember(value)
        self.containers.append(value)

    def remember(self, value: Any) -> None:
        self._memo.append(value)

    def reserve(self) -> int:
        self._memo.append(_UNFINISHED)
        return len(self._memo) - 1

    def fill(self, number: int, value: Any) -> None:
        self._memo[number] = value

    def end(self) -> None:
        if self._at != len(self._data):
            raise WireError("there is more than one message")

    def value(self) -> Any:
        self._nodes += 1
        if self._nodes > NODES:
            raise WireError(f"a message may hold {NODES} values")
        tag = chr(self.byte())
        if tag in _CONSTANTS:
            return _CONSTANTS[tag]
        self._depth += 1
        if self._depth > DEPTH:
            raise WireError(f"a value may have {DEPTH} levels")
        try:
            return self._tagged(tag)
        finally:
            self._depth -= 1

    def next_tag(self) -> str:
        """The tag of the value that follows."""
        return chr(self._data[self._at]) if self._at < len(self._data) else ""

    def key(self) -> Any:
        """A value that can be a key, with a hash of its own."""
        value = self.value()
        if not codes.plain_key(value):
            raise WireError(f"a {type(value).__name__} is no key")
        return value

    def _tagged(self, tag: str) -> Any:
        if tag == "M":
            number = self.number()
            value = self._memo[number] if number < len(self._memo) else _UNFINISHED
            if value is _UNFINISHED:
                raise WireError("a reference points nowhere")
            return value
        if tag == "R":
            mine = self.number()
            return self.others.twin(not mine, self.number())
        reader = codes.READERS.get(tag) or arrays.READERS.get(tag)
        if reader is None:
            return self.others.read(self, tag)
        try:
            return reader(self)
        except WireError:
            raise
        except (ValueError, TypeError, OverflowError, ArithmeticError, LookupError, AttributeError) as problem:
            raise WireError(f"what stands under {tag!r} makes no value: {type(problem).__name__}") from None


class _Unfinished:
    """Stands for a tuple whose parts are still being read."""


_UNFINISHED = _Unfinished()
_CONSTANTS: dict[str, Any] = {"N": None, "T": True, "F": False, ".": ..., "!": NotImplemented}
