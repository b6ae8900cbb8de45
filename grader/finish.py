"""The end of one submission: marks and notebook are made and written, and the row of the table says what came.

Written in this order: the executed notebooks, the gradebook, the note that both are done. A run that is killed in
between does it all once more, to the same effect.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from time import perf_counter

from dojo.errors import DojoError
from grader.assignment import Assignment
from grader.autograded import unchanged, write_autograded
from grader.coursefolder import CourseFolder
from grader.gradebook import Book, GradebookLockedError, Standing
from grader.marks import Mark, mark_notebook, notes_of, zeros
from grader.notebook import executed, to_bytes
from grader.plan import Plan, Work
from grader.results import Store
from grader.rows import Row
from grader.submitted import HandIn

__all__ = ["Finisher"]

# What the next submission would meet too: no space, no quota, a disk that is read-only or broken.
_EVERYBODYS = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}


class Finisher:
    """Writes one submission after another; `spent` are seconds by what was done."""

    def __init__(self, course: CourseFolder, assignment: Assignment, book: Book, store: Store) -> None:
        self._course, self._assignment, self._book, self._store = course, assignment, book, store
        self._roster = book.roster()
        self._standings = book.standings(assignment.name)
        self.spent: dict[str, float] = {}

    def kept(self, hand_in: HandIn, plan: Callable[[], Plan]) -> Row | None:
        """The row of a submission that is graded already, and whose files and marks are as they were left then."""
        done = self._store.done(self._assignment.name, hand_in.student)
        standing = self._standings.get(hand_in.student)
        if done is None or standing is None or done.get("time") != standing.time or done.get("key") != plan().key:
            return None
        if any(standing.marks.get(name, "none") != score for name, score in done.get("marks", {}).items()):
            return None
        target = self._course.path("autograded", hand_in.student, self._assignment.name)
        if not unchanged(target, done.get("files", {})):
            return None
        return self._row(hand_in.student, standing, (), tuple(map(str, done.get("notes", []))), fresh=False)

    def finish(self, work: Work) -> Row:
        """Write what came of a submission, whatever came; a `GradebookLockedError` or an `OSError` that the next one
        would meet too is raised."""
        student = work.plan.hand_in.student
        try:
            return self._written(work)
        except OSError as error:
            if error.errno in _EVERYBODYS:
                raise
            return self.refused(student, [f"It could not be written ({error.filename or ''}: {error.strerror})."])
        except Exception as error:
            return self.stopped_at(student, error)

    def stopped_at(self, student: str, error: Exception) -> Row:
        """The row of a submission at which the grader itself stopped: one submission's, whatever it was; what the next
        one would meet too is raised again."""
        if isinstance(error, GradebookLockedError) or (isinstance(error, OSError) and error.errno in _EVERYBODYS):
            raise error
        told = str(error) if isinstance(error, DojoError) else f"The grader stopped at it ({_in_words(error)})"
        return self.refused(student, [_sentence(told)])

    def refused(self, student: str, reasons: Sequence[str]) -> Row:
        """The row of a submission that can't be graded."""
        before = self._standings.get(student)
        if before is None:
            return Row(student, "refused", notes=tuple(reasons), assurance=self._assignment.assurance)
        return self._row(student, before, (*reasons, "The marks of an earlier hand-in stand."), ())

    @contextmanager
    def timed(self, part: str) -> Iterator[None]:
        """Add the seconds of the block to `spent`."""
        begun = perf_counter()
        try:
            yield
        finally:
            self.spent[part] = self.spent.get(part, 0.0) + perf_counter() - begun

    def _written(self, work: Work) -> Row:
        plan, student = work.plan, work.plan.hand_in.student
        create = self._assignment.settings.create_students
        if not create and student not in self._roster:
            return self.refused(student, ["They are in no list of students; add them with `nbgrader db student add`."])
        refusals = [
            _sentence(f"{name}.ipynb was not graded: {_inside(why)}") for name, why in sorted(work.refusals.items())
        ]
        if refusals and set(work.results) <= set(work.refusals):
            return self.refused(student, refusals)
        with self.timed("marks and notebook"):
            marks, notebooks, shown, notes = self._made(work)
        with self.timed("write notebook"):
            target = self._course.path("autograded", student, self._assignment.name)
            sources = (self._assignment.source, plan.hand_in.folder)
            keep = tuple(f"{name}.ipynb" for name in work.refusals)
            digests = write_autograded(target, notebooks, shown, sources, plan.moment, keep)
        with self.timed("gradebook"):
            standing = self._book.record(self._assignment.name, student, plan.moment, marks, create)
        if standing.penalty:
            notes.append(f"Handed in late: {standing.penalty:g} points were taken off.")
        if student not in self._roster and any(self._roster.values()):
            notes.append("They are not in the class list, and were added to the gradebook.")
        notes = list(dict.fromkeys(notes))
        if not refusals:
            done = {"key": plan.key, "notes": notes, "files": digests, "time": standing.time}
            with self.timed("keep result"):
                automatic = _automatic(standing, marks)
                self._store.finish(self._assignment.name, student, {**done, "marks": automatic})
        return self._row(student, standing, refusals, notes)

    def _made(self, work: Work) -> tuple[dict[str, list[Mark]], dict[str, bytes], str, list[str]]:
        """Marks and executed notebooks by name, all that their prose says, and notes for the instructor."""
        assignment = self._assignment
        marks = {name: zeros(assignment.labs[name]) for name in work.plan.missing}
        notebooks: dict[str, bytes] = {}
        shown, notes = "", list(work.plan.notes)
        for name, result in sorted(work.results.items()):
            if name in work.refusals:
                continue
            lab, rebuilt = assignment.labs[name], work.rebuilt[name]
            marks[name] = mark_notebook(lab, rebuilt.steps, result, rebuilt.missing)
            node = executed(lab, rebuilt, result, marks[name], assignment.settings.mode, assignment.unsafe)
            notebooks[f"{name}.ipynb"] = to_bytes(node)
            shown += "\n".join(step.text for step in rebuilt.steps if step.kind == "markdown")
            told = [*rebuilt.notes, *notes_of(marks[name], result), *result.notes]
            notes += [f"{name}: {one}" if len(assignment.labs) > 1 else one for one in told]
        return marks, notebooks, shown, notes

    def _row(
        self, student: str, standing: Standing, refusals: Sequence[str], notes: Sequence[str], fresh: bool = True
    ) -> Row:
        return Row(
            student=student,
            state="refused" if refusals else "graded with a note" if notes else "graded",
            points=standing.points - standing.penalty,
            max=standing.max,
            manual=standing.manual,
            notes=(*refusals, *notes),
            fresh=fresh,
            assurance=self._assignment.assurance,
        )


def _automatic(standing: Standing, marks: Mapping[str, Sequence[Mark]]) -> dict[str, float | None]:
    """The automatic points as the gradebook holds them, of the cells that were written now."""
    ours = {f"{notebook}/{mark.name}" for notebook, told in marks.items() for mark in told if mark.touch}
    return {name: score for name, score in standing.marks.items() if name in ours}


def _in_words(error: Exception) -> str:
    # Of a system's error not the path: it may hold a name that somebody chose.
    said = error.strerror if isinstance(error, OSError) else str(error)
    return f"{type(error).__name__}: {said}" if said else type(error).__name__


def _inside(sentence: str) -> str:
    """A sentence as the end of another."""
    return sentence[:1].lower() + sentence[1:] if sentence.startswith("It ") else sentence


def _sentence(text: str) -> str:
    """One line that ends as sentences do."""
    return " ".join(text.split())[:400].rstrip(".") + "."
