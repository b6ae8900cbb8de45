"""What differs between operating systems: starting a process apart from ours, and holding a file's lock."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import IO, Any

__all__ = ["hold", "quietly"]


def quietly() -> dict[str, Any]:
    """Popen's arguments for a process that a Ctrl-C at our terminal doesn't reach, and that opens no window."""
    if os.name == "posix":
        return {"start_new_session": True}
    flags = ("CREATE_NEW_PROCESS_GROUP", "CREATE_NO_WINDOW")
    return {"creationflags": sum(getattr(subprocess, flag) for flag in flags)}


def hold(file: IO[bytes]) -> bool:
    """Take the file's lock until this process ends, however it ends; False where another process has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
