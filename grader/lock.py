"""One grading run at a time in a course, so that the gradebook has one writer."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dojo.errors import DojoError

__all__ = ["course_lock"]


@contextmanager
def course_lock(course: Path) -> Iterator[None]:
    """Hold the course's lock; a `DojoError` if another run has it. The system frees it when its holder ends, killed
    or not."""
    path = course / ".dojo" / "grading" / "lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        if not _taken(file.fileno()):
            file.seek(0)
            holder = file.read(20).decode("ascii", "replace").strip()
            raise DojoError(
                f"Another grading run is at work in {course} (process {holder or '?'}); wait for it to end."
            )
        file.truncate(0)
        file.write(str(os.getpid()).encode())
        file.flush()
        yield


def _taken(handle: int) -> bool:
    """Whether the lock is ours now."""
    try:
        if os.name == "nt":
            import msvcrt

            # Far behind what is written, so that others can read who has it.
            os.lseek(handle, 1 << 20, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
