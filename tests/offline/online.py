"""Run a program on a machine that looks online, and report what it reached for: look-ups, contacts, programs, files.

Run as `python online.py REPORT PROGRAM`: calls the program's `main` with a folder for its files. Every name is found,
every contact is refused. The report is JSON, with what `main` said; `sys.audit("online.mark")` makes a mark in it.
"""

from __future__ import annotations

import json
import os
import runpy
import socket
import sys
import threading
import time
from pathlib import Path
from typing import Any

_NOBODY = "198.51.100.7"  # an address for documentation, which nobody has
_CONTACTS = ("socket.connect", "socket.sendto", "socket.sendmsg")
_LOOKUPS = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo")
_PROGRAMS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn")
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Tracer:
    """An audit hook: notes what happens, and refuses contacts."""

    def __init__(self) -> None:
        self.lookups: list[str] = []
        self.contacts: list[str] = []
        self.programs: list[str] = []
        self.written: set[str] = set()
        self.marks: list[int] = []

    def __call__(self, event: str, args: tuple[Any, ...]) -> None:
        if event in _LOOKUPS:
            self.lookups.append(str(args[0]))
        elif event in _CONTACTS and isinstance(args[1], tuple):
            self.contacts.append(str(args[1]))
            raise ConnectionRefusedError(f"{args[1]} is refused")
        elif event in _PROGRAMS:
            self.programs.append(str(args[1] if event == "subprocess.Popen" else args[0]))
        elif event == "os.mkdir":
            self._write(args[0])
        elif event in ("os.rename", "os.link", "os.symlink"):
            self._write(args[1])
        elif event == "open" and isinstance(args[2], int) and args[2] & _WRITES:
            self._write(args[0])
        elif event == "online.mark":
            self.marks.append(len(self.lookups) + len(self.contacts))

    def _write(self, path: Any) -> None:
        if isinstance(path, str | bytes | os.PathLike):
            self.written.add(os.path.realpath(os.fsdecode(path)))

    def find(self, host: Any, port: Any, *rest: Any, **named: Any) -> list[Any]:
        """A getaddrinfo that finds everybody; the real one would fail without a network, and so would end the tale."""
        self.lookups.append(str(host))
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (_NOBODY, port or 0))]


def main(report: Path, program: str) -> None:
    tracer = Tracer()
    sys.addaudithook(tracer)
    socket.getaddrinfo = tracer.find
    time.sleep = lambda seconds: None  # a download that fails is tried again after 5, 10 and 20 seconds
    sys.argv = [program]
    said = runpy.run_path(program)["main"](report.parent / "workspace")
    wait_for_threads()
    found = {**vars(tracer), "written": sorted(tracer.written), "said": said}
    report.write_text(json.dumps(found), encoding="utf-8")


def wait_for_threads() -> None:
    """Reports go out in the background: wait until they are out."""
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            thread.join(10)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
