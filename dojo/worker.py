"""The process in which a student's cells run: reads jobs on stdin, says on stdout what each cell did.

A job is one line of JSON, `{"cells": [[name, source], ...], "folder": path, "limit": seconds}`. The answers are lines
too: `{"start": name}`, then that cell's outcome, and `{"end": true}` after the last. What cells print never reaches
them.
"""

from __future__ import annotations

import faulthandler
import io
import json
import os
import re
import sys
from contextlib import redirect_stderr, redirect_stdout
from typing import Any, TextIO

from dojo.offline import switch_off

_OUTPUT_LIMIT = 20_000  # characters kept of what one cell prints


class _Limited(io.StringIO):
    """Keeps the first characters written to it and forgets the rest, so that an endless print fills no memory."""

    def write(self, text: str) -> int:
        room = _OUTPUT_LIMIT - self.tell()
        if room > 0:
            super().write(text[:room])
        return len(text)

    def close(self) -> None:
        """Stay open: a cell that closes sys.stdout closes nothing that we still read."""


def main() -> None:
    """Serve jobs until stdin closes."""
    jobs, answers = _private_channels()
    # Here, not before: Python was started with -P so that a student's own json.py can't replace ours.
    sys.path.insert(0, "")
    switch_off()
    home = os.getcwd()  # noqa: PTH109  # as os.chdir takes it
    for line in jobs:
        job = json.loads(line)
        os.chdir(job["folder"])
        shell = _fresh_shell()
        for name, source in job["cells"]:
            _say(answers, {"start": name})
            # The runner stops a cell that hangs; should the runner itself be gone by then, this ends us.
            faulthandler.dump_traceback_later(2 * job["limit"], exit=True, file=2)
            _say(answers, {"name": name, **_run(shell, source)})
            faulthandler.cancel_dump_traceback_later()
        os.chdir(home)  # a folder in which a process stands can't be removed on Windows
        _say(answers, {"end": True})


def _private_channels() -> tuple[TextIO, TextIO]:
    """Keep stdin and stdout for us; give the cells an empty input and nowhere to print past `redirect_stdout`."""
    jobs = os.fdopen(os.dup(0), "r", encoding="utf-8")
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)
    if hasattr(os, "register_at_fork"):
        # A process that a cell forks must neither answer in our place nor keep our channel open after we end.
        os.register_at_fork(after_in_child=answers.close)
    return jobs, answers


def _say(answers: TextIO, message: dict[str, Any]) -> None:
    answers.write(json.dumps(message) + "\n")
    answers.flush()


def _fresh_shell() -> Any:
    """A new IPython, so that magics and top-level await work as they do in a notebook."""
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    InteractiveShell.clear_instance()
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    shell = InteractiveShell.instance(config=config)
    # A bare shell raises at `%matplotlib inline` and at exit(); a notebook's takes both.
    shell.enable_gui = lambda gui=None: None
    shell.ask_exit = sys.exit
    return shell


def _run(shell: Any, source: str) -> dict[str, Any]:
    printed = _Limited()
    with redirect_stdout(printed), redirect_stderr(printed):
        result = shell.run_cell(source, store_history=False, silent=False)
    error = result.error_before_exec or result.error_in_exec
    if error is None:
        return {"state": "passed", "output": printed.getvalue()}
    parts = [getattr(error, part, None) for part in ("call", "reply", "wanted", "think")]
    return {
        "state": "failed",
        "error": type(error).__name__,
        "message": _plain(error)[:2000],
        "line": _line(error),
        "parts": [_plain(part) for part in parts] if type(error).__name__ == "NotYet" else None,
        "output": printed.getvalue(),
    }


def _plain(value: Any) -> str:
    """A value's text without what a terminal would obey or could not show; empty if it can't say its text."""
    try:
        text = str(value)
    except Exception:
        # A student's own exception class may have a broken __str__; its name is told anyway.
        return ""
    text = re.sub(r"\x1b\[[0-9;]*[A-Za-z]|[\x00-\x08\x0b-\x1f\x7f]", "", text).strip()
    return text.encode("utf-8", "replace").decode("utf-8")


def _line(error: BaseException) -> int:
    """The line of the cell where the error arose, 0 if that was elsewhere."""
    if isinstance(error, SyntaxError):
        return error.lineno or 0
    line, frame = 0, error.__traceback__
    while frame is not None:
        if frame.tb_frame.f_code.co_filename.startswith(("<ipython-input", "<string")):
            line = frame.tb_lineno
        frame = frame.tb_next
    return line


if __name__ == "__main__":
    main()
