"""Our end of a nursery: it is started, behind the wall or not, and asked for children."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from grader.bundle import Bundle
from grader.children import Child, Means, NurseryGoneError, end_family, plain_environment
from grader.sandbox import Wall, command

__all__ = ["Nursery"]

_START_LIMIT_S = 120.0  # a cold disk takes its time over torch
_LIMIT_S = 30.0  # for an answer
_PIECE = 1 << 16
_ROOM = 4 << 20  # bytes; the system gives less where it has a limit


class Nursery:
    """Our end of a nursery's process. `boxed` puts it behind the wall; without, its children are only processes. With
    `core` it has that processor alone, and so have its children."""

    def __init__(self, wall: Wall, boxed: bool, child: str, warm: Sequence[str], core: int | None = None) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._channel = ours
        self._home = None if boxed else tempfile.TemporaryDirectory(prefix="dojo-grade-", ignore_cleanup_errors=True)
        inner = [sys.executable, "-P", "-m", "grader.nursery", str(theirs.fileno()), "sandbox" if boxed else "unsafe"]
        inner += [child, *warm]
        with tempfile.TemporaryFile() as said, _on(core):
            self._process = subprocess.Popen(
                command(wall, inner) if boxed else inner,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=said,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
                env=None if self._home is None else plain_environment(Path(self._home.name), wall.shown),
            )
            theirs.close()
            try:
                self.ready = self._answer(_START_LIMIT_S)[0]
            except NurseryGoneError:
                self.close()
                said.seek(0)
                raise NurseryGoneError(said.read()[-2000:].decode("utf-8", "replace").strip()) from None

    def fork(self, roles: Sequence[str], bundle: Bundle) -> list[Child]:
        """Ready children: a student and an examiner with a bridge between them, or a kernel alone."""
        controls = [socket.socketpair() for _ in roles]
        bridge = _bridge() if len(roles) == 2 else ()
        given: list[int] = []
        for number, (_, theirs) in enumerate(controls):
            given += [theirs.fileno(), *([bridge[number].fileno()] if bridge else [])]
        given.append(bundle.file.fileno())
        try:
            said, pidfds = self._asked({"fork": list(roles)}, given)
        except NurseryGoneError:
            for ours, _ in controls:
                ours.close()
            raise
        finally:
            for one in (*(theirs for _, theirs in controls), *bridge):
                one.close()
        everything = zip(roles, controls, said["pids"], pidfds, strict=True)
        return [self._child(role, ours, inner, pidfd) for role, (ours, _), inner, pidfd in everything]

    def _child(self, role: str, control: socket.socket, inner: int, pidfd: int) -> Child:
        pid = _pid(pidfd)
        folder = tempfile.mkdtemp(dir=self._home.name) if self._home is not None else ""

        def end() -> None:
            if folder:
                end_family(pid, Path(folder))
            _end(pidfd)

        def status() -> int | None:
            found: int | None = self._asked({"ended": inner}, [])[0]["status"]
            return found

        return Child(role, control, pid, Means(end, status), str(Path(folder, "home")) if folder else "")

    def close(self) -> None:
        """End it with all its children."""
        self._channel.close()
        self._process.kill()
        self._process.wait()
        if self._home is not None:
            self._home.cleanup()

    def _asked(self, request: dict[str, Any], given: list[int]) -> tuple[dict[str, Any], list[int]]:
        try:
            socket.send_fds(self._channel, [json.dumps(request).encode()], given)
        except OSError as problem:
            raise NurseryGoneError(str(problem)) from problem
        return self._answer(_LIMIT_S)

    def _answer(self, limit: float) -> tuple[dict[str, Any], list[int]]:
        self._channel.settimeout(limit)
        try:
            message, numbers, _, _ = socket.recv_fds(self._channel, _PIECE, 8)
        except OSError:
            message, numbers = b"", []
        if not message:
            raise NurseryGoneError("It has ended.")
        return json.loads(message), numbers


def _bridge() -> tuple[socket.socket, socket.socket]:
    """A socket between two children, with as much room as the system gives: a picture shall not wait for its reader."""
    pair = socket.socketpair()
    for one in pair:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _ROOM)
    return pair


@contextmanager
def _on(core: int | None) -> Iterator[None]:
    """What this thread starts meanwhile has that processor alone, and so has all that it starts in turn."""
    before = os.sched_getaffinity(0)
    with suppress(OSError):
        os.sched_setaffinity(0, before if core is None else {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def _end(pidfd: int) -> None:
    with suppress(OSError):
        signal.pidfd_send_signal(pidfd, signal.SIGKILL)
    with suppress(OSError):
        os.close(pidfd)


def _pid(pidfd: int) -> int:
    """The number under which we see the process behind a pidfd, whatever namespace it is in."""
    for line in Path(f"/proc/self/fdinfo/{pidfd}").read_text(encoding="utf-8").splitlines():
        if line.startswith("Pid:"):
            return int(line.split()[1])
    return -1
