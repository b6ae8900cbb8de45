"""Say in words what a lab's test expected: the call, the reply, what was wanted, what to think about.

    given(parse_yes_no, "I know a lot").returns(None, think="Is your code finding 'no' inside another word?")

fails with

    NotYet: parse_yes_no('I know a lot') returned False, but None was expected.
    Is your code finding 'no' inside another word?

Values are compared by `same`, which asks only the expected value's own type: an answer can't declare itself equal.
"""

from __future__ import annotations

import copy
import re
import reprlib
import sys
from collections.abc import Callable
from contextlib import redirect_stderr
from typing import Any

__all__ = ["Given", "NotYet", "expect", "given", "same", "show_value"]

_MISSING = object()
_SMALL = 12  # numbers of an array that a message can show
_ADDRESS = re.compile(r"(?<=[\w>]) at 0x[0-9a-fA-F]+(?=>)")  # where in memory an object lies tells a reader nothing


class NotYet(AssertionError):  # noqa: N818  # its name is the first word a student reads
    """A test's verdict for a person: `call`, `reply`, `wanted` and `think` are its parts, in words."""

    def __init__(self, call: str, reply: str, wanted: str, think: str = "") -> None:
        self.call, self.reply, self.wanted, self.think = call, reply, wanted, think
        super().__init__(f"{call} {reply}, but {wanted}." + (f"\n{think}" if think else ""))


def given(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Given:
    """Prepare one call of a student's function; it runs when its result is first asked for."""
    return Given(function, args, kwargs)


def expect(what: str, got: Any, wanted: Any, think: str = "", within: float | None = None) -> None:
    """Compare a value that is not one call's reply, such as what a fake chat was sent.

    `what` is a noun phrase ("the model that chat was given"); `within` is an absolute tolerance.
    """
    __tracebackhide__ = True
    if not same(got, wanted, within):
        raise NotYet(what, f"was {show_value(got)}", f"{show_value(wanted)} was expected", think)


class Given:
    """One call of a student's function, and what is expected of it. Each check returns the same object."""

    def __init__(self, function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        self._function, self._args, self._kwargs = function, args, kwargs
        self._before = [_copied(value) for value in (*args, *kwargs.values())]
        self._call = _show_call(function, args, kwargs)
        self._reply: Any = _MISSING

    def shown_as(self, call: str) -> Given:
        """Use these words for the call in messages, when its arguments are long."""
        self._call = call
        return self

    @property
    def reply(self) -> Any:
        """What the function returned; a `NotYet` in words if it raised instead."""
        __tracebackhide__ = True
        if self._reply is _MISSING:
            try:
                self._reply = self._run()
            except NotImplementedError:
                raise NotYet(self._call, "has no answer yet", "code of your own was expected") from None
            except Exception as error:
                raise NotYet(self._call, f"stopped with {_show_error(error)}", "a reply was expected") from None
        return self._reply

    def _run(self) -> Any:
        """Call the function; its stderr goes to stdout, since nbgrader gives a tests cell with stderr no points."""
        __tracebackhide__ = True
        with redirect_stderr(sys.stdout):
            return self._function(*self._args, **self._kwargs)

    def returns(self, wanted: Any, think: str = "", within: float | None = None) -> Given:
        """The reply is `wanted` (see `same`); numbers may differ by `within`."""
        __tracebackhide__ = True
        reply = self._reply_or(f"{show_value(wanted)} was expected", think)
        if not same(reply, wanted, within):
            raise self._returned(reply, f"{show_value(wanted)} was expected", think)
        return self

    def satisfies(self, condition: Callable[[Any], bool], wanted: str, think: str = "") -> Given:
        """The reply meets `condition`, which `wanted` puts in words ("a list of two rows")."""
        __tracebackhide__ = True
        reply = self._reply_or(f"{wanted} was expected", think)
        try:
            met: Any = condition(reply)
            fine = met is True or (type(met).__module__ == "numpy" and met.item() is True)
        except Exception:
            # A reply of another shape than the condition can read does not meet it.
            fine = False
        if not fine:
            raise self._returned(reply, f"{wanted} was expected", think)
        return self

    def raises(self, kind: type[BaseException], think: str = "") -> Given:
        """The call stops with `kind`."""
        __tracebackhide__ = True
        wanted = f"{kind.__name__} was expected"
        try:
            reply = self._run()
        except kind as error:
            if kind is not NotImplementedError and isinstance(error, NotImplementedError):
                raise NotYet(self._call, "has no answer yet", wanted, think) from None
            return self
        except Exception as error:
            raise NotYet(self._call, f"stopped with {_show_error(error)}", wanted, think) from None
        raise NotYet(self._call, f"returned {show_value(reply)}", wanted, think)

    def changes_nothing(self, think: str = "") -> Given:
        """After the call its arguments are what they were before."""
        __tracebackhide__ = True
        self._reply_or("unchanged arguments were expected", think)
        for before, after in zip(self._before, (*self._args, *self._kwargs.values()), strict=True):
            if before is not _MISSING and not same(after, before):
                changed = (
                    f"changed its argument {show_value(before)} to {show_value(after)}{_difference(before, after)}"
                )
                raise NotYet(self._call, changed, "an unchanged argument was expected", think)
        return self

    def _ipython_display_(self) -> None:
        """Nothing to show under a tests cell whose last line is a check: it passed."""

    def _returned(self, reply: Any, wanted: str, think: str) -> NotYet:
        if reply is None:
            think = f"{think} Does the function give its result back with return, or only print it?".strip()
        return NotYet(self._call, f"returned {show_value(reply)}", wanted, think)

    def _reply_or(self, wanted: str, think: str) -> Any:
        __tracebackhide__ = True
        try:
            return self.reply
        except NotYet as problem:
            if problem.reply.startswith("stopped"):
                raise NotYet(problem.call, problem.reply, wanted, think) from None
            raise


def same(got: Any, wanted: Any, within: float | None = None) -> bool:
    """Whether `got` is the value `wanted`.

    Lists and tuples with equal items are the same; 2 and 2.0 are; True and 1 are not. Floats may differ by one part
    in a thousand million, or by `within`. Arrays need equal shape and kind of number. Of `got` only its type and,
    once that is known to be plain, its content is used.
    """
    if type(got).__module__ == "numpy" or type(wanted).__module__ == "numpy":
        return _same_array(got, wanted, within)
    if isinstance(wanted, bool) or isinstance(got, bool):
        return type(got) is type(wanted) and bool(got) is bool(wanted)
    if isinstance(wanted, (int, float)):
        return isinstance(got, (int, float)) and _close(got, wanted, within)
    if isinstance(wanted, str):
        return isinstance(got, str) and str.__eq__(wanted, got)
    if isinstance(wanted, bytes):
        return isinstance(got, bytes) and bytes.__eq__(wanted, got)
    if isinstance(wanted, (list, tuple)):
        return (
            isinstance(got, (list, tuple))
            and len(got) == len(wanted)
            and all(same(one, other, within) for one, other in zip(got, wanted, strict=True))
        )
    if isinstance(wanted, dict):
        return (
            isinstance(got, dict)
            and dict.keys(got) == dict.keys(wanted)
            and all(same(dict.__getitem__(got, key), value, within) for key, value in wanted.items())
        )
    if isinstance(wanted, (set, frozenset)):
        return isinstance(got, (set, frozenset)) and frozenset(got) == frozenset(wanted)
    if wanted is None:
        return got is None
    return type(got) is type(wanted) and bool(got == wanted)


def _close(got: float, wanted: float, within: float | None) -> bool:
    if got != got or wanted != wanted:  # NaN is the same as NaN here, and as nothing else
        return got != got and wanted != wanted
    if got == wanted:
        return True
    return abs(got - wanted) <= (within if within is not None else 1e-9 * max(abs(got), abs(wanted)))


def _same_array(got: Any, wanted: Any, within: float | None) -> bool:
    import numpy as np

    if isinstance(got, np.generic):
        got = got.item()
    if isinstance(wanted, np.generic):
        wanted = wanted.item()
    if not isinstance(wanted, np.ndarray):
        # An array where a list was expected holds the same numbers.
        return same(got.tolist() if isinstance(got, np.ndarray) else got, wanted, within)
    if not isinstance(got, np.ndarray) or got.shape != wanted.shape or got.dtype.kind != wanted.dtype.kind:
        return False
    if wanted.dtype.kind == "f":
        return bool(np.allclose(got, wanted, rtol=1e-9, atol=within or 1e-12, equal_nan=True))
    if within:
        return bool(np.all(np.abs(got.astype(np.int64) - wanted.astype(np.int64)) <= within))
    return bool(np.array_equal(got, wanted))


class _Short(reprlib.Repr):
    """Python's own shortener, with room for a sentence and words for arrays."""

    def __init__(self) -> None:
        super().__init__()
        self.maxstring = self.maxother = 200
        self.maxlist = self.maxtuple = self.maxdict = self.maxset = 12
        self.maxlevel = 4

    def repr1(self, x: Any, level: int) -> str:
        if type(x).__module__ == "numpy" and getattr(x, "shape", ()) != ():
            if 0 < x.size <= _SMALL:
                return f"array({x.tolist()}, {x.dtype})"
            return f"<array of shape {tuple(x.shape)}, {x.dtype}>"
        if type(x).__module__ == "numpy" and hasattr(x, "item"):
            return repr(x.item())
        if type(x).__name__ == "ChatResponse":
            return f"<reply {self.repr_str(x.message.content or '', level)}>"
        if callable(x):
            return getattr(x, "__name__", type(x).__name__)
        return super().repr1(x, level)


def show_value(value: Any) -> str:
    """A value in at most about 200 characters, arrays as shape and type, functions by name, objects without address."""
    try:
        return _ADDRESS.sub("", _Short().repr(value))
    except Exception:
        # A student's own class may have a broken __repr__; its name still says something.
        return f"<{type(value).__name__}>"


def _show_call(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
    shown = [show_value(value) for value in args] + [f"{key}={show_value(value)}" for key, value in kwargs.items()]
    return f"{getattr(function, '__name__', 'your function')}({', '.join(shown)})"


def _show_error(error: BaseException) -> str:
    text = str(error).strip().splitlines()
    return type(error).__name__ + (f": {text[0][:200]}" if text else "")


def _copied(value: Any) -> Any:
    try:
        twin = copy.deepcopy(value)
    except Exception:
        return _MISSING
    # What is not even the same as its own copy (a fake, an open file, a camera) can't be watched for change.
    return twin if same(twin, value) else _MISSING


def _difference(before: Any, after: Any) -> str:
    """How an argument changed, where showing it before and after would not tell: two large arrays look alike."""
    arrays = type(before).__module__ == type(after).__module__ == "numpy"
    if not arrays or before.size <= _SMALL or before.shape != after.shape:
        return ""
    return f" ({int((before != after).sum())} of {before.size} numbers differ)"
