"""Handles: objects that stay on one side, and what stands for them on the other.

A handle asks for each thing that is done to it. The examiner's handles reach into the student's process and learn what
it says; nothing that a handle says can run code here, and a handle never decides that it equals a plain value.

Covered:
* functions, methods, classes and their objects, generators, coroutines, context managers, iterators, modules;
* `callable`, `isinstance` and `issubclass` with the student's classes, `type(x) is Class`, `inspect.signature`,
  `__name__`, `__doc__`, `len`, `in`, items, attributes, `with`, `for`, `next`, `await`, `async for`, and conversions;
* equality with a plain value is False; between objects of a class that the lab asks for, the student's __eq__ decides;
* operators, and methods with arguments, on objects of a class that the lab does not ask for are refused: such an object
  could answer "yes" to whatever a test asks of it. `x in handle` goes through its items and compares them here;
* of names with two underscores only a few are asked for: no __array_interface__, no __reduce__, no _repr_html_.

Not covered:
* a test's class that derives from a student's class; pickling; what `inspect.getsource` gives is the student's word;
* a lying __bool__, __len__ or __float__: it may say another thing each time, but it never learns what a test wants.
"""

from __future__ import annotations

import inspect
import linecache
import types
from typing import TYPE_CHECKING, Any

from grader.dunders import BITS, DUNDERS, HARMLESS, READABLE, TRUSTING
from grader.signatures import read_signature

if TYPE_CHECKING:
    from grader.bridge import Bridge

__all__ = [
    "DirectClass",
    "FunctionHandle",
    "Handle",
    "HandleClass",
    "Method",
    "class_for",
    "made_class",
    "refuse",
]


class _Doc:
    """The `__doc__` of the object, where Python would find that of the handle's class."""

    def __get__(self, handle: Any, owner: Any) -> Any:
        target = handle if handle is not None else owner
        return target._dojo_bridge.ask("get", target, "__doc__") if hasattr(target, "_dojo_bridge") else ""


class Handle:
    """Stands for an object of the other side."""

    __slots__ = ("__weakref__", "_dojo_bridge", "_dojo_id")
    _dojo_bridge: Bridge
    _dojo_id: int
    _dojo_given = False  # whether the lab asks for this object's class
    _dojo_callable = False
    _dojo_equal = False  # whether its class has an __eq__ of its own
    _dojo_kind = "object"
    __array_ufunc__ = None  # so that NumPy leaves operators to us

    def __getattr__(self, name: str) -> Any:
        if name == "__signature__" and type(self)._dojo_callable:
            return _signature(self)
        if not _may_ask(name):
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        value = self._dojo_bridge.ask("get", self, name)
        guarded = self._dojo_bridge.examiner and not type(self)._dojo_given
        guarded = guarded and isinstance(value, Handle) and type(value)._dojo_callable
        return Method(value, f"{type(self).__name__}.{name}") if guarded and name not in HARMLESS else value

    def __setattr__(self, name: str, value: Any) -> None:
        if name.startswith("_dojo_"):
            object.__setattr__(self, name, value)
        elif name.startswith("__"):
            raise AttributeError(f"{name} can't be set")
        else:
            self._dojo_bridge.ask("set", self, name, value)

    def __delattr__(self, name: str) -> None:
        self._dojo_bridge.ask("delete", self, name)

    def __dir__(self) -> list[str]:
        names = self._dojo_bridge.ask("dir", self)
        return [name for name in names if type(name) is str] if isinstance(names, list) else []

    def __repr__(self) -> str:
        text = self._dojo_bridge.ask("repr", self)
        return text if type(text) is str else f"<{type(self).__name__}>"

    def __eq__(self, other: Any) -> Any:
        if self is other:
            return True
        if not issubclass(type(other), Handle):
            return NotImplemented
        if self._dojo_id == other._dojo_id and self._dojo_bridge is other._dojo_bridge:
            return True
        kinds = type(self), type(other)
        if not any(kind._dojo_equal and kind._dojo_given for kind in kinds):
            return NotImplemented
        answer = self._dojo_bridge.ask("same", self, other)
        return answer if type(answer) is bool else NotImplemented

    def __hash__(self) -> int:
        return hash(("handle", self._dojo_id))

    def __copy__(self) -> Any:
        return self._dojo_bridge.ask("copy", self)

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        return self._dojo_bridge.ask("deepcopy", self)

    def __reduce_ex__(self, protocol: Any) -> Any:
        raise TypeError(f"a {type(self).__name__} of the student's process can't be pickled")

    __reduce__ = __reduce_ex__  # type: ignore[assignment]  # both refuse


class HandleClass(type):
    """The class of the classes that stand for the other side's classes."""

    # Under other names than those of the objects, which would else be found here.
    _dojo_owner: Bridge
    _dojo_number: int

    @property
    def _dojo_bridge(cls) -> Bridge:
        return cls._dojo_owner

    @property
    def _dojo_id(cls) -> int:
        return cls._dojo_number

    def __call__(cls, *arguments: Any, **named: Any) -> Any:
        if "_dojo_number" not in cls.__dict__:
            raise TypeError(f"{cls.__name__} derives from a student's class, which a test's class can't")
        return cls._dojo_bridge.ask("call", cls, *arguments, **named)

    def __getattr__(cls, name: str) -> Any:
        if not _may_ask(name) or "_dojo_number" not in cls.__dict__:
            raise AttributeError(f"type object {cls.__name__!r} has no attribute {name!r}")
        value = cls._dojo_bridge.ask("get", cls, name)
        guarded = cls._dojo_bridge.examiner and not cls._dojo_given
        guarded = guarded and isinstance(value, Handle) and type(value)._dojo_callable
        return Method(value, f"{cls.__name__}.{name}") if guarded and name not in HARMLESS else value

    def __setattr__(cls, name: str, value: Any) -> None:
        if name.startswith(("_dojo_", "__")):
            type.__setattr__(cls, name, value)
        else:
            cls._dojo_bridge.ask("set", cls, name, value)

    def __delattr__(cls, name: str) -> None:
        cls._dojo_bridge.ask("delete", cls, name)

    def __dir__(cls) -> list[str]:
        names = cls._dojo_bridge.ask("dir", cls)
        return [name for name in names if type(name) is str] if isinstance(names, list) else []

    def __iter__(cls) -> Any:
        return cls._dojo_bridge.ask("do", cls, "__iter__")

    def __len__(cls) -> int:
        return cls._dojo_bridge.ask("do", cls, "__len__")  # type: ignore[no-any-return]  # Python checks it

    def __bool__(cls) -> bool:
        return True

    def __getitem__(cls, key: Any) -> Any:
        return cls._dojo_bridge.ask("item", cls, key)

    def __repr__(cls) -> str:
        return f"<class {cls.__name__!r}>"

    @property
    def __signature__(cls) -> inspect.Signature:
        return _signature(cls)

    def __reduce_ex__(cls, protocol: Any) -> Any:
        raise TypeError(f"the class {cls.__name__} of the student's process can't be pickled")


class DirectClass(type):
    """The class of the classes that are made here for a student's named tuples (see `grader.named`)."""

    _dojo_owner: Bridge
    _dojo_number: int

    def __call__(cls, *arguments: Any, **named: Any) -> Any:
        return cls._dojo_owner.ask("call", cls, *arguments, **named)

    def __getattr__(cls, name: str) -> Any:
        if not _may_ask(name):
            raise AttributeError(f"type object {cls.__name__!r} has no attribute {name!r}")
        return cls._dojo_owner.ask("get", cls, name)


class FunctionHandle(Handle):
    """Stands for a function."""

    __slots__ = ("_dojo_flavour", "_dojo_name")
    __module__ = "__main__"  # as IPython shows a function of the notebook's
    _dojo_callable = True
    _dojo_kind = "function"
    _dojo_flavour: int
    _dojo_name: str
    __doc__ = _Doc()

    def __call__(self, /, *arguments: Any, **named: Any) -> Any:
        return self._dojo_bridge.ask("call", self, *arguments, **named)

    @property
    def __name__(self) -> str:
        return self._dojo_name

    @property  # type: ignore[misc]  # read only
    def __class__(self) -> Any:
        return types.FunctionType

    @property
    def __code__(self) -> types.CodeType:
        """No code of the student's but a stranger's of the same shape, by which `inspect` can tell a coroutine function
        and find the text that the student's side gives for the source."""
        shape: types.CodeType = _SHAPES[self._dojo_flavour].__code__
        place = f"<student {self._dojo_id}>"
        text = self._dojo_bridge.ask("source", self)
        if type(text) is str:
            linecache.cache[place] = (len(text), None, text.splitlines(keepends=True), place)
        return shape.replace(co_filename=place, co_firstlineno=1, co_name="function")

    @property
    def __signature__(self) -> inspect.Signature:
        return _signature(self)

    def __copy__(self) -> Any:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        return self

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        return self if instance is None else types.MethodType(self, instance)


class Method:
    """A callable that was found on an object which the lab does not ask for: it takes no arguments of a test's."""

    __slots__ = ("_dojo_handle", "_dojo_path")

    def __init__(self, handle: Handle, path: str) -> None:
        self._dojo_handle, self._dojo_path = handle, path

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        if arguments or named:
            raise TypeError(
                f"{self._dojo_path}() belongs to an object of the student's own making, "
                "and tests call such methods without arguments only; the lab expects a plain value here."
            )
        return self._dojo_handle()  # type: ignore[operator]  # only callables are wrapped

    def __getattr__(self, name: str) -> Any:
        return getattr(self._dojo_handle, name)

    def __repr__(self) -> str:
        return repr(self._dojo_handle)


async def _coroutine() -> None: ...


def _generator() -> Any:
    yield


async def _async_generator() -> Any:
    yield


def _plain() -> None: ...


_SHAPES: tuple[Any, ...] = (_plain, _generator, _coroutine, _async_generator)


def flavour(function: Any) -> int:
    """Which of the four shapes of function this is."""
    code = getattr(function, "__code__", None)
    flags = code.co_flags if isinstance(code, types.CodeType) else 0
    marks = (inspect.CO_GENERATOR, inspect.CO_COROUTINE, inspect.CO_ASYNC_GENERATOR)
    return next((place for place, mark in enumerate(marks, 1) if flags & mark), 0)


def made_class(bridge: Bridge, number: int, name: str, bits: int, equal: bool, bases: tuple[type, ...]) -> type:
    """A class for one of the other side's, able to do what `bits` say."""
    name = name if name.isidentifier() else "Unknown"
    space: dict[str, Any] = {
        **{one: _FORWARDED[one] for one, bit in BITS.items() if bits & bit and one in _FORWARDED},
        "__slots__": (),
        "__module__": "student",
        "__doc__": _Doc(),
    }
    made: Any
    try:
        made = HandleClass(name, bases or (Handle,), space)
    except TypeError:
        # These bases have no common order.
        made = HandleClass(name, (Handle,), space)
    made._dojo_owner, made._dojo_number = bridge, number
    made._dojo_callable = bool(bits & BITS["__call__"])
    made._dojo_equal = equal
    made._dojo_given = False
    made._dojo_asks_for_hash = bool(bits & BITS["__hash__"])
    made._dojo_bits = bits
    whole: type = made
    return whole


def trust(kind: Any) -> None:
    """The lab asks for this class: tests may use its operators and methods."""
    type.__setattr__(kind, "_dojo_given", True)
    for name in TRUSTING:
        if kind._dojo_bits & BITS[name]:
            type.__setattr__(kind, name, _trusted(name))


def _may_ask(name: str) -> bool:
    if name.startswith("__") and name.endswith("__"):
        return name in READABLE
    return not name.startswith(("_repr_", "_ipython_", "_dojo_"))


def refuse(kind: str) -> TypeError:
    return TypeError(
        f"this is a {kind}, an object of the student's own making; operators work on plain values, "
        "and on objects of the classes that the lab asks for"
    )


def _forwarded(name: str) -> Any:
    """A method that asks the other side."""

    def method(self: Any, *arguments: Any, **named: Any) -> Any:
        if name == "__call__":
            return self._dojo_bridge.ask("call", self, *arguments, **named)
        if name in ("__exit__", "__aexit__") and len(arguments) == 3:
            arguments = (*arguments[:2], None)
        return self._dojo_bridge.ask("do", self, name, *arguments)

    method.__name__ = name
    return method


def _trusted(name: str) -> Any:
    return _forwarded(name)


def _refusing(name: str) -> Any:
    def method(self: Any, *arguments: Any) -> Any:
        raise refuse(type(self).__name__)

    method.__name__ = name
    return method


def _awaits(self: Any) -> Any:
    """What the other side awaits to its end; there is nothing left to wait for here."""
    yield from ()
    return self._dojo_bridge.ask("await", self)


def _hashes(self: Any) -> int:
    value = self._dojo_bridge.ask("do", self, "__hash__")
    return value if type(value) is int else Handle.__hash__(self)


_FORWARDED: dict[str, Any] = {name: _forwarded(name) for name in DUNDERS if name not in TRUSTING}
# Without an `in` of its own, Python goes through the items and compares them here.
_FORWARDED |= {name: _refusing(name) for name in TRUSTING if name != "__contains__"}
_FORWARDED |= {"__await__": _awaits, "__hash__": _hashes}


class GeneratorHandle(Handle):
    """Stands for a generator."""

    __slots__ = ()
    _dojo_kind = "generator"

    def __iter__(self) -> Any:
        return self

    def __next__(self) -> Any:
        return self._dojo_bridge.ask("do", self, "__next__")

    @property  # type: ignore[misc]  # read only
    def __class__(self) -> Any:
        return types.GeneratorType


class CoroutineHandle(Handle):
    """Stands for a coroutine."""

    __slots__ = ()
    _dojo_kind = "coroutine"
    __await__ = _awaits

    @property  # type: ignore[misc]  # read only
    def __class__(self) -> Any:
        return types.CoroutineType


class ModuleHandle(Handle):
    """Stands for a module."""

    __slots__ = ()
    _dojo_kind = "module"


class_for: dict[str, type[Handle]] = {
    "function": FunctionHandle,
    "generator": GeneratorHandle,
    "coroutine": CoroutineHandle,
    "module": ModuleHandle,
}


def _signature(handle: Any) -> inspect.Signature:
    told = handle._dojo_bridge.ask("signature", handle)
    if not isinstance(told, list):
        raise ValueError("no signature found")
    return read_signature(told)
