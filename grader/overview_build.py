"""Where a class stands in one lab: marks, exercises, what went wrong and how, time, what waits, and who resembles whom.

It reads what grading left behind. Only the lab's known mistakes may have to run, once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from math import fsum

from dojo import catalog
from grader.classbook import ClassBook, Entry, Grade, Released
from grader.coursefolder import CourseFolder
from grader.items import Item, items
from grader.known import how, kit_lab, known_mistakes
from grader.outcomes import Ended, Outcome, read_outcome
from grader.overview import Like, Overview, Tally, Waiting
from grader.parts import Part, given_code, parts_of
from grader.pool import Marker
from grader.similar import Work, similar
from grader.submitted import find_hand_ins

__all__ = ["overview"]


def overview(
    course: CourseFolder,
    book: ClassBook,
    released: Released,
    moment: datetime | None,
    say: Callable[[str], None] = lambda _: None,
    marker: Marker | None = None,
) -> Overview:
    """Read one assignment; `moment` is when it was released, `say` is told what takes long, `marker` stands in for the
    grader's workers."""
    name = released.name
    entries = book.of(name)
    graded = {one.student for one in entries}
    handed_in = {one.student for one in find_hand_ins(course, name)}
    title, parts = parts_of(course, released)
    bare = Overview(
        assignment=name,
        title=title,
        possible=released.most,
        due=released.due,
        released=moment,
        entries=tuple(entries),
        ungraded=tuple(sorted(handed_in - graded)),
        silent=tuple(sorted({one.id for one in book.students} - graded - handed_in)),
    )
    if not entries:
        return bare
    notebooks = sorted({notebook for notebook, _ in released.cells})
    outcomes = [read_outcome(course, name, one.student, notebooks) for one in entries]
    likes, unlike, notes = _likes(course, name, parts, outcomes, say, marker)
    return replace(
        bare,
        unread=tuple(one.student for one in outcomes if not one.whole),
        waiting=tuple(_waiting(parts, entries)),
        tallies=tuple(_tallies(parts, released, entries, outcomes)),
        items=tuple(_items(parts, released, entries)),
        likes=likes,
        unlike=unlike,
        pairs=tuple(similar((Work(one.student, one.texts) for one in outcomes), *given_code(course, name))),
        notes=notes,
    )


def _waiting(parts: Iterable[Part], entries: Iterable[Entry]) -> Iterator[Waiting]:
    for part in parts:
        students = [
            one.student for one in entries if any(one.grades[cell].waits for cell in part.cells if cell in one.grades)
        ]
        if students:
            yield Waiting(part.title, tuple(students))


def _items(parts: Sequence[Part], released: Released, entries: Sequence[Entry]) -> list[Item]:
    """The parts that are marked to the end: of a question that half the class is waiting for, the rest says nothing."""
    waiting = {one.part for one in _waiting(parts, entries)}
    marked = {str(at): part for at, part in enumerate(parts) if part.title not in waiting}
    titles = {key: (part.title, fsum(released.cells[cell] for cell in part.cells)) for key, part in marked.items()}
    points = [
        {
            key: fsum(entry.grades[cell].points for cell in part.cells if cell in entry.grades)
            for key, part in marked.items()
        }
        for entry in entries
    ]
    return items(titles, points)


def _tallies(
    parts: Iterable[Part], released: Released, entries: Sequence[Entry], outcomes: Sequence[Outcome]
) -> Iterator[Tally]:
    for part in parts:
        for cell in part.tests:
            tally = Tally(part.title, cell[1], released.cells[cell])
            for entry, outcome in zip(entries, outcomes, strict=True):
                if cell in outcome.tests and cell in entry.grades:
                    _count(tally, entry.grades[cell], outcome.tests[cell])
            yield tally


def _count(tally: Tally, grade: Grade, ended: Ended) -> None:
    if grade.points >= tally.points - 1e-6:
        tally.passed += 1
    elif ended.unwritten:
        tally.unwritten += 1
    elif ended.stopped:
        tally.stopped += 1
    else:
        tally.not_yet += 1
        if ended.reason:
            tally.reasons[ended.reason] += 1


def _likes(
    course: CourseFolder,
    name: str,
    parts: Iterable[Part],
    outcomes: Sequence[Outcome],
    say: Callable[[str], None],
    marker: Marker | None,
) -> tuple[tuple[Like, ...], int, tuple[str, ...]]:
    """Known mistakes with the students whose answers fail like them, how many answers fail like none, and a note where
    the mistakes could not be run."""
    lab = kit_lab(name)
    if lab is None:
        return (), 0, (f"{name} is no lab of the kit, so there are no known mistakes to compare with.",)
    exercises = {one.name: one for one in catalog.exercises(lab)}
    failing = [
        (outcome.student, exercise.name, told)
        for exercise in exercises.values()
        for outcome in outcomes
        if (told := how(outcome, exercise)) is not None
    ]
    known = known_mistakes(course, lab, {exercise for _, exercise, _ in failing}, say, marker)
    if known.problem:
        return (), 0, (f"{name}: the known mistakes could not be compared: {known.problem}",)
    found: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    unlike = 0
    for student, exercise, told in failing:
        mistakes = known.mistakes.get((exercise, told))
        if mistakes:
            found.setdefault((exercise, mistakes), []).append(student)
        else:
            unlike += 1
    titles = {cell: part.title for part in parts for _, cell in part.tests}
    order = list(exercises)
    ranked = sorted(found.items(), key=lambda one: (order.index(one[0][0]), -len(one[1]), one[0][1]))
    likes = (
        Like(titles.get(next(iter(exercises[exercise].tests)), exercises[exercise].title), mistakes, tuple(students))
        for (exercise, mistakes), students in ranked
    )
    return tuple(likes), unlike, ()
