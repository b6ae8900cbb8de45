"""What a child tells the supervisor about a cell it has run."""

from __future__ import annotations

from typing import Any

from grader.faults import in_notebook, known_name, origin, place, said
from grader.frames import BadFrameError, pack
from grader.screen import clean
from grader.shell import Ran

__all__ = ["frame", "packed"]

_PARTS = ("call", "reply", "wanted", "think")
_TEXT = 2000
_NAMES = 10_000


def frame(
    name: str, ran: Ran, mute: bool = False, more: dict[str, Any] | None = None, hidden: bool = False
) -> dict[str, Any]:
    """The frame for one cell. With `mute` it tells only the kind of an error that the student's code raised: the text
    may hold what a hidden test has passed. Of a `hidden` test it tells only what its author says."""
    told = [origin(one) is not None for one in _chain(ran.failure)] if mute else []
    theirs = told[:1] == [True]
    error, message, parts = _failure(ran.failure, theirs)
    if hidden and not _is_authors(ran.failure):
        message, parts = "", None
    # A traceback shows the errors that led to this one too.
    outputs = [one for one in ran.outputs if not (any(told) and one["output_type"] == "error")]
    if error and not any(output["output_type"] == "error" for output in outputs):
        line = f"{error}: {message}" if message else error
        outputs.append({"output_type": "error", "ename": error, "evalue": message, "traceback": line.split("\n")})
    where = "" if any(told) or ran.failure is None else clean(place(ran.failure))
    for output in outputs:
        if where and output["output_type"] == "error":
            output["traceback"].append(f"It arose in the student's code, {where}")
    return {
        "name": name,
        "verdict": "passed" if ran.failure is None else "failed",
        "error": error,
        "message": message,
        "parts": parts,
        "outputs": outputs,
        "names": list(ran.names)[:_NAMES],
        "score": ran.score,
        "flawed": ran.flawed,
        "seconds": round(ran.seconds, 6),
        **(more or {}),
    }


def packed(message: dict[str, Any]) -> bytes:
    """The frame's bytes; without its outputs where it would be too long."""
    try:
        return pack(message)
    except BadFrameError:
        return pack({**message, "outputs": [], "names": message["names"][:100]})


def _is_authors(failure: BaseException | None) -> bool:
    """Whether an error's text was written by a test's author: by `assert` or `raise AssertionError` in a cell or in a
    file of the lab, or through `dojo.verdict`, or is about a name that the cell asks for. Any other is made up by
    Python or by a library of values and names that stood in the way, a student's reply among them: "must be real
    number, not Seen_4711"."""
    if not (isinstance(failure, AssertionError) or type(failure) is NameError):
        return False
    if type(failure).__module__ == "dojo.verdict":
        return True
    trace = failure.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    file = trace.tb_frame.f_code.co_filename if trace is not None else ""
    return in_notebook(file)


def _chain(failure: BaseException | None) -> list[BaseException]:
    """An exception and those that led to it."""
    chain: list[BaseException] = []
    while failure is not None and not any(failure is one for one in chain):
        chain.append(failure)
        failure = failure.__cause__ or failure.__context__
    return chain


def _failure(failure: BaseException | None, mute: bool) -> tuple[str, str, list[str] | None]:
    """A failure's kind, its text, and a `NotYet`'s four parts."""
    if failure is None:
        return "", "", None
    if mute:
        return known_name(failure), "", None
    return clean(type(failure).__name__)[:200], clean(said(failure)).strip()[:_TEXT], _parts(failure)


def _parts(failure: BaseException) -> list[str] | None:
    if type(failure).__name__ != "NotYet":
        return None
    parts = [getattr(failure, part, "") for part in _PARTS]
    return [clean(part)[:_TEXT] for part in parts] if all(type(part) is str for part in parts) else None
