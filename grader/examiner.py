"""The examiner's side: runs the locked cells and the tests, with the student's names as handles among its own.

Covered:
* a student's name replaces nothing that a locked or tests cell has bound, nothing of Python's and nothing of IPython's,
  unless the lab's own solution gives that name;
* a cell during which the student's side was lost did not pass, whatever the test made of it;
* from the first hidden test on, nothing is shown that the student's code prints or says in an error: it may tell of
  what the hidden test has passed; of a hidden test's own errors only what its author wrote, since Python's and a
  library's words may hold a student's reply or the name of its class.

Not covered:
* what a test's author puts into a message: a student's reply in it can tell of an earlier call;
* a test that changes what the student's code finds elsewhere than in its arguments: `random.seed`, a patched module or
  `input`, a global name, os.environ. Such a lab wants the mode "kernel".
"""

from __future__ import annotations

import builtins
import keyword
import socket
import sys
from dataclasses import replace
from typing import Any

from grader.bridge import Bridge, StudentGoneError
from grader.frames import read_frame
from grader.handles import HandleClass, trust
from grader.report import frame, packed
from grader.shell import Ran, Shell

__all__ = ["Examiner"]

_NAMES = 2000  # that one cell may bind
_MISSING = object()


class Examiner:
    """Serves the supervisor, and asks the student while a test runs."""

    def __init__(self, shell: Shell, channel: socket.socket) -> None:
        self._shell = shell
        self._bridge = Bridge(channel, examiner=True)
        self._bridge.on_print = self._print
        self._bridge.on_news = self._refresh
        self._lent: dict[str, Any] = {}  # names that hold something of the student's, and what
        self._hidden = False
        self._seen = False  # whether the student's code was called by a hidden test, and so may tell of it
        self._classes: set[str] = set()

    def serve(self, control: socket.socket) -> None:
        """Until the supervisor says end."""
        while True:
            request = read_frame(control)
            if request is None or request.get("do") == "end":
                return
            if request.get("do") == "bind":
                self._bind(request)
                control.sendall(packed({"done": "bind"}))
            elif request.get("do") == "run":
                control.sendall(packed(self._run(request)))

    def _run(self, request: dict[str, Any]) -> dict[str, Any]:
        self._hidden = bool(request.get("hidden"))
        self._seen = self._seen or self._hidden
        self._bridge.calls, self._bridge.missed = 0, False
        ran = self._shell.run(request["text"], request["output_limit"], self._hidden, request.get("code", ""))
        for name in ran.names:
            # The tests' own from now on.
            self._lent.pop(name, None)
        if request.get("role") == "locked":
            self._bridge.things.locked.note(ran.names, self._shell.names)
        if self._bridge.missed:
            ran = _lost(ran, self._bridge.gone)
        return frame(request["name"], ran, self._seen, hidden=self._hidden)

    def _print(self, text: str) -> None:
        """Pass on what the student's code has printed: to a test that catches it, or to the cell's outputs."""
        if sys.stdout is not self._shell.screen.stdout:
            sys.stdout.write(text)
        elif not self._seen:
            self._shell.screen.write("stdout", text)

    # -- names -------------------------------------------------------------------------------------------------------

    def _bind(self, request: dict[str, Any]) -> None:
        """Bind what a student's cell has bound, as far as it may replace what is there."""
        gives = set(request.get("gives", ()))
        self._classes |= gives & set(request.get("classes", ()))
        if request.get("imports"):
            self._import(request["imports"])
        # Those that the lab asks for first: thousands of others must not crowd them out.
        for name in sorted(request.get("names", ()), key=lambda name: name not in gives)[:_NAMES]:
            if type(name) is str and self._may_bind(name, gives):
                try:
                    self._take(name)
                except StudentGoneError:
                    return

    def _may_bind(self, name: str, gives: set[str]) -> bool:
        if not name.isidentifier() or keyword.iskeyword(name) or name.startswith("__") or len(name) > 200:
            return False
        if name in gives:
            return True
        python = hasattr(builtins, name) or name in ("display", "get_ipython")
        return not name.startswith("_") and not python and self._is_free(name)

    def _is_free(self, name: str) -> bool:
        """Whether nobody but the student has bound this name."""
        names = self._shell.names
        return name not in names or (name in self._lent and names[name] is self._lent[name])

    def _take(self, name: str) -> None:
        """Fetch what the student has under this name."""
        try:
            answer = self._bridge.ask("fetch", name)
        except Exception:
            # It can't be passed on, nor even lent: then tests do without it.
            answer = (False, None)
        there, value = answer if type(answer) is tuple and len(answer) == 2 else (False, None)
        names = self._shell.names
        if there is not True:
            if name in self._lent and names.get(name, _MISSING) is self._lent.pop(name):
                del names[name]
            return
        if isinstance(value, HandleClass) and name in self._classes:
            trust(value)
            self._bridge.ask("stay", value)
        names[name] = self._lent[name] = value

    def _refresh(self, names: list[str]) -> None:
        """The student's code has bound these anew while a test called it."""
        for name in names:
            if name in self._lent and self._shell.names.get(name, _MISSING) is self._lent[name]:
                self._take(name)

    def _import(self, text: str) -> None:
        """Run the import statements of the lab's own solution."""
        ran = self._shell.run(text, 10_000, hidden=True)
        for name in ran.names:
            self._lent.pop(name, None)


def _lost(ran: Ran, why: str) -> Ran:
    """A cell that went on without the student did not pass."""
    if isinstance(ran.failure, StudentGoneError):
        return ran
    return replace(ran, failure=StudentGoneError(why), score=None, flawed="")
