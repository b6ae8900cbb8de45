"""Read the files of a folder or a zip that somebody else filled, so that they can't lead, grow or climb anywhere.

Covered:
- names: one that climbs out, has a root or a drive is left out; one that some disk refuses or that hides control
  characters is written so that every disk takes it; of two that a disk could take for one, the second is left out
- links: symbolic ones, in a folder or in a zip, are never followed and never read, not even where a folder or a file
  becomes one between the look and the reading
- special files: pipes, sockets and devices are never opened
- zips: those in a zip or in a folder are opened, and no further ones inside them
- bombs: what is unpacked is counted while it is unpacked, whatever the zip says of itself; files, sizes and depth
  have limits
- damage: an encrypted or broken member is one remark, and the rest is read
- clutter of systems and editors (`__MACOSX`, `.ipynb_checkpoints`, hidden files) is skipped

Not covered:
- tar, 7z and rar, which are named and left closed
- hard links, which look like any other file; the kernel refuses those to other people's files
"""

from __future__ import annotations

import os
import re
import stat
import tempfile
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from dojo.errors import DojoError

__all__ = ["Found", "LeftOut", "Limits", "Remark", "Source", "open_source"]


class LeftOut(Exception):  # noqa: N818  # it says what becomes of a file, and is no fault of ours
    """Why a file is left out: the end of a sentence that begins with its name."""


@dataclass(frozen=True)
class Limits:
    """Bytes of one file, of all that is unpacked, and how many files and folders deep."""

    file: int = 100 << 20
    total: int = 8 << 30
    files: int = 100_000
    depth: int = 12
    members: int = 5_000  # of a zip that a student made


@dataclass(frozen=True)
class Found:
    """One file: its path as safe parts, a zip's name among them, and a way to its bytes or to `LeftOut`."""

    parts: tuple[str, ...]
    read: Callable[[], bytes]


@dataclass(frozen=True)
class Remark:
    """What was left out, and why: `said` ends the sentence that the path begins."""

    parts: tuple[str, ...]
    said: str


@dataclass
class Source:
    """All that was found, in order of name."""

    files: list[Found] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


_CLUTTER = {"__macosx", "__pycache__", "thumbs.db", "desktop.ini"}
_CLOSED = (".7z", ".rar", ".tar", ".tgz", ".gz", ".bz2", ".xz")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.I)
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError, OSError)
_MEMBER = b"PK\x01\x02"  # begins each line of a zip's table of contents


@contextmanager
def open_source(path: Path, limits: Limits | None = None, own: bool = True) -> Iterator[Source]:
    """Look through a folder or a zip; files can be read until the block ends. `own`: nobody else can change it, so it
    may itself be a link."""
    if not path.exists():
        raise DojoError(f"There is no {path}; name a folder, or the zip that your LMS gave you.")
    with tempfile.TemporaryDirectory(prefix="dojo-collect-") as spool, ExitStack() as opened:
        walk = _Walk(limits or Limits(), Path(spool), opened)
        if path.is_dir():
            walk.folder(path, own)
        elif zipfile.is_zipfile(path):
            walk.zip(path, (), inner=False)
        else:
            raise DojoError(f"{path} is neither a folder nor a zip; name one of them.")
        yield Source(sorted(walk.found.files, key=lambda one: one.parts), walk.found.remarks)


class _Walk:
    """One look through a source, with what it has used up so far."""

    def __init__(self, limits: Limits, spool: Path, opened: ExitStack) -> None:
        self.limits, self.spool, self.opened = limits, spool, opened
        self.found = Source()
        self.left = limits.total
        self._seen: set[str] = set()
        self._spooled = 0

    def folder(self, root: Path, own: bool = False, parts: tuple[str, ...] = (), parent: int | None = None) -> None:
        """Look through a folder of this machine. `parent` is its parent, held open: a name that is looked up in there
        can't have become a link to elsewhere."""
        by_handle = os.scandir in os.supports_fd
        try:
            handle = _open_folder(root, own, parent) if by_handle else None
        except OSError as error:
            self._remark(parts, f"can't be read ({error.strerror})")
            return
        try:
            with os.scandir(root if handle is None else handle) as entries:
                for entry in sorted(entries, key=lambda one: one.name):
                    self._entry(root / entry.name, entry, parts, handle)
        except OSError as error:
            self._remark(parts, f"can't be read ({error.strerror})")
        finally:
            if handle is not None:
                os.close(handle)

    def _entry(self, path: Path, entry: os.DirEntry[str], parts: tuple[str, ...], handle: int | None) -> None:
        inside = self._safe((*parts, entry.name))
        if inside is None:
            return
        if entry.is_symlink():
            self._remark(inside, "is a symbolic link, which is not followed")
        elif entry.is_dir(follow_symlinks=False):
            self.folder(path, False, inside, handle)
        elif not entry.is_file(follow_symlinks=False):
            self._remark(inside, "is no ordinary file")
        else:
            seen = entry.stat(follow_symlinks=False)
            identity = (seen.st_dev, seen.st_ino) if handle is not None else None
            self._file(inside, entry.name, _file_reader(path, identity, self.limits.file), opens=True)

    def zip(self, path: Path, parts: tuple[str, ...], inner: bool) -> None:
        """Look through a zip; one that a student made (`inner`) may not hold further ones."""
        try:
            if inner and path.read_bytes().count(_MEMBER) > self.limits.members:
                self._remark(parts, f"holds more than {self.limits.members} files")
                return
            outer = None if inner else self.opened.enter_context(zipfile.ZipFile(path))
            with nullcontext(outer) if outer else zipfile.ZipFile(path) as opened:
                members = opened.infolist()
        except _BROKEN as error:
            self._remark(parts, f"is no whole zip ({_reason(error)})")
            return
        for member in members:
            inside = self._safe((*parts, *re.split(r"[/\\]", member.filename.rstrip("/\\"))), raw=member.filename)
            if inside is None or member.is_dir():
                continue
            if stat.S_ISLNK(member.external_attr >> 16):
                self._remark(inside, "is a symbolic link, which is not followed")
            elif member.flag_bits & 0x1:
                self._remark(inside, "is encrypted; ask for it without a password")
            else:
                self._file(inside, member.filename, _member_reader(path, outer, member, self.limits.file), not inner)

    def _file(self, parts: tuple[str, ...], name: str, read: Callable[[], bytes], opens: bool) -> None:
        """Note one file; look into it if it is a zip and this is a place where zips are opened."""
        key = unicodedata.normalize("NFC", "/".join(parts)).casefold()
        lower = name.lower()
        if key in self._seen:
            self._remark(parts, "stands there twice; the first is used")
        elif len(self.found.files) >= self.limits.files:
            self._remark(parts, f"is beyond the first {self.limits.files} files")
        elif lower.endswith(_CLOSED):
            self._remark(parts, "is an archive of a kind that is not opened; ask for a zip or the notebook itself")
        elif lower.endswith(".zip") and not opens:
            self._remark(parts, "is a zip that lies too deep to be opened; ask for the notebook itself")
        elif lower.endswith(".zip"):
            self._inner_zip(parts, self._counted(read))
        else:
            self.found.files.append(Found(parts, self._counted(read)))
        self._seen.add(key)

    def _inner_zip(self, parts: tuple[str, ...], read: Callable[[], bytes]) -> None:
        self._spooled += 1
        spooled = self.spool / f"{self._spooled}.zip"
        try:
            # On disk, not in memory: a class of three hundred may hand in three hundred of them.
            spooled.write_bytes(read())
        except LeftOut as reason:
            self._remark(parts, str(reason))
        except OSError as error:
            self._remark(parts, f"could not be unpacked ({error.strerror})")
        else:
            self.zip(spooled, parts, inner=True)

    def _counted(self, read: Callable[[], bytes]) -> Callable[[], bytes]:
        def counted() -> bytes:
            content = read()
            self.left -= len(content)
            if self.left < 0:
                raise LeftOut(f"is beyond the {self.limits.total >> 20} MB that are unpacked in one go")
            return content

        return counted

    def _safe(self, parts: tuple[str, ...], raw: str = "") -> tuple[str, ...] | None:
        """The parts as every disk takes them; None, and a remark, for what is left out."""
        if raw.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", raw) or ".." in parts:
            self._remark(tuple(part for part in parts if part), "leads out of its folder")
            return None
        kept = tuple(part for part in parts if part not in ("", "."))
        if any(part.startswith(".") or part.lower() in _CLUTTER for part in kept):
            return None
        if len(kept) > self.limits.depth:
            self._remark(kept[:3], f"lies more than {self.limits.depth} folders deep")
            return None
        return tuple(_plain(part) for part in kept) or None

    def _remark(self, parts: tuple[str, ...], said: str) -> None:
        if len(self.found.remarks) < 10_000:
            self.found.remarks.append(Remark(tuple(_plain(part) for part in parts), said))


def _plain(part: str) -> str:
    """A name that every disk takes: no character that one refuses, no device's name, not too long."""
    kept = "".join(char if char.isprintable() and char not in '<>:"|?*/\\' else "_" for char in part).rstrip(". ")
    if _RESERVED.match(kept):
        kept = f"_{kept}"
    stem, dot, suffix = kept.rpartition(".")
    if len(kept.encode()) > 150:
        kept = (stem or suffix).encode()[:120].decode(errors="ignore") + (dot + suffix[:20] if stem else "")
    return kept or "_"


def _open_folder(path: Path, own: bool, parent: int | None) -> int:
    flags = os.O_RDONLY | os.O_DIRECTORY | (0 if own else os.O_NOFOLLOW)
    return os.open(path, flags) if parent is None else os.open(path.name, flags, dir_fd=parent)


def _file_reader(path: Path, identity: tuple[int, int] | None, largest: int) -> Callable[[], bytes]:
    def read() -> bytes:
        # What was a file a moment ago may be a link or a pipe by now: its folder may belong to a student.
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        try:
            with os.fdopen(os.open(path, flags), "rb") as file:
                seen = os.fstat(file.fileno())
                if not stat.S_ISREG(seen.st_mode) or identity not in (None, (seen.st_dev, seen.st_ino)):
                    raise LeftOut("was changed while it was collected; collect again")
                content = file.read(largest + 1)
        except OSError as error:
            raise LeftOut(f"can't be read ({error.strerror})") from None
        return _bounded(content, largest)

    return read


def _member_reader(
    path: Path, outer: zipfile.ZipFile | None, member: zipfile.ZipInfo, largest: int
) -> Callable[[], bytes]:
    def read() -> bytes:
        try:
            # A class's own zip stays open; of the many inside it, only the one that is read.
            with nullcontext(outer) if outer else zipfile.ZipFile(path) as opened, opened.open(member) as file:
                content = file.read(largest + 1)
        except _BROKEN as error:
            raise LeftOut(f"is damaged ({_reason(error)})") from None
        return _bounded(content, largest)

    return read


def _bounded(content: bytes, largest: int) -> bytes:
    if len(content) > largest:
        raise LeftOut(f"holds more than {largest >> 20} MB")
    return content


def _reason(error: BaseException) -> str:
    return (str(error) or type(error).__name__).splitlines()[0][:100]
