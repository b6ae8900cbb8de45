"""How a class's grading goes: one live line in a terminal, a plain line for each submission in a pipe."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol, TextIO

from grader.inert import one_line
from grader.rows import Row

__all__ = ["Live", "Plain", "Progress", "Silent", "progress_for"]


class Writer(Protocol):
    """As much of a text file as progress needs."""

    def write(self, text: str, /) -> object: ...

    def flush(self) -> None: ...


class Progress(Protocol):
    """What `grade` tells as it goes."""

    def begin(self, total: int, unchanged: int) -> None:
        """There are `total` submissions, of which `unchanged` need no work."""

    def running(self, count: int) -> None:
        """So many notebooks are being marked now."""

    def finished(self, row: Row) -> None:
        """One submission has its final state."""

    def end(self) -> None:
        """Nothing more will come."""


class Silent:
    """Says nothing."""

    def begin(self, total: int, unchanged: int) -> None: ...

    def running(self, count: int) -> None: ...

    def finished(self, row: Row) -> None: ...

    def end(self) -> None: ...


class Plain:
    """A line for each submission: `[12/60] ada: graded, 9 of 10`."""

    def __init__(self, to: Writer) -> None:
        self._to = to
        self._total = self._done = 0

    def begin(self, total: int, unchanged: int) -> None:
        self._total, self._done = total, unchanged
        rest = f", {unchanged} of them unchanged since they were graded" if unchanged else ""
        self._say(f"{_count(total, 'submission')}{rest}.")

    def running(self, count: int) -> None: ...

    def finished(self, row: Row) -> None:
        self._done += 1
        self._say(f"[{self._done}/{self._total}] {one_line(row.student)}: {row.in_words()}")

    def end(self) -> None: ...

    def _say(self, line: str) -> None:
        self._to.write(line + "\n")
        self._to.flush()


class Live:
    """One line that is written over: done, running, left, time left; above it a line for each that was refused."""

    def __init__(self, to: Writer, clock: Callable[[], float] = time.monotonic, width: int = 80) -> None:
        self._to, self._clock, self._width = to, clock, width
        self._total = self._unchanged = self._done = self._running = self._refused = 0
        self._since = 0.0

    def begin(self, total: int, unchanged: int) -> None:
        self._total, self._unchanged = total, unchanged
        self._since = self._clock()
        self._draw()

    def running(self, count: int) -> None:
        self._running = count
        self._draw()

    def finished(self, row: Row) -> None:
        self._done += 1
        if row.state == "refused":
            self._refused += 1
            self._to.write(f"\r{f'{one_line(row.student)}: {row.in_words()}':<{self._width - 1}}\n")
        self._draw()

    def end(self) -> None:
        self._to.write("\r" + " " * (self._width - 1) + "\r")
        self._to.flush()

    def _draw(self) -> None:
        done = self._done + self._unchanged
        left = self._total - done
        running = min(self._running, left)
        words = [f"{done} of {self._total} done", f"{running} running", f"{left - running} waiting"]
        if self._done and left:
            words.append(f"about {_span((self._clock() - self._since) / self._done * left)} left")
        if self._refused:
            words.append(f"{self._refused} refused")
        self._to.write(f"\r{', '.join(words)[: self._width - 1]:<{self._width - 1}}")
        self._to.flush()


def progress_for(stream: TextIO | None) -> Progress:
    """The kind that suits the stream: a terminal, a pipe, or none at all."""
    if stream is None:
        return Silent()
    if not stream.isatty():
        return Plain(stream)
    import shutil

    return Live(stream, width=shutil.get_terminal_size().columns)


def _count(number: int, thing: str) -> str:
    return f"1 {thing}" if number == 1 else f"{number} {thing}s"


def _span(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"
