"""What grading keeps under the course's `.dojo/grading/`, so that a killed run goes on where it stopped.

    results/ab/abcd...json   what came of a job, by the job's digest: equal work is never done twice
    done/NAME/STUDENT.json   the final state of one submission, as it was last written to the gradebook
    files/abcd...            data files of assignments, by their content

Covered: a file is there whole or not at all, after kill -9 or a full disk; one that was damaged, by a power cut for
instance, counts as missing, and its work is done again; a digest says all that the content depends on, so nothing here
ever goes stale.

Not covered: somebody who may write into the course folder; they could write the gradebook too.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from grader.job import Result
from grader.plain import plain, result_from

__all__ = ["Store"]


class Store:
    """The folder, made when something is first kept in it."""

    def __init__(self, course: Path) -> None:
        self.root = course / ".dojo" / "grading"

    @property
    def stage(self) -> Path:
        """The folder of data files, each named by its sha256."""
        return self.root / "files"

    def result(self, digest: str) -> Result | None:
        """What came of the job with this digest, None if it has not been done."""
        content = _read(self._result_file(digest), digest)
        if content is None:
            return None
        try:
            return result_from(content)
        except (KeyError, TypeError, ValueError):
            return None

    def keep_result(self, digest: str, result: Result) -> None:
        """Keep what came of a job."""
        _write(self._result_file(digest), digest, plain(result))

    def done(self, assignment: str, student: str) -> dict[str, Any] | None:
        """What `finish` was last told of this submission."""
        return _read(self._done_file(assignment, student), f"{assignment}\n{student}")

    def finish(self, assignment: str, student: str, content: dict[str, Any]) -> None:
        """Note a submission's final state, once the gradebook holds it."""
        _write(self._done_file(assignment, student), f"{assignment}\n{student}", content)

    def forget(self, assignment: str, student: str) -> None:
        """Take back `finish`: what follows changes the gradebook."""
        with suppress(FileNotFoundError):
            self._done_file(assignment, student).unlink()

    def keep_file(self, path: Path) -> str:
        """Put a copy of the file on the stage; gives its sha256."""
        self.stage.mkdir(parents=True, exist_ok=True)
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        target = self.stage / digest
        if not target.exists() or target.stat().st_size != path.stat().st_size:
            _put(target, path, lasting=True)
        return digest

    def keep_bytes(self, content: bytes) -> str:
        """Put a file with this content on the stage; gives its sha256."""
        self.stage.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256(content).hexdigest()
        target = self.stage / digest
        if not target.exists() or target.stat().st_size != len(content):
            _put(target, content, lasting=True)
        return digest

    def _result_file(self, digest: str) -> Path:
        return self.root / "results" / digest[:2] / f"{digest}.json"

    def _done_file(self, assignment: str, student: str) -> Path:
        # A student's name may be longer than a file's, or differ from another's in case alone.
        return self.root / "done" / _short(assignment) / f"{_short(student)}.json"


def _short(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:32]


def _read(path: Path, key: str) -> dict[str, Any] | None:
    """The content that was kept under this key; None where there is none, or a damaged one."""
    try:
        kept = json.loads(path.read_bytes())
        content = kept["content"]
        whole = kept["key"] == key and kept["sha256"] == hashlib.sha256(_body(content)).hexdigest()
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return content if whole and isinstance(content, dict) else None


def _write(path: Path, key: str, content: dict[str, Any]) -> None:
    body = _body(content)
    head = json.dumps({"key": key, "sha256": hashlib.sha256(body).hexdigest()}).removesuffix("}")
    path.parent.mkdir(parents=True, exist_ok=True)
    _put(path, f'{head}, "content": '.encode() + body + b"}")


def _body(content: Any) -> bytes:
    return json.dumps(content, sort_keys=True).encode()


def _put(target: Path, content: bytes | Path, lasting: bool = False) -> None:
    """Write a file whole. A `lasting` one is on disk before it has its name: nothing but its size is looked at later.
    For others that would be the longest wait of a submission, and for nothing: who reads them sees what is damaged."""
    handle, part = tempfile.mkstemp(prefix=".part-", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            if isinstance(content, Path):
                with content.open("rb") as source:
                    shutil.copyfileobj(source, file)
            else:
                file.write(content)
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        # The sandbox may read the stage as another user.
        Path(part).chmod(0o644)
        Path(part).replace(target)
    finally:
        with suppress(FileNotFoundError):
            Path(part).unlink()
