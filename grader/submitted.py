"""What a student handed in, as it lies in `submitted/`: read without following links, at a known time.

Covered: links, pipes, devices and folders under a notebook's name are refused, never opened; a file in the place of
the folder, or a folder that can't be read, is a hand-in that is refused; files beside the notebook count only where the
course says so, and are looked for to a depth and a number; pictures that an answer names are kept to a number and a
size, and naming them costs no time; a time that can't be read, or that has not come yet, is replaced by that of
collection, in `timestamp.txt` too, because nbgrader and the formgrader stop at it.
"""

from __future__ import annotations

import fnmatch
import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from dojo.errors import DojoError
from grader.coursefolder import CourseFolder
from grader.delivery import read_time
from grader.inert import TURNING

__all__ = [
    "HandIn",
    "find_hand_ins",
    "hand_in_time",
    "leads_elsewhere",
    "odd_name",
    "pictures",
    "read_file",
    "stray_files",
]

_LARGEST = 64_000_000  # bytes; see grader.rebuild
_STAMP = "timestamp.txt"
_KEPT = "timestamp-as-handed-in.txt"
_PICTURE = re.compile(r".+\.(?:png|jpe?g|gif|webp)(?![\w.])", re.I)
_ENDS_A_NAME = re.compile(r"[\s()<>\[\]\"'`]+")
_LONGEST_NAME = 200
_MOST_PICTURES, _LARGEST_PICTURES = 100, 50_000_000  # files, and bytes of all of them
_DEEPEST, _MOST_ENTRIES = 12, 10_000  # of a hand-in's folders; what lies beyond is nobody's
_OURS = (_STAMP, "submission_secret.txt", "feedback", ".ipynb_checkpoints", "__pycache__")
_FUTURE = timedelta(minutes=5)  # clocks of two machines may differ by that


@dataclass(frozen=True)
class HandIn:
    """One student's folder for one assignment."""

    student: str
    folder: Path


def find_hand_ins(course: CourseFolder, assignment: str) -> list[HandIn]:
    """Every student's folder for the assignment, by student; links among them too, which `read_file` refuses."""
    mark = "\0"
    before, _, after = str(course.path("submitted", mark, assignment)).partition(mark)
    parent, prefix = before.rsplit(os.sep, 1)
    suffix, _, rest = after.partition(os.sep)
    found = []
    for name in sorted(one.name for one in Path(parent).glob("*")):
        student = name[len(prefix) : len(name) - len(suffix)]
        folder = Path(parent, name, rest)
        fits = name.startswith(prefix) and name.endswith(suffix) and student and not name.startswith(".")
        if fits and _is_there(folder):
            found.append(HandIn(student, folder))
    return found


def leads_elsewhere(folder: Path) -> bool:
    """Whether a hand-in's folder, or the student's, is a link."""
    return os.path.islink(folder) or os.path.islink(folder.parent)  # noqa: PTH114  # Path's own may raise


def odd_name(student: str) -> str:
    """What is wrong with a name that would not show as what it is, on a page or in a terminal; "" for any other."""
    kinds = {unicodedata.category(char) for char in student}
    if "Cs" in kinds:
        return "Its folder's name is not written in UTF-8; give it the student's id and grade again."
    if "Cc" in kinds or not TURNING.isdisjoint(map(ord, student)):
        return "Its folder's name holds characters that can't be shown; give it the student's id and grade again."
    return ""


def _is_there(folder: Path) -> bool:
    """Whether something of that name stands there, whatever it is, and whether or not we may look into it."""
    try:
        folder.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def read_file(folder: Path, name: str, largest: int = _LARGEST) -> bytes:
    """The content of a plain file; a `DojoError` in one sentence where it is something else, or too large."""
    if leads_elsewhere(folder):
        raise DojoError("its folder is a link to somewhere else, which is not followed")
    # Not Path's own, which may raise.
    if os.path.islink(folder / name):  # noqa: PTH114  # see above
        raise DojoError("it is a link to somewhere else, which is not followed")
    try:
        # Not blocking: a named pipe would wait for ever for somebody to write.
        handle = os.open(folder / name, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError:
        raise
    except OSError as error:
        raise DojoError(f"it can't be read ({error.strerror})") from None
    try:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode):
            raise DojoError("it is not a file")
        if about.st_size > largest:
            raise DojoError(f"it holds {about.st_size / 1e6:.0f} MB, more than {largest / 1e6:.0f}; clear its outputs")
        with os.fdopen(os.dup(handle), "rb") as file:
            return file.read(largest + 1)
    except OSError as error:
        raise DojoError(f"it can't be read ({error.strerror})") from None
    finally:
        os.close(handle)


def hand_in_time(folder: Path, now: datetime) -> tuple[datetime | None, str]:
    """When it was handed in (UTC, without a zone, as nbgrader keeps it), and a note where its time was not usable."""
    text = _stamp(folder, _STAMP)
    if text is None:
        return None, ""
    moment = _parsed(text)
    if moment is not None and moment <= now + _FUTURE:
        before = _stamp(folder, _KEPT)
        return moment, "" if before is None else _told(_parsed(before), moment)
    collected = _collected(folder, now)
    _mend(folder, collected)
    return collected, _told(moment, collected)


def _stamp(folder: Path, name: str) -> str | None:
    """The text of a file that holds a time; None if there is no such file."""
    try:
        return read_file(folder, name, largest=1000).decode("utf-8", "replace").strip()
    except FileNotFoundError:
        return None
    except DojoError:
        return ""


def _parsed(text: str) -> datetime | None:
    moment = read_time(text) if text else None
    return moment.replace(tzinfo=None) if moment else None


def _told(moment: datetime | None, collected: datetime) -> str:
    why = "can't be read" if moment is None else "had not come yet"
    return f"Its time of handing in {why}; that of collection counts ({collected:%Y-%m-%d %H:%M} UTC)."


def stray_files(folder: Path, lab_files: list[str], theirs: tuple[str, ...], notebooks: list[str]) -> list[str]:
    """Names of files that were handed in beside the lab's notebooks and that nobody uses."""
    strays = []
    for path in _paths(folder):
        known = path in lab_files or path in _OURS or path.removesuffix(".ipynb") in notebooks
        if not known and path.lower().endswith((".py", ".ipynb")) and not _matches(path, theirs):
            strays.append(path)
    return sorted(strays)


def their_files(folder: Path, theirs: tuple[str, ...]) -> list[str]:
    """Relative paths of plain files that the student may bring along, because the course names them."""
    if not theirs:
        return []
    return sorted(path for path in _paths(folder) if _matches(path, theirs) and _is_plain(folder / path))


def _is_plain(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def _paths(folder: Path) -> Iterator[str]:
    """Relative paths of what lies in a hand-in's folders, but for folders; no link is followed.

    Not os.walk: until Python 3.12 it calls itself for each level, of which a student may make thousands.
    """
    left, seen = [""], 0
    while left:
        inner = left.pop()
        try:
            entries = sorted(os.scandir(folder / inner), key=lambda one: one.name)
        except OSError:
            continue
        for entry in entries:
            seen += 1
            path = f"{inner}/{entry.name}" if inner else entry.name
            if not entry.is_dir(follow_symlinks=False):
                yield path
            elif entry.name not in _OURS and path.count("/") < _DEEPEST:
                left.append(path)
        if seen > _MOST_ENTRIES:
            return


def pictures(folder: Path, text: str, largest: int = 10_000_000) -> dict[str, bytes]:
    """The pictures in the folder that a text names, by relative path: the first hundred, and 50 MB of them at most."""
    found: dict[str, bytes] = {}
    left = _LARGEST_PICTURES
    for path in _named_pictures(text):
        if not any(os.path.islink(folder / part) for part in path.parents):  # noqa: PTH114  # Path's own may raise
            with suppress(DojoError, FileNotFoundError):
                content = read_file((folder / path).parent, path.name, min(largest, left))
                found[path.as_posix()] = content
                left -= len(content)
    return found


@lru_cache(maxsize=1)  # a text's pictures are looked for in one folder after the other
def _named_pictures(text: str) -> tuple[PurePosixPath, ...]:
    """The relative paths of pictures in a text, each once however it is spelt."""
    found: dict[PurePosixPath, None] = {}
    # Word by word, and no long ones: searching everywhere for where a name may begin takes the square of a text's
    # length, minutes where a student has typed no space.
    for word in _ENDS_A_NAME.split(text):
        match = _PICTURE.match(word) if "." in word and len(word) < 3 * _LONGEST_NAME else None
        if match is None:
            continue
        name = unquote(match[0])
        path = PurePosixPath(name)
        if not path.is_absolute() and ".." not in path.parts and "\0" not in name and len(name) < _LONGEST_NAME:
            found[path] = None
        if len(found) == _MOST_PICTURES:
            break
    return tuple(found)


def _matches(path: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch.fnmatchcase(path, pattern) for pattern in patterns)


def _collected(folder: Path, now: datetime) -> datetime:
    """When the hand-in was put here, by the clock of the machine that did it."""
    try:
        written = (folder / _STAMP).lstat().st_mtime
    except OSError:
        return now.replace(microsecond=0)
    moment = datetime.fromtimestamp(written, tz=UTC).replace(tzinfo=None, microsecond=0)
    return min(moment, now.replace(microsecond=0))


def _mend(folder: Path, moment: datetime) -> None:
    """Put a readable time where nbgrader looks for it; what stood there is kept beside it."""
    path = folder / _STAMP
    written = moment.replace(tzinfo=UTC).timestamp()
    with suppress(OSError):
        kept = folder / _KEPT
        if not kept.exists():
            path.rename(kept)
        part = folder / f".{_STAMP}-{os.getpid()}"
        part.write_text(f"{moment:%Y-%m-%d %H:%M:%S} UTC\n", encoding="utf-8")
        os.utime(part, (written, written))
        part.replace(path)
