"""What crosses that is no plain value: handles, classes, functions, exceptions, records, and what both sides hold.

Covered:
* the student's side may tell of any object; the examiner lends functions, fakes, files and classes, but never frames,
  code, tracebacks or a part of the grader;
* a library's function or module that a test passes is told by its name: the student's side has its own.
"""

from __future__ import annotations

import sys
import types
from typing import TYPE_CHECKING, Any

from grader import faults, named, records
from grader.classes import MAIN, Locked, find, is_exception, name_of
from grader.deeds import LENT
from grader.dunders import able
from grader.handles import FunctionHandle, Handle, HandleClass, Method, class_for, flavour, made_class
from grader.lending import Held, Lent
from grader.twins import Twins
from grader.wire import Decoder, Encoder, WireError

if TYPE_CHECKING:
    from grader.bridge import Bridge

__all__ = ["Things"]

_OURS = ("grader.", "IPython.core.interactiveshell")
_NEVER = (types.FrameType, types.CodeType, types.TracebackType, types.CellType)
_FUNCTIONS = (types.FunctionType, types.MethodType, types.BuiltinFunctionType)
_FORMS = {types.GeneratorType: "g", types.CoroutineType: "a", types.ModuleType: "m"}
_KINDS = {"g": "generator", "a": "coroutine", "m": "module"}
_BASES = 50
_NAME = 200


class Things:
    """This side's knowledge of what it shares with the other: the codec asks it for all that is not plain."""

    def __init__(self, bridge: Bridge, examiner: bool) -> None:
        self.bridge, self.examiner = bridge, examiner
        self.lent, self.held, self.twins = Lent(), Held(bridge), Twins()
        self.locked = Locked()
        self.stay: set[type] = set()  # classes whose objects stay on this side, whatever they hold
        self.telling: list[int] = []  # the classes that the message which is being written tells of

    def twin_of(self, value: Any) -> tuple[bool, int] | None:
        return self.twins.name(value)

    def twin(self, mine: bool, number: int) -> Any:
        return self.twins.value(mine, number)

    def window_of(self, array: Any) -> tuple[bool, int, int] | None:
        root = array.base
        name = self.twins.name(root) if root is not None else None
        if name is None or not hasattr(root, "dtype") or not root.flags.c_contiguous or root.dtype != array.dtype:
            return None
        offset = array.__array_interface__["data"][0] - root.__array_interface__["data"][0]
        return (*name, offset) if offset >= 0 else None

    # -- writing -----------------------------------------------------------------------------------------------------

    def write(self, to: Encoder, value: Any) -> bool:
        kind = type(value)
        if kind is Method:
            value = value._dojo_handle
            kind = type(value)
        if issubclass(kind, Handle) or kind is HandleClass:
            self._write_theirs(to, value)
        elif issubclass(kind, BaseException):
            faults.write(to, value, self)
        elif issubclass(kind, type):
            self._write_class(to, value)
        elif named.is_made(kind):
            named.write_theirs(to, value)
        elif kind in self.stay:
            self.write_last(to, value)
        elif self.examiner and self._write_by_name(to, value):
            return True
        else:
            return records.write(to, value, self.locked, ordinary=not self.examiner) or (
                not self.examiner and named.write(to, value, self)
            )
        return True

    def _write_theirs(self, to: Encoder, value: Any) -> None:
        if value._dojo_bridge is not self.bridge:
            raise WireError("an object of another session can't cross")
        if not value._dojo_id:
            raise WireError("the class of a test's object can't cross")
        to.tag("H")
        to.number(value._dojo_id)

    def _write_class(self, to: Encoder, kind: type) -> None:
        name = name_of(kind, self.locked)
        if is_exception(kind):
            faults.write_class(to, kind, self)
        elif name is not None:
            to.tag("K")
            to.text(name[0])
            to.text(name[1])
        elif named.is_made(kind):
            to.tag("H")
            to.number(named.number_of(kind))
        elif not self.examiner and named.is_named_tuple(kind):
            named.write_class(to, kind, self)
        else:
            self.write_last(to, kind)

    def _write_by_name(self, to: Encoder, value: Any) -> bool:
        """A library's function or module, which the student's side has too: told by name, from the examiner alone."""
        if type(value) is types.ModuleType:
            module, name = value.__name__, ""
        elif type(value) in (types.FunctionType, types.BuiltinFunctionType):
            module, name = getattr(value, "__module__", None) or "", getattr(value, "__qualname__", "")
        else:
            return False
        if module.partition(".")[0] in (MAIN, "grader", "tests", "") or _named(module, name) is not value:
            return False
        to.tag("G")
        to.text(module)
        to.text(name)
        return True

    def write_last(self, to: Encoder, value: Any) -> None:
        """Lend the object."""
        kind = type(value)
        if self.examiner and (isinstance(value, _NEVER) or kind.__module__.startswith(_OURS)):
            raise WireError(f"a {kind.__name__} is not for students")
        number = self.lent.number(value)
        to.tag("h")
        to.number(number)
        if issubclass(kind, type):
            to.tag("c")
            self._describe(to, value, number)
        elif kind in _FUNCTIONS:
            to.tag("f")
            to.number(flavour(value))
            to.text(_word(getattr(value, "__name__", "function")))
        elif kind in _FORMS:
            to.tag(_FORMS[kind])
        elif self.examiner:
            to.tag("s")
            to.text(_word(kind.__name__))
            to.value(able(kind, LENT))
        else:
            to.tag("o")
            owner = self.lent.number(kind)
            to.number(owner)
            self._describe(to, kind, owner)

    def _describe(self, to: Encoder, kind: type, number: int) -> None:
        """Tell of a class, once."""
        known = number in self.lent.told
        to.number(int(known))
        if known:
            return
        self.tell(number)
        to.text(_word(kind.__name__))
        to.value(able(kind, LENT if self.examiner else None))
        own = [] if self.examiner else [one for one in kind.__mro__ if one is not object]
        to.number(int(any("__eq__" in one.__dict__ for one in own)))
        bases = [] if self.examiner else [one for one in kind.__bases__ if one.__module__ == MAIN][:_BASES]
        to.number(len(bases))
        for base in bases:
            base_number = self.lent.number(base)
            to.number(base_number)
            self._describe(to, base, base_number)

    def tell(self, number: int) -> None:
        """Note that the other side will know this class, if this message is sent."""
        self.lent.told.add(number)
        self.telling.append(number)

    # -- reading -----------------------------------------------------------------------------------------------------

    def read(self, source: Decoder, tag: str) -> Any:
        if tag == "H":
            return self.lent.value(source.number())
        if tag == "h":
            return self._read_handle(source)
        if tag in "XQ":
            return faults.read(source, tag, self)
        if tag == "Y":
            return faults.read_class(source, self)
        if tag == "K":
            found = find(source.text(), source.text(), self.locked)
            if found is None:
                raise WireError("a class is unknown on this side")
            return found
        if tag == "E":
            return records.read(source, self.locked, ordinary=self.examiner)
        if tag == "P":
            return named.read(source, self)
        if tag == "G" and not self.examiner:
            return _imported(source.text(), source.text())
        raise WireError(f"the tag {tag!r} is unknown")

    def _read_handle(self, source: Decoder) -> Any:
        number, form = source.number(), chr(source.byte())
        if number == 0:
            raise WireError("an object has no number")
        if form == "c":
            return self._read_class(source, number)
        if form == "f":
            shape, name = source.number(), source.text()[:_NAME]
            if shape > 3:
                raise WireError("a function has no such shape")
            handle = self.held.handle(number, FunctionHandle)
            if type(handle) is FunctionHandle:
                handle._dojo_flavour, handle._dojo_name = shape, name
            return handle
        if form in _KINDS:
            return self.held.handle(number, class_for[_KINDS[form]])
        if form == "s" and not self.examiner:
            return self.held.handle(number, self.held.shape(source.text(), _bits(source)))
        if form != "o":
            raise WireError("this is no handle")
        kind = self._read_class(source, source.number())
        if type(kind) is not HandleClass:
            raise WireError("an object of this class is no handle")
        return self.held.handle(number, kind)

    def _read_class(self, source: Decoder, number: int, depth: int = 0) -> Any:
        if source.number():
            return self.held.known_class(number)
        name, bits, equal = source.text()[:_NAME], _bits(source), bool(source.number())
        count = source.number()
        if count > _BASES or depth > _BASES:
            raise WireError("a class has too many bases")
        bases = [self._read_class(source, source.number(), depth + 1) for _ in range(count)]
        kinds = tuple(dict.fromkeys(base for base in bases if type(base) is HandleClass))
        return self.held.new_class(number, made_class(self.bridge, number, name, bits, equal, kinds))


def _bits(source: Decoder) -> int:
    """What objects of a class can do, as `grader.handles.able` tells it."""
    bits = source.value()
    if type(bits) is not int or bits < 0:
        raise WireError("it is not told what a class can do")
    return bits


def _word(name: Any) -> str:
    return name[:_NAME] if type(name) is str else ""


def _named(module: str, name: str) -> Any:
    found: Any = sys.modules.get(module)
    for part in name.split(".") if name else ():
        found = found.__dict__.get(part) if hasattr(found, "__dict__") else None
    return found


def _imported(module: str, name: str) -> Any:
    """On the student's side: the library's thing of that name."""
    import importlib

    try:
        found: Any = importlib.import_module(module)
        for part in name.split(".") if name else ():
            found = getattr(found, part)
    except (ImportError, AttributeError):
        raise WireError(f"{module} is not on this side") from None
    return found
