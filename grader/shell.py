"""One IPython in a child: runs a cell and says what came of it.

Covered:
* magics, top-level await, `display`, a silent last line with a semicolon, as in a notebook;
* a cell that stops in any way, by SystemExit or KeyboardInterrupt too, did not pass;
* its outputs are those of `grader.screen`; a hidden cell has none, and no traceback shows a line of its code, not even
  where a later cell calls a function of it;
* the last value counts as a score only if it was shown and is a plain number.

Not covered:
* a cell that changes this object: in the student's process nobody believes it, in the examiner no student's code runs.
"""

from __future__ import annotations

import linecache
import math
import sys
import time
from dataclasses import dataclass, field
from typing import Any

from grader.inner import NOTHING, inner_shell
from grader.screen import Recorder, Screen

__all__ = ["Ran", "Shell"]


@dataclass(frozen=True)
class Ran:
    """What one cell did. `names` are those that it bound, bound anew or removed; `failure` is the exception."""

    failure: BaseException | None
    outputs: list[dict[str, Any]] = field(default_factory=list)
    names: tuple[str, ...] = ()
    score: float | None = None
    flawed: str = ""
    seconds: float = 0.0


class Shell:
    """The shell of this process; there is one."""

    def __init__(self) -> None:
        self.screen = Screen()
        self._shell = inner_shell(self)
        self._cells = 0
        self.last: Any = NOTHING

    @property
    def names(self) -> dict[str, Any]:
        """The namespace that cells run in."""
        namespace: dict[str, Any] = self._shell.user_ns
        return namespace

    def take_over(self) -> None:
        """From now on what this process prints goes to the screen, and its cells count from 1."""
        self._cells = 0
        sys.stdout, sys.stderr = self.screen.stdout, self.screen.stderr

    def run(self, text: str, limit: int, hidden: bool = False, code: str = "") -> Ran:
        """Run one cell; `limit` is for its outputs, in bytes. A `hidden` one shows nothing but its verdict's words.

        `code` is what `grader.compiled` makes of the text, if somebody has.
        """
        self._cells += 1
        shell, self.last = self._shell, NOTHING
        recorder = Recorder(limit)
        before = dict(shell.user_ns)
        shell.execution_count = self._cells
        shell.displayhook.source = text
        self.screen.recorder, shell.recorder, shell.hidden = recorder, recorder, hidden
        before_files = set(linecache.cache)
        begun = time.perf_counter()
        try:
            result = shell.run(text, code)
            failure = result.error_before_exec or result.error_in_exec
        except BaseException as problem:
            # What IPython itself lets through, such as an interrupt between two statements.
            failure = problem
        seconds = time.perf_counter() - begun
        self.screen.recorder = None
        if hidden:
            shell.hidden_files.update(set(linecache.cache) - before_files)
        names = _rebound(before, shell.user_ns, set(shell.user_ns_hidden))
        score, flawed = _score(self.last) if failure is None else (None, "")
        self.last = NOTHING
        return Ran(failure, [] if hidden else recorder.outputs(), names, score, flawed, seconds)

    def builtins(self) -> Any:
        """A context in which `get_ipython` and `display` are there, as in a cell."""
        return self._shell.builtin_trap


def _rebound(before: dict[str, Any], after: dict[str, Any], ignored: set[str]) -> tuple[str, ...]:
    changed = [name for name, value in after.items() if before.get(name, NOTHING) is not value]
    changed += [name for name in before if name not in after]
    return tuple(name for name in changed if isinstance(name, str) and name not in ignored)


def _score(value: Any) -> tuple[float | None, str]:
    """A cell's last value as a score, or why it is none."""
    if value is NOTHING:
        return None, ""
    if type(value).__module__ == "numpy" and hasattr(value, "item"):
        value = value.item() if getattr(value, "shape", None) == () else value
    if type(value) not in (int, float):
        return None, "the last value is no number"
    try:
        number = float(value)
    except OverflowError:
        return None, "the last value is too large a number"
    if not math.isfinite(number):
        return None, f"the last value is {number}"
    if number < 0:
        return None, f"the last value is below 0: {number:g}"
    return number, ""
