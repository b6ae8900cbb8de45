"""Grade a class: look what is to be done, have it marked by workers, write what comes back, one submission at a time.

Covered: every submission ends in one state of `grader.rows`; a broken one stops no other; killed at any moment, by
whatever means, the same command goes on where it stopped; what has not changed is not done again; equal notebooks are
run once.

Not covered: a disk that is full or a gradebook that stays locked ends the run in a sentence; what was done is kept.
"""

from __future__ import annotations

import difflib
import gc
import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from pathlib import Path

from dojo.errors import DojoError, UsageError
from grader.assignment import Assignment, read_assignment
from grader.coursefolder import CourseFolder, open_course
from grader.finish import Finisher
from grader.gradebook import Book, never_released
from grader.job import Job, Result
from grader.lock import course_lock
from grader.plan import Work, begin, make_plan
from grader.pool import LocalPool, Marker, command
from grader.progress import Progress, Silent
from grader.quick import import_nbgrader
from grader.results import Store
from grader.rows import Report, Row
from grader.submitted import HandIn, find_hand_ins, odd_name

__all__ = ["grade", "grade_in", "usual_jobs"]

_PER_WORKER = 1 << 30  # bytes of memory that a worker with torch and OpenCV loaded may need


def grade(
    course: Path,
    assignment: str,
    students: Sequence[str] | None = None,
    jobs: int | None = None,
    cluster: str = "",
    unsafe: bool = False,
    again: bool = False,
    progress: Progress | None = None,
    marker: Marker | None = None,
) -> Report:
    """Grade one assignment of the course, all students or those named.

    `jobs` workers run on this machine, or the Dask cluster's at the address `cluster`. `unsafe` does without the
    sandbox. `again` runs also what has not changed. `marker` stands in for the workers.
    """
    import_nbgrader()
    folder = open_course(course)
    name = folder.find_assignment(assignment)
    return grade_in(folder, name, students, jobs, cluster, unsafe, again, progress, marker)


def grade_in(
    folder: CourseFolder,
    assignment: str,
    students: Sequence[str] | None = None,
    jobs: int | None = None,
    cluster: str = "",
    unsafe: bool = False,
    again: bool = False,
    progress: Progress | None = None,
    marker: Marker | None = None,
) -> Report:
    """As `grade`, for a course that is open and an assignment whose name is known."""
    if not unsafe and not cluster and marker is None:
        _check_sandbox()
    if not folder.has_gradebook():
        raise never_released(assignment)
    started = time.monotonic()
    store, progress = Store(folder.root), progress or Silent()

    with course_lock(folder.root), Book(folder.db_url, folder.course_id, folder.config, folder.root) as book:
        one = read_assignment(folder, assignment, book, store, unsafe)
        hand_ins = _chosen(find_hand_ins(folder, assignment), students, assignment)
        finisher = Finisher(folder, one, book, store)
        run = _Run(one, store, finisher, again)

        def workers(most: int) -> Marker:
            return marker or _marker(folder.root, store.stage, most, jobs, cluster, one)

        rows = run.grade(hand_ins, progress, workers)
    nobody = () if rows else (f"Nobody has handed in {assignment} yet; see `dojo course collect`.",)
    return Report(
        assignment,
        tuple(sorted(rows, key=lambda row: row.student)),
        (*nobody, *one.notes),
        round(time.monotonic() - started, 3),
        tuple((name, round(seconds, 3)) for name, seconds in finisher.spent.items()),
    )


class _Run:
    """One run over one assignment."""

    def __init__(self, assignment: Assignment, store: Store, finisher: Finisher, again: bool) -> None:
        self._assignment, self._store, self._finisher, self._again = assignment, store, finisher, again
        # Jobs on their way, and who waits for each: equal notebooks are run once.
        self._pending: dict[Future[Result], str] = {}
        self._waiting: dict[str, list[tuple[Work, str]]] = {}

    def grade(self, hand_ins: list[HandIn], progress: Progress, workers: Callable[[int], Marker]) -> list[Row]:
        """Grade them; a row each."""
        rows: list[Row] = []
        todo: list[HandIn] = []
        for hand_in in hand_ins:
            row = None if self._again else self._kept(hand_in)
            if row is None:
                todo.append(hand_in)
            else:
                rows.append(row)
        progress.begin(len(hand_ins), len(rows))
        crew = _Crew(workers, len(todo) * max(1, len(self._assignment.labs)))
        gc.freeze()  # what is there until now is not looked through again with each few submissions
        try:
            for row in self._worked(todo, crew, progress):
                rows.append(row)
                progress.finished(row)
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            said = f"{where}{error.strerror or error}; put that right and run this again, what is done is kept."
            raise DojoError(said) from None
        finally:
            gc.unfreeze()
            crew.close()
            progress.end()
        return rows

    def _kept(self, hand_in: HandIn) -> Row | None:
        try:
            return self._finisher.kept(hand_in, lambda: make_plan(self._assignment, hand_in, self._store))
        except Exception:
            # Told as its row, when it is tried once more.
            return None

    def _worked(self, todo: list[HandIn], crew: _Crew, progress: Progress) -> Iterator[Row]:
        """Rows as they come; at most a few submissions are in memory at a time."""
        rest = iter(todo)
        hand_in = next(rest, None)
        while hand_in is not None or self._pending:
            while hand_in is not None and len(self._pending) <= 2 * crew.width:
                row = self._started(hand_in, crew)
                if row is not None:
                    yield row
                hand_in = next(rest, None)
            progress.running(min(len(self._pending), crew.width))
            for future in wait(self._pending, return_when=FIRST_COMPLETED).done if self._pending else ():
                yield from self._ended(future)

    def _started(self, hand_in: HandIn, crew: _Crew) -> Row | None:
        """Give the submission's jobs to the workers; its row, if there was nothing left to do."""
        if why := odd_name(hand_in.student):
            return self._finisher.refused(hand_in.student, [why])
        try:
            with self._finisher.timed("rebuild"):
                work, asked = begin(self._assignment, make_plan(self._assignment, hand_in, self._store))
        except Exception as error:
            # A folder may hold anything; whatever it is, it costs this submission alone.
            return self._finisher.stopped_at(hand_in.student, error)
        for name, job in asked:
            digest = job.digest(self._assignment.engine)
            known = None if self._again or digest in self._waiting else self._store.result(digest)
            if known is not None:
                work.results[name] = known
                continue
            if digest not in self._waiting:
                self._pending[crew.submit(job)] = digest
            self._waiting.setdefault(digest, []).append((work, name))
        return self._finisher.finish(work) if work.complete else None

    def _ended(self, future: Future[Result]) -> Iterator[Row]:
        """Keep what came of a job; the rows of the submissions that waited for nothing else."""
        digest = self._pending.pop(future)
        result, problem = _outcome(future)
        if result is not None:
            with self._finisher.timed("keep result"):
                self._store.keep_result(digest, result)
            spent = self._finisher.spent
            for part, seconds in result.spent:
                spent[f"worker: {part}"] = spent.get(f"worker: {part}", 0.0) + seconds
        for work, name in self._waiting.pop(digest):
            if result is not None:
                work.results[name] = result
            else:
                work.refusals[name] = problem
            if work.complete:
                yield self._finisher.finish(work)


class _Crew:
    """The workers, called when the first job comes."""

    def __init__(self, workers: Callable[[int], Marker], most: int) -> None:
        self._workers, self._most = workers, most
        self._marker: Marker | None = None

    @property
    def width(self) -> int:
        return self._marker.width if self._marker else 1

    def submit(self, job: Job) -> Future[Result]:
        if self._marker is None:
            self._marker = self._workers(self._most)
        return self._marker.submit(job)

    def close(self) -> None:
        if self._marker is not None:
            self._marker.close()


def _marker(course: Path, stage: Path, todo: int, jobs: int | None, cluster: str, one: Assignment) -> Marker:
    stage.mkdir(parents=True, exist_ok=True)
    if cluster:
        from grader.cluster import Cluster

        return Cluster(cluster, stage, one.unsafe)
    line = command(stage, one.unsafe, course, one.heavy)
    return LocalPool(max(1, min(jobs or usual_jobs(), todo)), line)


def usual_jobs() -> int:
    """One worker a core, as far as the memory that is free now goes."""
    import psutil

    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, int(psutil.virtual_memory().available // _PER_WORKER)))


def _check_sandbox() -> None:
    from grader.probe import sandbox_reason

    reason = sandbox_reason()
    if reason:
        raise DojoError(reason)


def _chosen(hand_ins: list[HandIn], students: Sequence[str] | None, assignment: str) -> list[HandIn]:
    if students is None:
        return hand_ins
    known = {one.student: one for one in hand_ins}
    for student in students:
        if student not in known:
            near = difflib.get_close_matches(student, known, n=1)
            hint = f"; did you mean {near[0]}?" if near else "; `dojo course collect` puts hand-ins there."
            raise UsageError(f"There is no hand-in of {assignment} by {student!r}{hint}")
    return [known[student] for student in dict.fromkeys(students)]


def _outcome(future: Future[Result]) -> tuple[Result | None, str]:
    """What came of a job, or why nothing did."""
    try:
        return future.result(), ""
    except CancelledError:
        return None, "the grading was stopped; run it again"
    except DojoError as error:
        return None, str(error)
    except Exception as error:
        return None, f"the grader stopped at it ({type(error).__name__}: {error})"
