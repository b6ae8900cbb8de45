"""Answers on disk: bounded in bytes, the least recently used goes first, whole or not there.

Covered: an entry is written under another name and then renamed, with a checksum, so that neither a crash nor a broken
disk gives half an answer; a full or unwritable disk only means that nothing is kept; a folder that somebody empties
meanwhile is a folder of misses.
Not covered: two servers of one class at once. They would share entries, but each counts only the bytes it has seen.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from collections import OrderedDict
from pathlib import Path

from dojo.door.classroom.answers import Given, from_raw

__all__ = ["Cache", "clear_folder"]

_BLOCK = 4096  # bytes; a file takes whole blocks of the disk
_PART = ".part"


class Cache:
    """The answers in a folder, at most `most` bytes of disk. `trouble` says why nothing could be kept last time."""

    def __init__(self, folder: Path, most: int) -> None:
        self.folder = folder
        self.trouble = ""
        self.bytes = 0
        self._most = most
        self._sizes: OrderedDict[str, int] = OrderedDict()  # the longest unused in front
        self._scan()
        self._make_room()

    def __len__(self) -> int:
        return len(self._sizes)

    def get(self, key: str) -> Given | None:
        """The answer that is kept under this key; a broken one is thrown away."""
        if key not in self._sizes:
            return None
        path = self._path(key)
        try:
            found = _read(path.read_bytes())
        except FileNotFoundError:
            self._forget(key)
            return None
        except (OSError, ValueError, KeyError, TypeError):
            self._drop(key)
            return None
        self._sizes.move_to_end(key)
        with contextlib.suppress(OSError):
            os.utime(path)
        return found

    def put(self, key: str, given: Given) -> None:
        """Keep an answer if it fits. Never fails: see `trouble`."""
        text = _write(given)
        if _on_disk(len(text)) > self._most:
            return
        path = self._path(key)
        part = path.with_name(f"{path.name}-{os.getpid()}{_PART}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(text)
            part.replace(path)
            self.trouble = ""
        except OSError as error:
            self.trouble = f"answers can't be kept in {self.folder} ({error.strerror})"
            with contextlib.suppress(OSError):
                part.unlink()
            return
        self._forget(key)
        self._note(key, len(text))
        self._make_room()

    def clear(self) -> int:
        """Throw all away; how many there were."""
        removed = clear_folder(self.folder)
        self._sizes.clear()
        self.bytes = 0
        return removed

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key

    def _scan(self) -> None:
        """Take in what an earlier server left, oldest first, and sweep away what it did not finish."""
        found = []
        for path in self.folder.glob("*/*"):
            with contextlib.suppress(OSError):
                if path.suffix == _PART:
                    path.unlink()
                else:
                    stat = path.stat()
                    found.append((stat.st_mtime_ns, path.name, stat.st_size))
        for _, key, size in sorted(found):
            self._note(key, size)

    def _note(self, key: str, size: int) -> None:
        self._sizes[key] = _on_disk(size)
        self.bytes += _on_disk(size)

    def _forget(self, key: str) -> None:
        self.bytes -= self._sizes.pop(key, 0)

    def _drop(self, key: str) -> None:
        self._forget(key)
        with contextlib.suppress(OSError):
            self._path(key).unlink()

    def _make_room(self) -> None:
        while self.bytes > self._most:
            self._drop(next(iter(self._sizes)))


def clear_folder(folder: Path) -> int:
    """Remove every kept answer in a folder, whether a server uses it or not; how many."""
    removed = 0
    for path in folder.glob("*/*"):
        with contextlib.suppress(FileNotFoundError):
            path.unlink()
            removed += path.suffix != _PART
    return removed


def _write(given: Given) -> bytes:
    head = {
        "status": given.status,
        "kind": given.kind,
        "sha256": hashlib.sha256(given.raw).hexdigest(),
        "kept": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
    }
    return json.dumps(head).encode() + b"\n" + given.raw


def _read(text: bytes) -> Given:
    head, _, raw = text.partition(b"\n")
    said = json.loads(head)
    if hashlib.sha256(raw).hexdigest() != said["sha256"]:
        raise ValueError("the entry is damaged")
    return from_raw(int(said["status"]), str(said["kind"]), raw)


def _on_disk(size: int) -> int:
    return -(-size // _BLOCK) * _BLOCK
