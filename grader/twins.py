"""Values that student and examiner both hold: each change on one side is made on the other with the next message.

A list that crosses becomes two lists, one on each side. As long as both sides hold theirs they are twins: a later
message names them by number instead of sending them again, and says what has changed in them since. So a function that
changes its argument, or returns it, or keeps the list that it returned, does to the test what it would in one process.

Covered:
* lists, dicts, sets, deques, bytearrays, NumPy arrays, tensors and records that crossed as content;
* a value that one side alone still holds is forgotten, so that calls in a loop cost no more than the first.

Not covered:
* a change of both twins between two messages: the one told later stands;
* an array that changes its shape or its type in place.
"""

from __future__ import annotations

import operator
import sys
from collections import OrderedDict, deque
from collections.abc import Iterator
from typing import Any

from grader import arrays
from grader.wire import Decoder, Encoder, WireError

__all__ = ["Twin", "Twins"]

_MOST = 200_000  # items of all twins together; beyond that the oldest are forgotten
_LARGEST = 32 << 20  # bytes of an array that is watched
_OWN_REFERENCES = 2  # the table's, and that of the call which counts


class Twin:
    """One of a pair. `mine` says which side gave it its number."""

    __slots__ = ("before", "mine", "number", "value", "weight")

    def __init__(self, mine: bool, number: int, value: Any) -> None:
        self.mine, self.number, self.value = mine, number, value
        self.before = _state(value)
        self.weight = _weight(value)


class Twins:
    """The values of this side that have a twin on the other."""

    def __init__(self) -> None:
        self._by_id: dict[int, Twin] = {}
        self._by_name: dict[tuple[bool, int], Twin] = {}
        self._weight = 0
        self.next = 1

    def __len__(self) -> int:
        return len(self._by_name)

    def name(self, value: Any) -> tuple[bool, int] | None:
        twin = self._by_id.get(id(value))
        return None if twin is None else (twin.mine, twin.number)

    def value(self, mine: bool, number: int) -> Any:
        twin = self._by_name.get((mine, number))
        if twin is None:
            raise WireError("a reference points to nothing that both sides hold")
        return twin.value

    def add(self, mine: bool, number: int, value: Any) -> None:
        """Note a value that has just crossed."""
        if not _watched(value) or id(value) in self._by_id:
            return
        twin = Twin(mine, number, value)
        self._by_id[id(value)] = self._by_name[mine, number] = twin
        self._weight += twin.weight

    def give(self, values: list[Any]) -> None:
        """Note the values that have just been written, numbered from `next`."""
        for value in values:
            self.add(True, self.next, value)
            self.next += 1

    def accept(self, first: int, values: list[Any]) -> None:
        """Note the values of the other side that have just come, numbered from `first`."""
        if any((False, first + place) in self._by_name for place in range(len(values))):
            raise WireError("a number is given twice")
        for place, value in enumerate(values):
            self.add(False, first + place, value)

    def forget(self, mine: bool, number: int) -> None:
        twin = self._by_name.pop((mine, number), None)
        if twin is not None:
            self._by_id.pop(id(twin.value), None)
            self._weight -= twin.weight

    def clear(self) -> None:
        self._by_id.clear()
        self._by_name.clear()
        self._weight = 0

    def changed(self) -> list[Twin]:
        """Those whose content is not what both sides know."""
        return [twin for twin in self._by_name.values() if _differs(twin.before, twin.value)]

    def refresh(self, twin: Twin) -> None:
        """Take a twin's content for known to both sides."""
        twin.before = _state(twin.value)
        self._weight -= twin.weight
        twin.weight = _weight(twin.value)
        self._weight += twin.weight

    def get(self, mine: bool, number: int) -> Twin | None:
        return self._by_name.get((mine, number))

    def let_go(self) -> Iterator[tuple[bool, int]]:
        """Forget what nobody on this side holds any more, and say what that was. An outer one goes before its parts."""
        for name in list(self._by_name):
            twin = self._by_name[name]
            if self._weight > _MOST or sys.getrefcount(twin.value) <= _OWN_REFERENCES:
                del twin
                self.forget(*name)
                yield name


def write_state(to: Encoder, value: Any) -> None:
    """The content of a twin."""
    if isinstance(value, (list, deque)):
        to.tag("l")
        base: Any = list if isinstance(value, list) else deque
        to.values(base.__len__(value), base.__iter__(value))
    elif isinstance(value, dict):
        to.tag("d")
        to.number(dict.__len__(value))
        for key, item in _items(value):
            to.value(key)
            to.value(item)
    elif isinstance(value, set):
        to.tag("e")
        to.values(set.__len__(value), set.__iter__(value))
    elif isinstance(value, bytearray):
        to.tag("B")
        to.raw(memoryview(value))
    elif _is_array(value):
        to.tag("a")
        to.value(_as_array(value).copy())
    else:
        to.tag("o")
        fields = vars(value)
        to.number(len(fields))
        for name, item in fields.items():
            to.text(name)
            to.value(item)


def read_state(source: Decoder) -> tuple[str, Any]:
    """What `write_state` wrote, not yet put anywhere."""
    tag = chr(source.byte())
    if tag in "le":
        return tag, [source.value() if tag == "l" else source.key() for _ in range(source.count())]
    if tag == "d":
        return tag, [(source.key(), source.value()) for _ in range(source.count())]
    if tag == "B":
        return tag, bytes(source.raw())
    if tag == "a":
        return tag, source.value()
    if tag == "o":
        return tag, [(source.text(), source.value()) for _ in range(source.count())]
    raise WireError("this is no content of a value")


def check_state(value: Any, tag: str, state: Any) -> None:
    """Raise a WireError if this content is none for this value."""
    if tag == "a":
        fits = _is_array(value) and _is_array(state)
    elif tag == "o":
        basic = isinstance(value, (list, deque, dict, set, bytearray)) or _is_array(value)
        fits = not basic and all(name.isidentifier() and not name.startswith("__") for name, _ in state)
    else:
        bases: dict[str, tuple[type, ...]] = {"l": (list, deque), "d": (dict,), "e": (set,), "B": (bytearray,)}
        fits = isinstance(value, bases[tag])
    if not fits:
        raise WireError("a value is told to become one of another kind")


def put_state(value: Any, tag: str, state: Any) -> None:
    """Make this the content of the value, in place."""
    if isinstance(value, list):
        list.__setitem__(value, slice(None), state)
    elif isinstance(value, deque):
        value.clear()
        value.extend(state)
    elif isinstance(value, dict):
        # Not update(): a Counter's adds.
        base: Any = OrderedDict if isinstance(value, OrderedDict) else dict
        base.clear(value)
        for key, item in state:
            base.__setitem__(value, key, item)
    elif isinstance(value, set):
        set.clear(value)
        set.update(value, state)
    elif isinstance(value, bytearray):
        value[:] = state
    elif tag == "a":
        if not arrays.fill(_as_array(value), state):
            raise WireError("an array is told to become one of another kind")
    else:
        fields = vars(value)
        fields.clear()
        fields.update(state)


def _is_array(value: Any) -> bool:
    """Whether a value holds numbers in bulk: an array, or a tensor."""
    kind = type(value)
    for module, name in (("numpy", "ndarray"), ("torch", "Tensor")):
        base = getattr(sys.modules.get(module), name, None)
        if base is not None and issubclass(kind, base):
            return True
    return False


def _as_array(value: Any) -> Any:
    return value if hasattr(value, "tobytes") else value.detach().numpy()


def _watched(value: Any) -> bool:
    if _is_array(value):
        # Of a tensor alone: NumPy takes its time to spell a type.
        plain = hasattr(value, "tobytes") or str(value.dtype) != "torch.bfloat16"
        return bool(value.nbytes <= _LARGEST) and plain
    return True


def _weight(value: Any) -> int:
    return len(value) if isinstance(value, (list, dict, set, deque)) else 1


def _state(value: Any) -> Any:
    """What the value holds now, to compare with later."""
    if isinstance(value, list):
        return list.__getitem__(value, slice(None))
    if isinstance(value, deque):
        return list(value)
    if isinstance(value, dict):
        items = _items(value)
        return [key for key, _ in items], [item for _, item in items]
    if isinstance(value, set):
        return set(map(id, set.__iter__(value))), list(set.__iter__(value))
    if isinstance(value, bytearray):
        return bytes(value)
    if _is_array(value):
        return arrays.content(_as_array(value))
    fields = vars(value)
    return list(fields), list(fields.values())


def _differs(before: Any, value: Any) -> bool:
    """Whether a value holds other objects than before, or the same in another order."""
    if isinstance(value, list):
        return _other(before, list.__getitem__(value, slice(None)))
    if isinstance(value, deque):
        return _other(before, list(value))
    if isinstance(value, dict):
        items = _items(value)
        return _other(before[0], [key for key, _ in items]) or _other(before[1], [item for _, item in items])
    if isinstance(value, set):
        return bool(before[0] != set(map(id, set.__iter__(value))))
    if isinstance(value, bytearray):
        return bool(before != value)
    if _is_array(value):
        return bool(before != arrays.content(_as_array(value)))
    fields = vars(value)
    return _other(before[0], list(fields)) or _other(before[1], list(fields.values()))


def _items(value: dict[Any, Any]) -> list[tuple[Any, Any]]:
    """A dict's items in its own order, whatever its class."""
    return list(OrderedDict.items(value)) if isinstance(value, OrderedDict) else list(dict.items(value))


def _other(one: list[Any], two: list[Any]) -> bool:
    return len(one) != len(two) or not all(map(operator.is_, one, two))
