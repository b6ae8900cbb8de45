"""SHA-256 of files, each worked out once: a model of 5 GB takes seconds, so the folder remembers."""

from __future__ import annotations

import contextlib
import hashlib
import json
import threading
from pathlib import Path

from dojo.errors import DojoError
from dojo.files import write_whole

__all__ = ["Digests"]


class Digests:
    """The digests of files, kept in `memory` by path, size and time of change."""

    def __init__(self, memory: Path) -> None:
        self._memory = memory
        self._known: dict[str, str] | None = None
        self._working = threading.Lock()  # two who ask for the same new file wait for one reading of it

    def of(self, path: Path) -> str:
        """64 hex digits."""
        stat = path.stat()
        key = f"{path}|{stat.st_size}|{stat.st_mtime_ns}"
        known = self._read()
        if key not in known:
            with self._working:
                if key not in known:
                    self._work_out(key, path, known)
        return known[key]

    def _work_out(self, key: str, path: Path, known: dict[str, str]) -> None:
        with path.open("rb") as file:
            known[key] = hashlib.file_digest(file, "sha256").hexdigest()
        with contextlib.suppress(DojoError):  # a folder that can't be written: it is worked out again next time
            write_whole(self._memory, json.dumps(known, indent=1))

    def _read(self) -> dict[str, str]:
        if self._known is None:
            try:
                self._known = dict(json.loads(self._memory.read_text(encoding="utf-8")))
            except (OSError, ValueError):
                self._known = {}
        return self._known
