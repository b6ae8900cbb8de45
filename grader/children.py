"""The supervisor's end of a child, however that was started: send, receive, look after, kill."""

from __future__ import annotations

import os
import selectors
import shutil
import signal
import socket
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.frames import BadFrameError, Reader, pack
from grader.job import Verdict
from grader.sandbox import ENVIRONMENT
from grader.watch import family, inherited, use

__all__ = ["Broke", "Child", "Means", "NurseryGoneError", "end_family", "plain_environment", "wait"]

# Made anew for each wait: what polls needs no file of the system's for that.
_Selector = getattr(selectors, "PollSelector", selectors.DefaultSelector)
_LOOK_S = 0.05  # between two looks at a child's memory, while it runs
_PIECE = 1 << 16
# What programs need to be found and to start, on any system.
_KEPT = {"PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "VIRTUAL_ENV"}


class NurseryGoneError(Exception):
    """The nursery has ended or can't start; the text is what it said last."""


class Broke(Exception):  # noqa: N818  # it says what a child did, and is caught by the walk
    """A child that ended, hung or took too much: `verdict` as in `CellResult`, `why` a sentence."""

    def __init__(self, role: str, verdict: Verdict, why: str) -> None:
        super().__init__(f"{role} {verdict}: {why}")
        self.role, self.verdict, self.why = role, verdict, why


@dataclass(frozen=True)
class Means:
    """How a child is ended, and how it has ended: minus the signal, as in `subprocess`, None while it is alive."""

    end: Callable[[], None]
    status: Callable[[], int | None]


class Child:
    """One child: what is to be sent to it, and what came from it. `folder` is where it lives without a sandbox."""

    def __init__(self, role: str, control: socket.socket, pid: int, means: Means, folder: str = "") -> None:
        self.role, self.control, self.folder = role, control, folder
        self._pid, self._means = pid, means
        self._before = inherited(pid)
        self._reader, self._out = Reader(), bytearray()
        control.setblocking(False)

    def send(self, message: dict[str, Any]) -> None:
        """Give it a frame; what the channel does not take at once goes with the next `wait`."""
        self._out += pack(message)
        self.flush()

    def flush(self) -> None:
        """Send what the channel takes now."""
        with suppress(BlockingIOError):
            while self._out:
                try:
                    del self._out[: self.control.send(self._out[:_PIECE])]
                except (BrokenPipeError, ConnectionError):
                    # It has ended; reading will tell.
                    self._out.clear()

    @property
    def waiting(self) -> bool:
        """Whether something is still to be sent."""
        return bool(self._out)

    def frames(self) -> list[dict[str, Any]]:
        """What has arrived; raises Broke where it has ended or sends what is no frame."""
        try:
            piece = self.control.recv(_PIECE)
        except BlockingIOError:
            return []
        except OSError:
            piece = b""
        if not piece:
            raise Broke(self.role, "died", "Its process ended while this cell ran.")
        self._reader.feed(piece)
        found = []
        try:
            while (frame := self._reader.take()) is not None:
                found.append(frame)
        except BadFrameError:
            raise Broke(self.role, "died", "Its process sent what it must not while this cell ran.") from None
        return found

    def check(self, memory: int, processes: int) -> None:
        """Raise Broke where it uses more than it may."""
        now = use(self._pid, self._before, memory)
        if now.memory > memory:
            raise Broke(self.role, "memory", f"It used more than {memory / (1 << 30):.3g} GB of memory.")
        # One more for a child's init.
        if now.processes > processes + 1:
            raise Broke(self.role, "died", f"It started more than {processes} processes.")

    def kill(self) -> None:
        """End it, and with it all that it started."""
        self._means.end()
        self.control.close()

    @property
    def has_left(self) -> bool:
        """Whether its channel has closed, and nothing that it sent waits there."""
        try:
            return not self.control.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return False
        except OSError:
            return True

    @property
    def was_killed(self) -> bool:
        """Whether it has ended because somebody or the system killed it, which its own code in a sandbox can't do.

        Raises NurseryGoneError where it ended because its nursery has.
        """
        return self._means.status() == -signal.SIGKILL


def wait(
    children: Sequence[Child], asked: Sequence[Child], until: float, memory: int, processes: int
) -> dict[str, dict[str, Any]]:
    """The one frame that each of `asked` sends, by role; `children` are all that live. Raises Broke.

    `until` is a time of `time.monotonic`. A frame that nobody asked for breaks the child that sent it.
    """
    found: dict[str, dict[str, Any]] = {}
    look = time.monotonic() + _LOOK_S
    with _Selector() as ready:
        for child in children:
            ready.register(child.control, selectors.EVENT_READ | selectors.EVENT_WRITE * child.waiting, child)
        while len(found) < len(asked):
            now = time.monotonic()
            if now >= until:
                late = next(child for child in asked if child.role not in found)
                raise Broke(late.role, "timed out", "")
            if now >= look:
                for child in children:
                    child.check(memory, processes)
                look = time.monotonic() + _LOOK_S
            for key, events in ready.select(max(0.0, min(until, look) - time.monotonic())):
                child = key.data
                if events & selectors.EVENT_WRITE:
                    child.flush()
                    if not child.waiting:
                        ready.modify(child.control, selectors.EVENT_READ, child)
                if events & selectors.EVENT_READ:
                    for frame in child.frames():
                        if child not in asked or child.role in found:
                            raise Broke(child.role, "died", "Its process spoke out of turn while this cell ran.")
                        found[child.role] = frame
    return found


def plain_environment(home: Path, modules: Sequence[Path]) -> dict[str, str]:
    """The environment of children without a sandbox: few of our own variables, and no secret among them."""
    kept = {name: value for name, value in os.environ.items() if name.upper() in _KEPT}
    path = {"PYTHONPATH": os.pathsep.join(map(str, modules))} if modules else {}
    places = {"HOME": str(home), "USERPROFILE": str(home), "TMPDIR": str(home), "TEMP": str(home), "TMP": str(home)}
    return {**ENVIRONMENT, **kept, **places, **path}


def end_family(pid: int, folder: Path) -> None:
    """End a process without a pid namespace, with all that it started and that still belongs to it, and its folder."""
    for one in family(pid):
        with suppress(OSError):
            os.kill(one, signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
    # Too many folders within each other are too deep for it; what stays is in a folder of temporary files.
    with suppress(RecursionError):
        shutil.rmtree(folder, ignore_errors=True)
