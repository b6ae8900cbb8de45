"""Exceptions over the wire: by name, with their arguments and attributes, without traceback and without a line of code.

Covered:
* an exception of Python, of a library that both sides have imported, or of a locked cell arrives as that class;
* any other becomes a class of the same name over the nearest base that is known, and stays that class for the session:
  `except TooLong` in a test catches what the student raised as TooLong;
* what a test's function raised comes back as the very same object when it falls through the student's code;
* a class that only calls itself NotImplementedError is not NotImplementedError;
* an exception says its text by what came over, never by calling the student's __str__.

Not covered:
* causes and contexts; methods of a student's exception class.
"""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.classes import find, is_exception, name_of
from grader.wire import WireError

if TYPE_CHECKING:
    from grader.things import Things
    from grader.wire import Decoder, Encoder

__all__ = [
    "FaultClass",
    "in_notebook",
    "known_name",
    "make_class",
    "note_place",
    "origin",
    "place",
    "read",
    "read_class",
    "said",
    "write",
    "write_class",
]

_TEXT = 2000
_CELL = "<"  # begins the names that cells are compiled under
_CHAIN = 50


class FaultClass(type):
    """The class of the exception classes that were made here for one of theirs; `_dojo_id` is its number there."""

    _dojo_id: int


def write(to: Encoder, problem: BaseException, things: Things) -> None:
    """Write an exception."""
    number = origin(problem)
    if number is not None:
        to.tag("Q")
        to.number(number)
        return
    to.tag("X")
    to.number(things.lent.fault_number(problem))
    to.remember(problem)
    write_chain(to, type(problem), things)
    to.text(said(problem))
    to.text(place(problem))
    arguments = _arguments(problem)
    to.values(len(arguments), arguments)
    attributes = {name: value for name, value in _attributes(problem).items() if _is_name(name)}
    if _is_validation(type(problem)):
        attributes["_errors"] = [_told(one) for one in problem.errors()]  # type: ignore[attr-defined]  # it has them
        attributes["_title"] = problem.title  # type: ignore[attr-defined]  # it has one
    to.number(len(attributes))
    for name, value in attributes.items():
        to.text(name)
        to.value(value)


def read(source: Decoder, tag: str, things: Things) -> BaseException:
    """Read an exception."""
    if tag == "Q":
        # Also one that only claims to have come from here: it is no more than what a test has raised before.
        return things.lent.fault(source.number())
    number = source.number()
    reserved = source.reserve()
    kind, exact = read_chain(source, things)
    text, where = source.text()[:_TEXT], source.text()[:_TEXT]
    arguments = tuple(source.value() for _ in range(source.count()))
    attributes = {}
    for _ in range(source.count()):
        name = source.text()
        if not _is_name(name):
            raise WireError("this is no attribute's name")
        attributes[name] = source.value()
    problem = _made(kind, arguments, attributes, text, exact)
    source.fill(reserved, problem)
    problem.__dict__ |= {"_dojo_origin": number, "_dojo_place": where}
    return problem


def write_class(to: Encoder, kind: type, things: Things) -> None:
    """Write a class of exceptions."""
    to.tag("Y")
    write_chain(to, kind, things)


def read_class(source: Decoder, things: Things) -> type:
    return read_chain(source, things)[0]


def write_chain(to: Encoder, kind: type, things: Things) -> None:
    """A class and its bases up to the first that the other side knows by name."""
    chain = []
    for one in kind.__mro__:
        if not is_exception(one):
            continue
        known = name_of(one, things.locked)
        chain.append((one, known))
        if known or _is_theirs(one, things) or len(chain) >= _CHAIN:
            break
    to.number(len(chain))
    for one, known in chain:
        if _is_theirs(one, things):
            to.number(2)
            to.number(one.__dict__["_dojo_id"])
        elif known:
            to.number(0)
            to.text(known[0])
            to.text(known[1])
        else:
            to.number(1)
            to.number(things.lent.number(one))
            to.text(one.__name__ if type(one.__name__) is str else "Exception")


def _is_theirs(kind: Any, things: Things) -> bool:
    return type(kind) is FaultClass and things.held.stands_for_theirs(kind)


def read_chain(source: Decoder, things: Things) -> tuple[type, bool]:
    """The class, and whether it is known here by its own name."""
    made: list[tuple[int, str]] = []
    base: type = Exception
    exact = False
    count = source.number()
    if count > _CHAIN:
        raise WireError("an exception has too many bases")
    for position in range(count):
        form = source.number()
        if form == 1:
            made.append((source.number(), source.text()[:100]))
            continue
        if form == 2:
            base = _class(things.lent.value(source.number()))
        else:
            base = find(source.text(), source.text(), things.locked) or Exception
        exact = position == 0
        if position + 1 != count or not is_exception(base):
            raise WireError("an exception's bases are in disorder")
    for number, name in reversed(made):
        base = things.held.fault_class(number, name, base)
    return base, exact


def _class(value: Any) -> type:
    if not isinstance(value, type):
        raise WireError("this is no class")
    return value


def origin(problem: BaseException) -> int | None:
    """The number that an exception of the other side has there; None for one of this side."""
    number = BaseException.__getattribute__(problem, "__dict__").get("_dojo_origin")
    return number if type(number) is int and number > 0 else None


def make_class(number: int, name: str, base: type) -> type:
    """A class of exceptions for one of the other side's."""
    # By the second name an examiner tells that the student's process has gone; a student who is there can't say that.
    name = name if name.isidentifier() and name != "StudentGoneError" else "StudentError"
    made = FaultClass(name, (base,), {"__str__": _text_of, "__module__": "student"})
    made._dojo_id = number
    return made


def _text_of(problem: BaseException) -> str:
    text = problem.__dict__.get("_dojo_said")
    return text if type(text) is str else BaseException.__str__(problem)


def _made(kind: Any, arguments: tuple[Any, ...], attributes: dict[str, Any], text: str, exact: bool) -> BaseException:
    """The exception, put together without calling an `__init__` that is not Python's own."""
    native = next(one for one in kind.__mro__ if not one.__flags__ & _HEAP)
    problem: BaseException
    if _is_validation(kind):
        return _validation(kind, attributes, text)
    arguments = _shown(kind, arguments)
    try:
        problem = kind(*arguments) if kind is native else native.__new__(kind, *arguments)
        if kind is not native:
            native.__init__(problem, *arguments)
        problem.args = arguments
        for name in _NATIVE.keys() & attributes.keys():
            if issubclass(kind, _NATIVE[name]):
                setattr(problem, name, attributes.pop(name))
        problem.__dict__.update(attributes)
        if not exact:
            problem.__dict__["_dojo_said"] = text
        if type(str(problem)) is str:
            return problem
    except Exception:
        # This class wants other arguments, or its text needs what did not come over.
        pass
    problem = make_class(0, kind.__name__, _nearest(kind))()
    problem.args = (text,)
    problem.__dict__["_dojo_said"] = text
    return problem


def _is_validation(kind: type) -> bool:
    """Whether this is pydantic's exception, which is made of its list of errors and of nothing else."""
    return (kind.__module__, kind.__name__) == ("pydantic_core._pydantic_core", "ValidationError")


def _told(error: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(error.get(name) for name in ("type", "loc", "msg", "input"))


def _validation(kind: Any, attributes: dict[str, Any], text: str) -> BaseException:
    from pydantic_core import PydanticCustomError

    try:
        errors = [
            {"type": PydanticCustomError(str(one), str(words)), "loc": tuple(place), "input": given}
            for one, place, words, given in attributes["_errors"]
        ]
        made: BaseException = kind.from_exception_data(str(attributes["_title"]), errors)
        return made
    except Exception:
        return ValueError(text)


_HEAP = 1 << 9  # set in a class that was made by a class statement


def _nearest(kind: type) -> type:
    """The nearest base that can be made of any arguments."""
    for one in kind.__mro__:
        try:
            one("")
        except Exception:
            continue
        if not one.__flags__ & _HEAP:
            return one
    return Exception


def said(problem: BaseException) -> str:
    """What an exception says, "" if it can't say it. Only on the student's side does this call the student's code."""
    try:
        return str.__str__(str(problem))[:_TEXT]
    except Exception:
        return ""


def note_place(problem: BaseException) -> None:
    """Keep where in the student's cells an exception arose, before its traceback is taken away."""
    frames = [one for one in traceback.extract_tb(problem.__traceback__) if one.filename.startswith(_CELL)]
    if frames:
        last = frames[-1]
        problem.__dict__["_dojo_place"] = f"in {last.name}, line {last.lineno}: {last.line or ''}".strip(" :")


def in_notebook(file: str) -> bool:
    """Whether code of this file's name is a cell, or lies beside the notebook."""
    return file.startswith(_CELL) or Path(file).is_relative_to(Path.cwd())


def place(problem: BaseException) -> str:
    """Where in the student's cells an exception arose, as the student's side tells it."""
    where = problem.__dict__.get("_dojo_place", "")
    return where if type(where) is str else ""


def known_name(problem: BaseException) -> str:
    """The name of the nearest class of an exception that is Python's own: of all others there are enough to spell out
    a message."""
    return next(one.__name__ for one in type(problem).__mro__ if one.__module__ == "builtins")


def _arguments(problem: BaseException) -> tuple[Any, ...]:
    arguments = BaseException.__getattribute__(problem, "args")
    return arguments if type(arguments) is tuple else ()


def _shown(kind: type, arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    """The arguments without the place of a SyntaxError: who shows it would read that line, in any file it names."""
    return arguments[:1] if issubclass(kind, SyntaxError) else arguments


def _attributes(problem: BaseException) -> dict[str, Any]:
    attributes = BaseException.__getattribute__(problem, "__dict__")
    told = dict(attributes) if type(attributes) is dict else {}
    for name, kinds in _NATIVE.items():
        if issubclass(type(problem), kinds) and type(getattr(problem, name)) in (str, int, bytes):
            told[name] = getattr(problem, name)
    return told


# Attributes that Python's own exceptions keep outside their arguments.
_NATIVE: dict[str, tuple[type[BaseException], ...]] = {
    "filename": (OSError,),
    "filename2": (OSError,),
    "name": (ImportError, NameError, AttributeError),
    "path": (ImportError,),
}


def _is_name(name: Any) -> bool:
    # The last three are names that IPython looks for when it shows an exception.
    hidden = ("__", "_dojo_", "_render_", "_repr_", "_ipython_")
    return type(name) is str and name.isidentifier() and not name.startswith(hidden)
