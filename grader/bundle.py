"""An assignment's files in one: made once on the trusted side, read by each child through one open file.

So a child needs no way to the folder where all assignments' files are, and root's files reach a child that is nobody.
"""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from dojo.errors import DojoError

__all__ = ["Bundle", "Entry", "lay_out"]

Entry = tuple[str, int, int]  # a file's path in the assignment, where it begins in the bundle, and its bytes
_PIECE = 1 << 20


@dataclass(frozen=True)
class Bundle:
    """An open file with the contents, and what is where in it."""

    file: IO[bytes]
    entries: tuple[Entry, ...]

    @classmethod
    def of(cls, stage: Path, files: tuple[tuple[str, str], ...], named: bool = False) -> Bundle:
        """The files (path, sha256) of `stage`, read now. Raises DojoError where one is not there.

        Only a `named` bundle can be opened again by its name; another leaves nothing behind, whoever kills us.
        """
        # Both are closed by `close`.
        if named:
            file: IO[bytes] = tempfile.NamedTemporaryFile(prefix="dojo-grade-", delete=False)  # noqa: SIM115  # see above
        else:
            file = tempfile.TemporaryFile()  # noqa: SIM115  # see above
        entries, at = [], 0
        try:
            for path, digest in files:
                try:
                    content = (stage / digest).read_bytes()
                except OSError as problem:
                    raise DojoError(f"The assignment's file {path} is not in {stage}; grade again.") from problem
                file.write(content)
                entries.append((path, at, len(content)))
                at += len(content)
            file.flush()
        except BaseException:
            _remove(file)
            raise
        return cls(file, tuple(entries))

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(size for _, _, size in self.entries)

    def close(self) -> None:
        """Remove it."""
        _remove(self.file)


def lay_out(bundle: int, entries: tuple[Entry, ...], folder: Path) -> None:
    """Write the files of an open bundle into `folder`."""
    for inner in {path.rpartition("/")[0] for path, _, _ in entries}:
        (folder / inner).mkdir(parents=True, exist_ok=True)
    for path, begin, size in entries:
        if sys.platform == "linux":
            _send(bundle, f"{folder}/{path}", begin, size)
        else:
            with (folder / path).open("wb") as out:
                for at in range(begin, begin + size, _PIECE):
                    out.write(_read(bundle, min(_PIECE, begin + size - at), at))


def _remove(file: IO[bytes]) -> None:
    file.close()
    if isinstance(file.name, str):
        Path(file.name).unlink(missing_ok=True)


def _send(bundle: int, path: str, at: int, size: int) -> None:
    """Have the kernel copy: the bytes pass through nobody's memory, and the file's position stays where it is."""
    end = at + size
    target = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    try:
        while at < end:
            sent = os.sendfile(target, bundle, at, end - at)
            if not sent:
                raise OSError("The bundle with the assignment's files ends too early.")
            at += sent
    finally:
        os.close(target)


def _read(number: int, count: int, at: int) -> bytes:
    if hasattr(os, "pread"):
        # A student and an examiner share the file's position, so it must not matter.
        return os.pread(number, count, at)
    os.lseek(number, at, os.SEEK_SET)
    return os.read(number, count)
