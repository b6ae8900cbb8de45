"""What one side does to its objects when the other asks for it.

The student's side does all that Python can do. The examiner's side does little: its objects are tests' functions and
fakes, and who asks is the student.

Covered, on the examiner's side:
* call, a public attribute, an item, iteration, len, truth, a short repr, `with`, `await`; nothing is set or deleted;
* names that begin with an underscore, and those that lead to frames, code and prepared replies, are refused;
* functions, methods, partials and generators have no attributes but those that a test gave them;
* of a class only what its own author wrote: no `mro`, no `__subclasses__`.

Not covered:
* what a test's own public attribute or method tells: who passes an object hands over its public face.
"""

from __future__ import annotations

import copy
import functools
import inspect
import textwrap
import types
from collections.abc import Callable
from typing import Any

from grader.dunders import DUNDERS
from grader.signatures import write_signature
from grader.tasks import finish

__all__ = ["LENT", "do_all", "do_little"]

# What a student's code may have done to an object of a test's.
_LENT = [
    "__call__",
    "__iter__",
    "__next__",
    "__len__",
    "__getitem__",
    "__bool__",
    "__enter__",
    "__exit__",
    "__await__",
    "__aiter__",
    "__anext__",
    "__aenter__",
    "__aexit__",
]
LENT = frozenset(_LENT)
_PREFIXES = ("_", "gi_", "cr_", "ag_", "f_", "tb_", "co_", "func_", "im_")
# What tells of the replies that a mock has ready, or would make it another one.
_REPLIES = {"return_value", "side_effect", "mock_calls", "method_calls"}
_REPLIES |= {"configure_mock", "reset_mock", "attach_mock", "mock_add_spec"}
_BARE = (
    types.FunctionType,
    types.MethodType,
    types.BuiltinFunctionType,
    types.GeneratorType,
    types.CoroutineType,
    types.AsyncGeneratorType,
    types.MethodWrapperType,
    types.WrapperDescriptorType,
    types.MethodDescriptorType,
    functools.partial,
)


def do_all(deed: str, target: Any, arguments: tuple[Any, ...], named: dict[str, Any]) -> Any:
    """Do what the examiner asks for."""
    done = _ALL.get(deed)
    if done is None:
        raise TypeError(f"{deed!r} can't be done")
    return target(*arguments, **named) if deed == "call" else done(target, *arguments)


def do_little(deed: str, target: Any, arguments: tuple[Any, ...], named: dict[str, Any]) -> Any:
    """Do what a student asks for, if it may be asked for."""
    if deed == "call":
        return target(*arguments, **named)
    if deed == "get" and len(arguments) == 1:
        return _public(target, arguments[0])
    if deed == "do" and arguments and arguments[0] in LENT:
        return _dunder(target, *arguments)
    if deed == "item" and len(arguments) == 1:
        return target[arguments[0]]
    if deed == "repr":
        return f"<{getattr(target, '__name__', type(target).__name__)}>"
    if deed == "await":
        return finish(target)
    raise TypeError("this can't be done with an object that a test has passed")


def _public(target: Any, name: Any) -> Any:
    if type(name) is not str or name.startswith(_PREFIXES) or name in _REPLIES:
        raise AttributeError(f"an object that a test has passed has no attribute {name!r} for you")
    if isinstance(target, type):
        owners = [one for one in target.__mro__ if one.__flags__ & _HEAP]
        found = any(name in one.__dict__ for one in owners)
    elif isinstance(target, _BARE):
        found = isinstance(target, types.FunctionType) and name in target.__dict__
    else:
        found = True
    if not found:
        raise AttributeError(f"{getattr(target, '__name__', type(target).__name__)!r} has no attribute {name!r}")
    return getattr(target, name)


_HEAP = 1 << 9  # set in a class that was made by a class statement


def _dunder(target: Any, name: Any, *arguments: Any) -> Any:
    if type(name) is not str or name not in DUNDERS:
        raise TypeError(f"{name!r} can't be done")
    if name == "__iter__":
        return iter(target)
    if name == "__bool__":
        return bool(target)
    method = getattr(type(target), name, None)
    if method is None:
        raise TypeError(f"{type(target).__name__!r} object has no {name}")
    return method(target, *arguments)


def _same(one: Any, other: Any) -> bool:
    return bool(one == other)


def _source(target: Any) -> str | None:
    try:
        return textwrap.dedent(inspect.getsource(target))
    except (OSError, TypeError, IndentationError):
        return None


_ALL: dict[str, Callable[..., Any]] = {
    "call": lambda target: target,
    "get": getattr,
    "set": setattr,
    "delete": delattr,
    "dir": dir,
    "repr": repr,
    "same": _same,
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "item": lambda target, key: target[key],
    "do": _dunder,
    "await": finish,
    "signature": write_signature,
    "source": _source,
}
