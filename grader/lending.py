"""Who holds what of whom: the objects that this side has lent, and the handles by which it holds the other side's.

An object that is lent is kept until the other side has given back each time it was told of it.
"""

from __future__ import annotations

import weakref
from collections import deque
from typing import TYPE_CHECKING, Any

from grader.faults import make_class
from grader.handles import Handle, made_class
from grader.wire import WireError

if TYPE_CHECKING:
    from grader.bridge import Bridge

__all__ = ["Held", "Lent"]

_MOST = 100_000  # objects lent, and handles held
_CLASSES_MOST = 10_000
_FAULTS_KEPT = 200


class _One:
    """An object of this side that the other holds, `count` times told."""

    __slots__ = ("count", "value")

    def __init__(self, value: Any) -> None:
        self.value, self.count = value, 0


class Lent:
    """What this side has lent."""

    def __init__(self) -> None:
        self._by_number: dict[int, _One] = {}
        self._by_id: dict[int, int] = {}
        self._next = 1
        self._faults: dict[int, BaseException] = {}
        self.told: set[int] = set()  # the classes that the other side knows all about; they are never given back

    def number(self, value: Any) -> int:
        """Lend an object once more, and give its number."""
        number = self._by_id.get(id(value))
        if number is None:
            if len(self._by_number) >= _MOST:
                raise WireError(f"more than {_MOST} objects are lent")
            number = self._by_id[id(value)] = self._new()
            self._by_number[number] = _One(value)
        self._by_number[number].count += 1
        return number

    def value(self, number: int) -> Any:
        """The object of that number."""
        one = self._by_number.get(number)
        if one is None:
            raise WireError("this object was never lent, or is given back")
        return one.value

    def give_back(self, number: int, count: int) -> None:
        """The other side has let go of an object that it was told of so many times."""
        one = self._by_number.get(number)
        if one is None or number in self.told:
            return
        one.count -= count
        if one.count <= 0:
            del self._by_number[number]
            self._by_id.pop(id(one.value), None)

    def fault_number(self, problem: BaseException) -> int:
        """Keep an exception for a while, so that the very same one comes back if it falls through."""
        number = self._new()
        self._faults[number] = problem
        if len(self._faults) > _FAULTS_KEPT:
            del self._faults[next(iter(self._faults))]
        return number

    def fault(self, number: int) -> BaseException:
        known = self._faults.get(number)
        return known if known is not None else RuntimeError("an error from long ago")

    def _new(self) -> int:
        self._next += 1
        return self._next - 1


class Held:
    """The handles of this side."""

    def __init__(self, bridge: Bridge) -> None:
        self._bridge = bridge
        self._handles: dict[int, weakref.ref[Handle]] = {}
        self._told: dict[int, list[int]] = {}  # how often each was told of
        self._classes: dict[int, Any] = {}
        self._faults: dict[int, type] = {}
        self._shapes: dict[tuple[str, int], type] = {}
        self.let_go: deque[tuple[int, int]] = deque()  # handles that are gone, and how often they were told of

    def handle(self, number: int, kind: type) -> Any:
        """The handle for that number: the one that is there already, or a new one."""
        known = self._handles.get(number)
        handle = known() if known is not None else None
        if handle is not None:
            self._told[number][0] += 1
            return handle
        if len(self._handles) >= _MOST:
            raise WireError(f"more than {_MOST} objects are held")
        made: Any = object.__new__(kind)
        object.__setattr__(made, "_dojo_bridge", self._bridge)
        object.__setattr__(made, "_dojo_id", number)
        count = [1]

        def ended(reference: Any) -> None:
            self.let_go.append((number, count[0]))
            if self._handles.get(number) is reference:
                del self._handles[number], self._told[number]

        self._handles[number] = weakref.ref(made, ended)
        self._told[number] = count
        return made

    def known_class(self, number: int) -> Any:
        known = self._classes.get(number)
        if known is None:
            raise WireError("a class was never told of")
        return known

    def new_class(self, number: int, kind: Any) -> Any:
        """Note the class that stands for the other side's class of that number; the first one told stays."""
        if len(self._classes) >= _CLASSES_MOST:
            raise WireError(f"more than {_CLASSES_MOST} classes")
        return self._classes.setdefault(number, kind)

    def shape(self, name: str, bits: int) -> type:
        """A class for objects whose own class stays untold."""
        if (name, bits) not in self._shapes:
            self._shapes[name, bits] = made_class(self._bridge, 0, name, bits, False, ())
        return self._shapes[name, bits]

    def fault_class(self, number: int, name: str, base: type) -> type:
        """The class of exceptions that stands for the other side's class of that number."""
        known = self._faults.get(number)
        if known is None:
            if len(self._faults) >= _CLASSES_MOST:
                raise WireError(f"more than {_CLASSES_MOST} classes")
            known = self._faults[number] = make_class(number, name, base)
        return known

    def stands_for_theirs(self, kind: Any) -> bool:
        """Whether an exception class was made here for one of theirs."""
        return self._faults.get(kind._dojo_id) is kind
