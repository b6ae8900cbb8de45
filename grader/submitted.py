"""What a student handed in, as it lies in `submitted/`: read without following links, at a known time.

Covered: links, pipes, devices and folders under a notebook's name are refused, never opened; files beside the notebook
count only where the course says so; a time that can't be read, or that has not come yet, is replaced by that of
collection, in `timestamp.txt` too, because nbgrader and the formgrader stop at it.
"""

from __future__ import annotations

import fnmatch
import os
import re
import stat
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from dojo.errors import DojoError
from grader.coursefolder import CourseFolder

__all__ = ["HandIn", "find_hand_ins", "hand_in_time", "pictures", "read_file", "stray_files"]

_LARGEST = 64_000_000  # bytes; see grader.rebuild
_STAMP = "timestamp.txt"
_KEPT = "timestamp-as-handed-in.txt"
_PICTURE = re.compile(r"[^\s()<>\[\]\"'`]+\.(?:png|jpe?g|gif|webp)(?![\w.])", re.I)
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
        if fits and (folder.is_dir() or folder.is_symlink()):
            found.append(HandIn(student, folder))
    return found


def read_file(folder: Path, name: str, largest: int = _LARGEST) -> bytes:
    """The content of a plain file; a `DojoError` in one sentence where it is something else, or too large."""
    if folder.is_symlink() or folder.parent.is_symlink():
        raise DojoError("its folder is a link to somewhere else, which is not followed")
    if (folder / name).is_symlink():
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
    from nbgrader.utils import parse_utc

    try:
        moment = parse_utc(text) if text else None
    except (ValueError, OverflowError, TypeError, AttributeError):
        return None
    return moment if isinstance(moment, datetime) else None


def _told(moment: datetime | None, collected: datetime) -> str:
    why = "can't be read" if moment is None else "had not come yet"
    return f"Its time of handing in {why}; that of collection counts ({collected:%Y-%m-%d %H:%M} UTC)."


def stray_files(folder: Path, lab_files: list[str], theirs: tuple[str, ...], notebooks: list[str]) -> list[str]:
    """Names of files that were handed in beside the lab's notebooks and that nobody uses."""
    strays = []
    for place, folders, names in os.walk(folder):
        folders[:] = [one for one in folders if one not in _OURS]
        for name in names:
            path = Path(place, name).relative_to(folder).as_posix()
            known = path in lab_files or path in _OURS or path.removesuffix(".ipynb") in notebooks
            if not known and path.lower().endswith((".py", ".ipynb")) and not _matches(path, theirs):
                strays.append(path)
    return sorted(strays)


def their_files(folder: Path, theirs: tuple[str, ...]) -> list[str]:
    """Relative paths of plain files that the student may bring along, because the course names them."""
    found = []
    for place, folders, names in os.walk(folder):
        folders[:] = [one for one in folders if one not in _OURS]
        for name in names:
            path = Path(place, name)
            inside = path.relative_to(folder).as_posix()
            if _matches(inside, theirs) and not path.is_symlink() and path.is_file():
                found.append(inside)
    return sorted(found)


def pictures(folder: Path, text: str, largest: int = 10_000_000) -> dict[str, bytes]:
    """The pictures in the folder that a text names, by relative path."""
    found = {}
    for name in dict.fromkeys(unquote(one) for one in _PICTURE.findall(text)):
        path = PurePosixPath(name)
        inside = not path.is_absolute() and ".." not in path.parts and "\0" not in name and len(name) < 200
        if inside and not any((folder / part).is_symlink() for part in path.parents):
            with suppress(DojoError, FileNotFoundError):
                found[name] = read_file((folder / path).parent, path.name, largest)
    return found


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
