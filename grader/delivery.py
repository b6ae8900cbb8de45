"""Sort the files of a folder, a zip or the exchange by who handed them in."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dojo.manifest import MANIFEST, SUMS, plain_id
from grader.archive import Remark, Source, open_source
from grader.coursefolder import CourseFolder
from grader.handed import Fate, find_handed_in, sort_handed_in
from grader.labels import read_label
from grader.roster import Roster

__all__ = ["NOTES", "SECRET", "Delivery", "Stray", "from_exchange", "from_source", "read_time"]

SECRET = "submission_secret.txt"
# nbgrader's own notes beside a hand-in. What a student wrote into files of these names counts for nothing.
NOTES = {"timestamp.txt", "timestamp-as-handed-in.txt", SECRET}
_AHEAD = timedelta(minutes=5)  # how far two honest clocks may differ


@dataclass
class Delivery:
    """What one student handed in at one time. `when` is None where nobody but the student says when that was."""

    student: str
    origin: str
    when: datetime | None = None
    files: dict[str, Callable[[], bytes]] = field(default_factory=dict)
    secret: Callable[[], bytes] | None = None
    notes: list[str] = field(default_factory=list)
    signed: bool = False  # made by `dojo submit`


@dataclass(frozen=True)
class _Owner:
    """Whose a file is; `inner` is its path from there on."""

    student: str
    origin: str
    inner: tuple[str, ...]
    note: str = ""
    when: datetime | None = None


@dataclass(frozen=True)
class Stray:
    """What could not be given to any student: its name, and why. `files` are to be kept for the teacher to decide;
    `elsewhere` says that it is another lab's."""

    origin: str
    reason: str
    files: dict[str, Callable[[], bytes]] = field(default_factory=dict)
    elsewhere: bool = False


@contextmanager
def from_source(
    path: Path, assignment: str, others: Sequence[str], roster: Roster, release: str = ""
) -> Iterator[tuple[list[Delivery], list[Stray]]]:
    """The hand-ins of a folder or a zip. `others` are the course's other assignments: folders of these names, inside a
    student's folder, are passed over. `release` is the digest of the course's own release, "" if it has none."""
    with open_source(path) as source:
        handed, source.files = find_handed_in(source.files)
        fates = sort_handed_in(handed, assignment, roster, release)
        deliveries, strays = _Sorting(assignment, set(others), roster).sort(source)
        signed = [_signed_delivery(fate) for fate in fates if fate.state == "taken"]
        yield [*deliveries, *signed], [*strays, *(_set_aside(fate) for fate in fates if fate.state != "taken")]


@contextmanager
def from_exchange(
    course: CourseFolder, assignment: str, roster: Roster, now: datetime
) -> Iterator[tuple[list[Delivery], list[Stray]]]:
    """The hand-ins that wait in nbgrader's exchange, every one that was ever made."""
    deliveries: list[Delivery] = []
    strays: list[Stray] = []
    with ExitStack() as opened:
        try:
            folders = sorted(course.inbound.iterdir()) if course.inbound.is_dir() else []
        except OSError as error:
            folders = []
            strays.append(Stray(str(course.inbound), f"can't be read ({error.strerror})"))
        for folder in folders:
            student, found, rest = folder.name.rpartition(f"+{assignment}+")
            if not found:
                continue
            if not plain_id(student) or folder.is_symlink() or not folder.is_dir():
                strays.append(Stray(folder.name, "is no hand-in that nbgrader made"))
                continue
            source = opened.enter_context(open_source(folder, own=False))
            one = Delivery(student, folder.name, notes=[_left_out(remark) for remark in source.remarks])
            one.when = _claimed_time(rest.partition("+")[0], now, one.notes)
            one.notes += _owner_notes(folder, student, roster)
            for found_file in source.files:
                if found_file.parts == (SECRET,):
                    one.secret = found_file.read
                elif found_file.parts[0] not in NOTES:
                    one.files["/".join(found_file.parts)] = found_file.read
            deliveries.append(one)
        yield deliveries, strays


def _signed_delivery(fate: Fate) -> Delivery:
    files = {name: read for name, read in fate.handed.files.items() if name not in (MANIFEST, SUMS)}
    return Delivery(fate.student, fate.handed.origin, files=files, notes=list(fate.notes), signed=True)


def _set_aside(fate: Fate) -> Stray:
    if fate.state == "elsewhere":
        return Stray(fate.handed.origin, fate.said, elsewhere=True)
    return Stray(fate.handed.origin, fate.said, fate.handed.files)


class _Sorting:
    """One sorting of a source's files by student."""

    def __init__(self, assignment: str, others: set[str], roster: Roster) -> None:
        self.assignment, self.others, self.roster = assignment, others, roster
        self.deliveries: dict[tuple[str, datetime | None], Delivery] = {}
        self.strays: dict[str, Stray] = {}
        self._top = 0

    def sort(self, source: Source) -> tuple[list[Delivery], list[Stray]]:
        self._top = self._wrapping([found.parts for found in source.files])
        for found in source.files:
            owner = self._owner(found.parts)
            if isinstance(owner, Stray):
                self.strays.setdefault(owner.origin, owner)
            elif owner and owner.inner[0] not in NOTES:
                self._delivery(owner).files.setdefault("/".join(owner.inner), found.read)
        for remark in source.remarks:
            owner = self._owner(remark.parts) if remark.parts else None
            if isinstance(owner, _Owner):
                self._delivery(owner).notes.append(_left_out(remark))
            elif remark.parts:
                self.strays.setdefault("/".join(remark.parts), Stray("/".join(remark.parts), remark.said))
        return list(self.deliveries.values()), list(self.strays.values())

    def _delivery(self, owner: _Owner) -> Delivery:
        new = Delivery(owner.student, owner.origin, owner.when, notes=[owner.note] if owner.note else [])
        return self.deliveries.setdefault((owner.student, owner.when), new)

    def _wrapping(self, paths: list[tuple[str, ...]]) -> int:
        """How many outer folders hold everything and are nobody's, such as the one that a zip was unpacked into."""
        depth = 0
        while paths and all(len(parts) > depth + 1 and parts[depth] == paths[0][depth] for parts in paths):
            part = paths[0][depth]
            if not self.roster or read_label(part) or self.roster.find([part]).student:
                break
            depth += 1
        return depth

    def _owner(self, parts: tuple[str, ...]) -> _Owner | Stray | None:
        for at, part in enumerate(parts):
            if label := read_label(part):
                match = self.roster.find(label.who)
                inner = ((label.file,) if label.file else ()) + parts[at + 1 :]
                if not match.student:
                    return Stray(part, match.reason)
                return self._inside(_Owner(match.student, part, inner or (part,), label.note, label.when))
        return self._named(parts[self._top :] or parts)

    def _named(self, parts: tuple[str, ...]) -> _Owner | Stray | None:
        """Whose it is by the names of its folders, or, where it lies in none, by its own."""
        folders = parts[:-1]
        if not self.roster:
            # Nobody to compare with: nbgrader's own layout, a folder for each student.
            at = folders.index(self.assignment) - 1 if self.assignment in folders[1:] else 0
            word = _bare(parts[at]) if folders or len(self._bare_words(parts[0])) == 1 else ""
            if plain_id(word) and word != self.assignment:
                return self._inside(_Owner(word, parts[at], parts[at + 1 :] or parts))
            return Stray(parts[0], "names no student; put each student's files into a folder with the student's id")
        for at, part in enumerate(folders):
            match = self.roster.find([_bare(part)])
            if match.student:
                return self._inside(_Owner(match.student, part, parts[at + 1 :]))
        if folders:
            return Stray(folders[0], self.roster.find([_bare(folders[0])]).reason)
        named = {self.roster.find([word]).student for word in self._bare_words(parts[0])} - {""}
        if len(named) == 1:
            return _Owner(named.pop(), parts[0], parts)
        return Stray(parts[0], self.roster.find([_bare(parts[0])]).reason)

    def _bare_words(self, name: str) -> list[str]:
        """What in a file's name may be a student: all of it, or a word of it."""
        stem = _bare(name)
        return [stem, *(word for word in re.split(r"[\s_+]+", stem) if word not in ("", stem))]

    def _inside(self, owner: _Owner) -> _Owner | None:
        """The owner with the assignment's own folder taken off the path; None for another assignment's files."""
        if owner.inner[0] in self.others and len(owner.inner) > 1:
            return None
        if owner.inner[0] == self.assignment and len(owner.inner) > 1:
            return replace(owner, inner=owner.inner[1:])
        return owner


def _bare(name: str) -> str:
    """A folder's, a zip's or a notebook's name without what says that it is one."""
    return re.sub(r"\.(zip|ipynb)\Z", "", name, flags=re.I)


def _left_out(remark: Remark) -> str:
    return f"{'/'.join(remark.parts[1:] or remark.parts)} {remark.said}."


def _claimed_time(text: str, now: datetime, notes: list[str]) -> datetime:
    """The time in the name of an exchange's folder; one that can't be is the time of collection, with a note."""
    when = read_time(text)
    if when is None:
        notes.append(f"Its time {text[:40]!r} can't be read; the time of collection counts.")
        return now
    if when > now + _AHEAD:
        notes.append(f"Its clock says {when:%Y-%m-%d %H:%M}, which is still to come; the time of collection counts.")
        return now
    return when


def read_time(text: str) -> datetime | None:
    """A time as nbgrader writes it, in UTC; None if it is none."""
    from nbgrader.utils import parse_utc

    # dateutil would open a time zone that is a path; one by its name, such as Europe/Paris, leads nowhere else.
    if ".." in text or re.search(r"(?:^|\s)[/\\:~]", text):
        return None
    try:
        when: datetime | None = parse_utc(text).replace(tzinfo=UTC)
    # Whatever a library of formats comes across in a text that anybody may have written.
    except Exception:
        return None
    return when


def _owner_notes(folder: Path, student: str, roster: Roster) -> list[str]:
    """A remark where another student of the class owns the folder; on a JupyterHub one account may own them all."""
    if sys.platform == "win32":
        return []
    import pwd

    try:
        owner = pwd.getpwuid(folder.lstat().st_uid).pw_name
    except (KeyError, OSError):
        return []
    if owner != student and owner in roster:
        return [f"The account {owner} handed this in for {student}; ask both."]
    return []
