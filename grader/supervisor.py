"""Marks one notebook after another, with one nursery: `Supervisor(stage)`, `mark(job)`, `close()`.

The supervisor is trusted and runs no cell. What a notebook does to its children costs that notebook alone; when the
nursery itself is lost, or somebody else kills a child, the notebook is marked from its beginning.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from dojo.catalog import course_root
from dojo.errors import DojoError
from grader.bundle import Bundle
from grader.children import Child, NurseryGoneError
from grader.forks import Nursery
from grader.job import Job, Result
from grader.mirror import for_marks, reflected, without_hidden
from grader.nursery import WARM
from grader.probe import own_proc, sandbox_reason
from grader.sandbox import Wall
from grader.spawn import Spawner
from grader.walk import BoxError, KilledError, Walk

__all__ = ["Supervisor"]

_ATTEMPTS = 3  # to run a notebook whose processes somebody kills


class Supervisor:
    """Use it as a context manager, or call `close`. `stage` holds the assignments' files by their sha256; it may grow.

    `unsafe` does without the sandbox: cells can then read and change whatever the instructor can. `hidden` are folders
    that cells must not see though a read-only folder that they do see may hold them, such as the course. `core` is the
    processor for whatever they start; without one they may use all. The rest is for tests: the module whose `serve` a
    child calls and the folders it lies in, what is imported beforehand for every job, and whether children are forked
    or, as where a system can't fork well, started one by one.
    """

    def __init__(
        self,
        stage: Path,
        unsafe: bool = False,
        *,
        hidden: Sequence[Path] = (),
        core: int | None = None,
        child: str = "grader.child",
        shown: Sequence[Path] = (),
        warm: Sequence[str] = WARM,
        forks: bool = sys.platform == "linux",
    ) -> None:
        self._boxed, self._forks, self._child, self._warm = not unsafe, forks, child, tuple(warm)
        # Where Python was installed into the clone itself, the clone is among what is shown.
        own = [course_root() / name for name in ("labs", "lessons", "tests", "workspace", ".git")]
        self._stage, self._wall = stage, Wall(tuple(shown), (*own, *hidden))
        self._core = core
        self._nursery: Nursery | Spawner | None = None
        self._heavy: tuple[str, ...] = ()  # what the nursery has imported for the assignment at hand
        self._bundle: tuple[object, Bundle] | None = None

    def __enter__(self) -> Supervisor:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def start(self, heavy: Sequence[str] = ()) -> None:
        """Have a nursery with the modules `heavy` of an assignment, so that the first `mark` need not wait. Raises
        DojoError where it can't be had."""
        if self._nursery is not None and self._heavy == tuple(heavy):
            return
        self._stop()
        self._heavy = tuple(heavy)
        if self._boxed and (reason := sandbox_reason()):
            raise DojoError(reason)
        if not self._forks:
            self._nursery = Spawner(self._wall, self._child)
            return
        wall = replace(self._wall, own_proc=own_proc()) if self._boxed else self._wall
        try:
            self._nursery = Nursery(wall, self._boxed, self._child, (*heavy, *self._warm), self._core)
        except NurseryGoneError as problem:
            last = str(problem).splitlines()[-1:] or ["it said nothing"]
            raise DojoError(f"The grader's nursery does not start: {last[0]}.") from problem

    def mark(self, job: Job) -> Result:
        """Run the notebook and say what came of each cell. Raises DojoError only where the grader itself can't work."""
        self.start(job.heavy)  # first: where it can't, nothing is left open
        bundle = self._bundled(job)
        problem: Exception | None = None
        begun = time.monotonic()
        for attempt in range(_ATTEMPTS):
            self.start(job.heavy)
            # A student's process can kill itself too, so that patience ends with half of the notebook's time.
            early = time.monotonic() - begun < job.limits.total_s / 2
            try:
                return self._walked(job, bundle, patient=early and attempt < _ATTEMPTS - 1)
            except KilledError as lost:
                problem = lost
            except (NurseryGoneError, BoxError) as lost:
                problem = lost
                self._stop()
        raise DojoError(f"The notebook {job.notebook} of {job.student} could not be run: {problem}") from problem

    def _walked(self, job: Job, bundle: Bundle, patient: bool) -> Result:
        digest = job.digest("")
        result = Walk(for_marks(job), self._fork, bundle.entries, patient, digest).result()
        again = without_hidden(job, result)
        if again is None:
            return result
        return reflected(job, result, Walk(again, self._fork, bundle.entries, patient, digest).result())

    def close(self) -> None:
        """End the nursery with all its children, and remove what was written for them."""
        self._stop()
        held, self._bundle = self._bundle, None
        if held is not None:
            held[1].close()

    def _stop(self) -> None:
        nursery, self._nursery = self._nursery, None
        if nursery is not None:
            with suppress(OSError):
                nursery.close()

    def _fork(self, roles: Sequence[str]) -> list[Child]:
        if self._nursery is None or self._bundle is None:
            raise NurseryGoneError("There is no nursery.")
        return self._nursery.fork(roles, self._bundle[1])

    def _bundled(self, job: Job) -> Bundle:
        """The job's files; a class's notebooks have the same, so the last bundle is kept."""
        if self._bundle is None or self._bundle[0] != job.files:
            made = Bundle.of(self._stage, job.files, named=not self._forks)
            if self._bundle is not None:
                self._bundle[1].close()
            self._bundle = (job.files, made)
        return self._bundle[1]
