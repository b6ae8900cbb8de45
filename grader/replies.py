"""What the supervisor tells a child of one step, and what it takes from the reply: agreed types, within limits."""

from __future__ import annotations

import builtins
import math
from typing import Any

from grader.children import Broke
from grader.compiled import compiled
from grader.display import plain, shown
from grader.job import CellResult, Step

__all__ = ["MESSAGE", "read_reply", "run_frame"]

MESSAGE = 2000  # characters of an error's text


def run_frame(step: Step, nonce: str, limit: int) -> dict[str, Any]:
    """The frame that asks for this step; `nonce` is for a kernel to send back, `limit` in bytes of output."""
    frame = {"do": "run", "name": step.name, "text": step.text, "role": step.role, "hidden": step.hidden}
    # Of the lab's own cells alone: no two students write the same.
    code = compiled(step.text) if step.who in ("both", "examiner") else ""
    return {**frame, "code": code, "output_limit": limit, **({"nonce": nonce} if nonce else {})}


def read_reply(step: Step, frame: dict[str, Any], limit: int, trusted: bool = True) -> CellResult:
    """What a child says of a cell, of the agreed types and sizes. Only "passed" passes.

    From a child that is not `trusted`, a kernel, a hidden test has no words: its student may have written them.
    """
    if frame.get("name") != step.name or frame.get("verdict") not in ("passed", "failed"):
        raise Broke("student", "died", "Its process sent what it must not while this cell ran.")
    parts = frame.get("parts")
    four = tuple(plain(part, MESSAGE) for part in parts) if isinstance(parts, list) and len(parts) == 4 else None
    score, seconds = frame.get("score"), frame.get("seconds")
    error, message = plain(frame.get("error"), 200), plain(frame.get("message"), MESSAGE)
    if step.hidden and not trusted:
        error, message, four = _pythons(error), "", None
    return CellResult(
        step.name,
        "passed" if frame["verdict"] == "passed" else "failed",
        # Of hidden tests only the verdict and its words: what they show may hold what they asked for.
        outputs=() if step.hidden else shown(frame.get("outputs"), limit),
        score=_number(score),
        flawed=plain(frame.get("flawed"), 200),
        error=error,
        message=message,
        parts=four if four is None else (four[0], four[1], four[2], four[3]),
        seconds=float(seconds) if isinstance(seconds, (int, float)) and 0 <= seconds < 1e6 else 0.0,
    )


def _pythons(name: str) -> str:
    """The error's name if it is one of Python's own; `dojo.verdict`'s is a kind of AssertionError."""
    kind = getattr(builtins, "AssertionError" if name == "NotYet" else name, None)
    if isinstance(kind, type) and issubclass(kind, BaseException):
        return kind.__name__
    return "Exception" if name else ""


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None
