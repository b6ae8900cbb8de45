"""Run cells in a process of their own and say what each did; a cell that hangs or kills its process harms nobody."""

from __future__ import annotations

import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from dojo.downloads import ALLOWED
from dojo.errors import InternalError
from dojo.offline import environment

__all__ = ["CELL_LIMIT_S", "Outcome", "Runner"]

CELL_LIMIT_S = 30.0  # nbgrader's own default for one cell
_START_LIMIT_S = 120.0


@dataclass(frozen=True)
class Outcome:
    """What one cell did: `state` is passed, failed, timeout or died.

    `error` and `message` are the exception's type and text, `line` the cell's line it came from (0: elsewhere), `parts`
    a `NotYet`'s call, reply, wanted and think, `output` what the cell printed (its first 20,000 characters).
    """

    name: str
    state: str
    error: str = ""
    message: str = ""
    line: int = 0
    parts: tuple[str, str, str, str] | None = None
    output: str = ""


class Runner:
    """A worker process that runs one list of cells after another, each in a fresh namespace and a copy of its folder.

    Use it as a context manager. Imports stay warm from job to job, so a hundred small jobs cost little.
    """

    def __init__(self, limit_s: float = CELL_LIMIT_S) -> None:
        self._limit_s = limit_s
        self._process: subprocess.Popen[str] | None = None
        self._lines: queue.Queue[str] = queue.Queue()
        self._home: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> Runner:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stop()

    def run(self, cells: Sequence[tuple[str, str]], folder: Path) -> list[Outcome]:
        """Run (name, source) cells in order, in a throw-away copy of `folder`; one outcome a cell.

        A cell that hangs or ends its process is marked so and left out of a second run of the others.
        """
        lost: dict[str, Outcome] = {}
        while True:
            warm = self._process is not None
            outcomes = self._try([cell for cell in cells if cell[0] not in lost], folder)
            broken = [one for one in outcomes if one.state in ("timeout", "died")]
            if not broken:
                done = {one.name: one for one in outcomes}
                return [lost.get(name) or done[name] for name, _ in cells]
            if broken[0].name not in {name for name, _ in cells}:
                if warm:
                    # An earlier job's cells have spoilt the worker (they emptied builtins, say); a new one is clean.
                    continue
                raise InternalError("The worker process ended before it ran a cell; try python -m dojo.worker.")
            lost |= {one.name: one for one in broken}

    def _try(self, cells: Sequence[tuple[str, str]], folder: Path) -> list[Outcome]:
        with tempfile.TemporaryDirectory(prefix="dojo-", ignore_cleanup_errors=True) as scratch:
            place = Path(scratch) / "lab"
            if folder.is_dir():
                shutil.copytree(folder, place, ignore=shutil.ignore_patterns("*.ipynb", ".ipynb_checkpoints"))
            else:
                place.mkdir()
            jobs = self._started()
            try:
                jobs.write(json.dumps({"cells": list(cells), "folder": str(place), "limit": self._limit_s}) + "\n")
                jobs.flush()
            except OSError:
                self._stop()
                return [Outcome("", "died")]
            return self._collect()

    def _collect(self) -> list[Outcome]:
        outcomes: list[Outcome] = []
        running = ""
        while True:
            try:
                # Before the first cell the worker itself starts, which a slow disk may draw out.
                line = self._lines.get(timeout=self._limit_s if running else max(self._limit_s, _START_LIMIT_S))
            except queue.Empty:
                self._stop()
                return [*outcomes, Outcome(running, "timeout")]
            if not line:
                self._stop()
                return [*outcomes, Outcome(running, "died")]
            said: dict[str, Any] = json.loads(line)
            if "end" in said:
                return outcomes
            if "start" in said:
                running = said["start"]
                continue
            parts = said.pop("parts", None)
            outcomes.append(Outcome(**said, parts=tuple(parts) if parts else None))

    def _started(self) -> IO[str]:
        """The worker's job channel; starts the worker if none runs."""
        if self._process is not None and self._process.stdin is not None:
            return self._process.stdin
        # A home that ends with the worker: what cells train or plot is not the student's, nor a download they allowed.
        self._home = tempfile.TemporaryDirectory(prefix="dojo-home-", ignore_cleanup_errors=True)
        kept = {**environment(Path(self._home.name)), ALLOWED: ""}
        # But matplotlib's list of fonts, where there is one: on some systems it takes many seconds to make.
        kept["MPLCONFIGDIR"] = os.environ.get("MPLCONFIGDIR", kept["MPLCONFIGDIR"])
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "dojo.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            env={**os.environ, **kept, "MPLBACKEND": "agg", "PYTHONHASHSEED": "0"},
            start_new_session=True,  # so that what cells start can be ended with the worker
        )
        lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=_read, args=(process, lines), daemon=True).start()
        self._process, self._lines = process, lines
        assert process.stdin is not None  # because a pipe was asked for
        return process.stdin

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if os.name == "posix":
            with suppress(ProcessLookupError, PermissionError):  # macOS: no permission, where all have ended
                os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                try:
                    pipe.close()
                except OSError:
                    # What was still to be written has no reader any more.
                    continue
        if self._home is not None:
            self._home.cleanup()


def _read(process: subprocess.Popen[str], lines: queue.Queue[str]) -> None:
    """Pass the worker's lines on; an empty one says that it has ended."""
    assert process.stdout is not None  # because a pipe was asked for
    try:
        for line in process.stdout:
            lines.put(line)
    except ValueError:
        # Closed under us, because the worker was stopped.
        pass
    lines.put("")
