"""`dojo course collect`: take a folder, a zip from an LMS or nbgrader's exchange into the course's `submitted/`.

Covered:
- students are matched by id, LMS number, e-mail address or name; what fits nobody or several is named, with the reason
- every version is kept; the newest one counts, and a person's own change in `submitted/` is never lost
- one broken hand-in, or one that can't be written, never stops the others
- a notebook under another name, two for one, or none: a sentence each
- what `dojo submit` made is checked; one that was changed, or is signed by somebody else, is kept apart and named
- times come from the exchange or the LMS, never from a file that a student wrote; one that lies ahead or can't be
  read is the time of collection; where no time is known, nobody counts as late

Not covered:
- a time that a student forged in the exchange, where students' own programs write it
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import Any, Literal

from dojo.errors import DojoError
from grader.archive import LeftOut
from grader.coursefolder import CourseFolder, open_course
from grader.delivery import Delivery, Stray, from_exchange, from_source, read_time
from grader.inert import one_line
from grader.lock import course_lock
from grader.pick import pick
from grader.roster import Roster, read_roster
from grader.versions import Shelf, digest_of

__all__ = ["Collected", "Row", "collect"]

_LARGEST = 300 << 20  # bytes of one hand-in
_MOST = 1_000  # files of one hand-in
State = Literal["new", "newer", "same", "older", "yours", "nothing", "elsewhere", "unmatched", "apart", "refused"]

_MEANS: dict[State, str] = {
    "new": "collected",
    "newer": "collected, newer than before",
    "same": "as before",
    "older": "older than what counts; kept aside",
    "yours": "submitted/ holds changes of yours, which stay",
    "nothing": "nothing handed in",
    "elsewhere": "for another lab; passed over",
    "unmatched": "fits no student",
    "apart": "kept apart for you to decide",
    "refused": "refused",
}

_TO_LOOK_AT: tuple[State, ...] = ("unmatched", "apart", "refused")


@dataclass(frozen=True)
class Row:
    """What became of one student's hand-in, or of a file that fits no student (`student` is "")."""

    student: str
    state: State
    origin: str = ""
    when: str = ""
    versions: int = 0
    notes: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        return _MEANS[self.state]


@dataclass(frozen=True)
class Collected:
    """The whole collection, as a table."""

    assignment: str
    rows: tuple[Row, ...]

    @property
    def fine(self) -> bool:
        """Whether everything that was handed in found its student."""
        return not any(row.state in _TO_LOOK_AT for row in self.rows)

    def count(self, *states: State) -> int:
        return sum(row.state in states for row in self.rows)

    def table(self) -> list[dict[str, Any]]:
        """Plain data, for `--json`."""
        return [{**asdict(row), "notes": list(row.notes), "words": row.words} for row in self.rows]

    def lines(self) -> list[str]:
        """The table for a terminal: a line for each row, its notes below it, the sum at the end."""
        shown = [row for row in self.rows if row.state != "nothing"]
        wide = max([len(row.student or row.origin) for row in shown] or [0])
        lines = []
        for row in shown:
            lines.append(f"{(row.student or row.origin):<{min(wide, 40)}}  {row.words}")
            lines += [f"    {note}" for note in row.notes]
        if any(row.state in ("new", "newer") and not row.when for row in self.rows):
            lines.append("A folder or a zip does not say when it was handed in, so nobody in it counts as late.")
        silent = [row.student for row in self.rows if row.state == "nothing"]
        if silent:
            more = f" and {len(silent) - 12} more" if len(silent) > 12 else ""
            lines.append(f"Nothing from: {', '.join(silent[:12])}{more}.")
        lines.append(
            f"{self.assignment}: {self.count('new', 'newer')} collected, {self.count('same', 'older', 'yours')} as "
            f"they were, {self.count(*_TO_LOOK_AT)} to look at, {len(silent)} with nothing handed in."
        )
        return [one_line(one) for one in lines]


def collect(
    course: Path,
    assignment: str,
    source: Path | None = None,
    roster: Path | None = None,
    progress: Callable[[Row], None] = lambda row: None,
) -> Collected:
    """Collect from `source`, a folder or a zip, or from nbgrader's exchange if none is named.

    `roster` is a CSV table of students beside those of the gradebook. `progress` hears of each row as it is made.
    """
    opened = open_course(course)
    name = opened.find_assignment(assignment)
    students = read_roster(opened, roster)
    now = datetime.now(UTC)
    rows: list[Row] = []
    # A submission must not be exchanged while it is graded.
    with course_lock(opened.root), _open(opened, name, source, students, now) as (deliveries, strays):
        by_student: dict[str, list[Delivery]] = defaultdict(list)
        for one in deliveries:
            by_student[one.student].append(one)
        for student in sorted(by_student):
            rows.append(_take(opened, name, student, by_student[student], students, now))
            progress(rows[-1])
        for stray in sorted(strays, key=lambda one: one.origin):
            rows.append(_stray_row(stray, opened.root / ".dojo" / "set-apart" / name))
            progress(rows[-1])
    silent = {one.id for one in students.students} - {row.student for row in rows}
    silent = {one for one in silent if not opened.path("submitted", one, name).exists()}
    rows += [Row(student, "nothing") for student in sorted(silent)]
    return Collected(name, tuple(rows))


def _open(
    course: CourseFolder, assignment: str, source: Path | None, students: Roster, now: datetime
) -> AbstractContextManager[tuple[list[Delivery], list[Stray]]]:
    if source is None:
        if not _is_there(course.inbound):
            raise DojoError(
                f"There is no exchange at {course.inbound}, so nobody handed in there; name a folder or an LMS's zip."
            )
        return from_exchange(course, assignment, students, now)
    others = [one for one in course.assignments() if one != assignment]
    return from_source(source, assignment, others, students, _release_digest(course, assignment))


def _is_there(inbound: Path) -> bool:
    try:
        return inbound.is_dir()
    except OSError as error:
        raise DojoError(
            f"The exchange {inbound} can't be read ({error.strerror}); let whoever set it up give your account access, "
            "and collect again."
        ) from None


def _release_digest(course: CourseFolder, assignment: str) -> str:
    """The digest of what was released, where that is one notebook; "" where it is not."""
    released = course.path("release", ".", assignment) / f"{assignment}.ipynb"
    return hashlib.sha256(released.read_bytes()).hexdigest() if released.is_file() else ""


def _take(
    course: CourseFolder,
    assignment: str,
    student: str,
    deliveries: Sequence[Delivery],
    students: Roster,
    now: datetime,
) -> Row:
    """Keep all that one student handed in, and see that the newest version stands in `submitted/`."""
    shelf = Shelf(
        course.root / ".dojo" / "collected" / assignment / student, course.path("submitted", student, assignment)
    )
    origin = deliveries[-1].origin
    notes: list[str] = []
    if students and student not in students:
        notes.append("This student is in no roster; grading adds them to the gradebook.")
    if (signed := sum(one.signed for one in deliveries)) > 1:
        notes.append(f"{signed} hand-ins are signed with this id; the one made last is the newest.")
    try:
        fresh = 0
        for at, one in enumerate(sorted(deliveries, key=lambda one: one.when or now)):
            files = _read(one)
            notes += one.notes
            if files:
                # Of two without a time, the one that comes first here was made first.
                fresh += shelf.keep(files, one.when, now + timedelta(microseconds=at), one.origin, _secret(one))
        return _settle(course, assignment, shelf, Row(student, "refused", origin, notes=tuple(notes)), fresh, now)
    except RecursionError:
        said = "What stands in submitted/ has too many folders within each other; remove it and collect again."
        return Row(student, "refused", origin, notes=(*notes, said))
    except OSError as error:
        said = f"It could not be written ({error.strerror}); collect again when that is mended."
        return Row(student, "refused", origin, notes=(*notes, said))


def _settle(course: CourseFolder, assignment: str, shelf: Shelf, row: Row, fresh: int, now: datetime) -> Row:
    """Put the newest version into `submitted/` if it is not there; `row` is the refusal, with what is known so far."""
    there = shelf.submitted.exists()
    standing = digest_of(shelf.standing()) if there else ""
    versions = shelf.versions()
    if there and standing not in {shelf.placed_digest(), *(one.digest for one in versions)}:
        if not fresh:
            return replace(row, state="yours", versions=len(versions))
        earlier = now - timedelta(seconds=1)
        shelf.keep(shelf.standing(), read_time(shelf.standing_time()), earlier, "submitted/", "")
        versions = shelf.versions()
    if not versions:
        return replace(row, notes=(*row.notes, "It holds no file that can be collected."))
    newest = versions[-1]
    picked = pick(course.notebooks(assignment), shelf.names(newest))
    missing = tuple(f"{name}.ipynb is missing." for name in picked.missing)
    row = replace(row, when=newest.when, versions=len(versions), notes=(*row.notes, *picked.notes, *missing))
    contents = shelf.contents(newest, picked.files)
    if there and (standing, shelf.standing_time()) == (digest_of(contents), newest.when):
        return replace(row, state="older" if fresh else "same")
    shelf.place(newest, contents)
    return replace(row, state="newer" if there else "new")


def _read(one: Delivery) -> dict[str, bytes]:
    """The hand-in's files; what is damaged or too much is left out, with a note."""
    files: dict[str, bytes] = {}
    taken: set[str] = set()  # names of files and of the folders they lie in, as a disk that knows no case sees them
    total = 0
    # Notebooks first: should it be too much, they are not what is left out.
    for name in sorted(one.files, key=lambda name: (not name.lower().endswith(".ipynb"), name)):
        folders = {str(parent).casefold() for parent in PurePosixPath(name).parents}
        if name.casefold() in taken or folders & {kept.casefold() for kept in files}:
            one.notes.append(f"{name} is a file where there is a folder, or the other way round; it is left out.")
            continue
        try:
            content = one.files[name]()
        except LeftOut as reason:
            one.notes.append(f"{name} {reason}.")
            continue
        total += len(content)
        if total > _LARGEST or len(files) >= _MOST:
            one.notes.append(f"{name} and what follows is left out: more than {_LARGEST >> 20} MB or {_MOST} files.")
            break
        files[name] = content
        taken |= {name.casefold(), *folders}
    return files


def _secret(one: Delivery) -> str:
    """The word that nbgrader's exchange uses to hand feedback back to nobody but this student."""
    try:
        text = one.secret().decode("ascii") if one.secret else ""
    except (LeftOut, UnicodeDecodeError):
        return ""
    return text if 16 <= len(text) <= 1000 and text.isalnum() else ""


def _stray_row(stray: Stray, aside: Path) -> Row:
    reason = stray.reason[:1].upper() + stray.reason[1:]
    said = reason if reason.endswith("?") else f"{reason}."
    if stray.elsewhere:
        return Row("", "elsewhere", stray.origin, notes=(said,))
    if not stray.files:
        return Row("", "unmatched", stray.origin, notes=(said,))
    try:
        kept = _keep_apart(stray, aside)
    except OSError as error:
        said += f" It could not be kept apart ({error.strerror}); it stays where it is."
        return Row("", "apart", stray.origin, notes=(said,))
    advice = "If it counts, put its notebook alone into a folder named for its student, and collect that folder."
    return Row("", "apart", stray.origin, notes=(said, f"It is kept in {kept}.", advice))


def _keep_apart(stray: Stray, aside: Path) -> Path:
    """Copy what was set apart into the course, once, whatever is in it; gives its folder back."""
    files: dict[str, bytes] = {}
    for name, read in stray.files.items():
        with suppress(LeftOut):
            files[name] = read()
    label = re.sub(r"[^\w.-]+", "_", stray.origin)[-80:].strip("._")
    folder = aside / f"{label}-{digest_of(files)[:12]}"
    if not folder.exists():
        part = aside / f".part-{os.getpid()}"
        shutil.rmtree(part, ignore_errors=True)
        for name, content in files.items():
            (part / name).parent.mkdir(parents=True, exist_ok=True)
            (part / name).write_bytes(content)
        part.rename(folder)
    return folder
