"""Read what a GGUF file says about itself, without loading it: facts, tensors, and whether the file is whole.

Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md. Only the header is read, so a model of many gigabytes
takes milliseconds (a large vocabulary: a tenth of a second).
"""

from __future__ import annotations

import mmap
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["Facts", "NotAModelError", "Tensor", "read_facts"]

_NUMBERS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_TEXT, _ARRAY = 8, 9
_LONG = 64  # entries; a longer list is a vocabulary, of which only the length is kept
_MANY = 1_000_000  # more tensors or facts than any model has: a damaged count


class NotAModelError(Exception):
    """The file is no GGUF, or is damaged; the text says where."""


@dataclass(frozen=True)
class Tensor:
    """One array of weights; `shape` as GGUF gives it, the fastest axis first; `kind` is ggml's number of its type."""

    name: str
    shape: tuple[int, ...]
    kind: int


@dataclass(frozen=True)
class Facts:
    """A model's own words: `values` by GGUF key (None: a long list), and its tensors."""

    values: dict[str, Any]
    tensors: tuple[Tensor, ...]

    @property
    def parameters(self) -> int:
        """How many weights."""
        total = 0
        for tensor in self.tensors:
            size = 1
            for side in tensor.shape:
                size *= side
            total += size
        return total

    def of_architecture(self, key: str) -> Any:
        """The value of `ARCHITECTURE.key`, such as `llama.context_length`; None where there is none."""
        return self.values.get(f"{self.values.get('general.architecture')}.{key}")


def read_facts(path: Path) -> Facts:
    """Read a file's header; raises NotAModelError for what is no whole GGUF, OSError as `open` does."""
    with path.open("rb") as file:
        if path.stat().st_size < 24:
            raise NotAModelError("it is shorter than a GGUF header")
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            try:
                return _read(_Cursor(data))
            except (struct.error, UnicodeDecodeError, OverflowError) as error:
                raise NotAModelError(f"its header is damaged or cut off ({error})") from None


class _Cursor:
    """A place in the file that moves as values are read."""

    def __init__(self, data: mmap.mmap) -> None:
        self.data = data
        self.place = 0

    def number(self, code: str) -> Any:
        (value,) = struct.unpack_from(f"<{code}", self.data, self.place)
        self.place += struct.calcsize(f"<{code}")
        return value

    def skip(self, count: int) -> None:
        self.place += count
        if self.place > len(self.data):
            raise struct.error("a value ends behind the end of the file")

    def text(self) -> str:
        length = self.number("Q")
        start = self.place
        self.skip(length)
        return self.data[start : self.place].decode("utf-8")

    def value(self, kind: int) -> Any:
        if kind in _NUMBERS:
            return self.number(_NUMBERS[kind])
        if kind == _TEXT:
            return self.text()
        if kind != _ARRAY:
            raise struct.error(f"no value has the type {kind}")
        inner, count = self.number("I"), self.number("Q")
        if count > len(self.data):
            raise struct.error(f"a list of {count} entries")
        if count <= _LONG:
            return [self.value(inner) for _ in range(count)]
        if inner in _NUMBERS:
            self.skip(count * struct.calcsize(f"<{_NUMBERS[inner]}"))
        else:
            for _ in range(count):
                self.value(inner)
        return None


def _read(cursor: _Cursor) -> Facts:
    if cursor.data[:4] != b"GGUF":
        raise NotAModelError("it does not begin with GGUF")
    cursor.skip(4)
    version, tensors, values = cursor.number("I"), cursor.number("Q"), cursor.number("Q")
    if version not in (2, 3):
        raise NotAModelError(f"it is GGUF version {version}; 2 and 3 can be read")
    if max(tensors, values) > _MANY:
        raise NotAModelError("its header is damaged")
    facts: dict[str, Any] = {}
    for _ in range(values):
        key = cursor.text()
        facts[key] = cursor.value(cursor.number("I"))
    found, last = [], 0
    for _ in range(tensors):
        name, sides = cursor.text(), cursor.number("I")
        if sides > 8:
            raise struct.error(f"a tensor of {sides} axes")
        shape = tuple(cursor.number("Q") for _ in range(sides))
        kind, offset = cursor.number("I"), cursor.number("Q")
        found.append(Tensor(name, shape, kind))
        last = max(last, offset)
    # The last tensor must at least begin inside the file; how long it is, only llama.cpp knows for every type.
    if found and cursor.place + last >= len(cursor.data):
        raise NotAModelError("it is cut off: its last weights are missing")
    return Facts(facts, tuple(found))
