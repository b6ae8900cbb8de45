"""The process that has imported what labs import, and forks a ready child for every request.

It is `python -m grader.nursery`, and runs nobody's code itself. A request is one datagram. `{"fork": [role, ...]}`
has open files attached: for each child its control and, for all but a kernel, its end of the bridge; and the bundle
with the assignment's files. The answer is `{"pids": [...]}` with a pidfd for each attached. `{"ended": pid}` asks how
a child has ended. The nursery ends when the supervisor's end of the socket closes.
"""

from __future__ import annotations

import fcntl
import gc
import importlib
import json
import os
import signal
import socket
import sys
import time
import traceback
from contextlib import suppress
from pathlib import Path
from typing import Any

from dojo.offline import keep_home
from grader.box import Start, lock_in, rehearse, seed_random, settle_in
from grader.frames import pack, read_frame
from grader.heap import collapse, in_one_piece
from grader.inits import Inits
from grader.namespaces import NEWPID, PRIVATE, RECURSIVE, enter, mount, rename, unshare
from grader.rehearsal import use_libraries

__all__ = ["WARM", "main"]

# Imported once for all children, after what `grader.heavy` says of a lab; whichever a machine lacks is left out. What
# children use most comes last: so it lies close together, and a child that writes to it copies fewer pages.
WARM = (
    *("numpy", "PIL.Image", "cv2", "ollama", "IPython", "pydantic", "dojo.vision.detectors"),
    *("dojo.magic", "dojo.door.who", "dojo.menu", "dojo.verdict", "dojo.fakes", "dojo.files", "dojo.vision"),
    *("IPython.core.magics.extension", "html.parser", "asyncio", "csv", "sqlite3", "statistics", "unittest.mock"),
    *("grader.student", "grader.examiner"),
)
_CONTROL, _BRIDGE, _BUNDLE, _FREE, _EVERY_FILE = 3, 4, 5, 6, 1 << 16  # numbers of open files
_REQUEST = 1 << 16
_INIT = 1
_END_S = 5.0  # within which a process that has closed its last file has ended, also on a machine that is busy
_LOOK_S = 0.003


def main(arguments: list[str]) -> None:
    """Serve on the socket whose number is the first argument. The second says how children live, "sandbox" or "unsafe",
    the third is the module whose `serve` they call, the rest is what is imported for them."""
    channel = socket.socket(fileno=int(arguments[0]))
    if sys.platform == "linux":
        rename("python")  # children inherit it, and need not see how the nursery was started
    # Before anything else is imported.
    home = _Home(arguments[1] == "sandbox")
    child = importlib.import_module(arguments[2])
    channel.send(json.dumps(_ready(child, arguments[3:], home.boxed)).encode())
    ended: dict[int, int] = {}
    while True:
        message, numbers, _, _ = socket.recv_fds(channel, _REQUEST, 8)
        if not message:
            break
        asked = json.loads(message)
        if "ended" in asked:
            channel.send(json.dumps({"status": _status(asked["ended"], ended)}).encode())
            continue
        ended.clear()
        _reap(ended)
        pids = _fork(asked["fork"], numbers, home, child)
        for number in numbers:
            os.close(number)
        pidfds = [os.pidfd_open(pid) for pid in pids]
        socket.send_fds(channel, [json.dumps({"pids": pids}).encode()], pidfds)
        for number in pidfds:
            os.close(number)


def _ready(child: Any, warm: list[str], boxed: bool) -> dict[str, Any]:
    """Import what children need, and lay the memory out so that a fork is cheap."""
    begun = time.perf_counter()
    keep_home(Path.home())
    missing = []
    with in_one_piece():
        for name in warm:
            try:
                importlib.import_module(name)
            except Exception:
                # Who needs it meets the error in a cell, and learns more there.
                missing.append(name)
        _one_thread()
        if hasattr(child, "warm"):
            child.warm()
    use_libraries()
    rehearse(boxed)
    gc.collect()
    # Else each child's first collection would write to every object, and so copy all the memory it shares.
    gc.freeze()
    moved = collapse() if sys.platform == "linux" else 0
    return {"missing": missing, "huge": moved, "seconds": time.perf_counter() - begun}


def _one_thread() -> None:
    """A fork takes one thread along, so no library may hold threads; children share the cores in any case."""
    if (cv2 := sys.modules.get("cv2")) is not None:
        cv2.setNumThreads(1)
    if (torch := sys.modules.get("torch")) is not None:
        torch.set_num_threads(1)


class _Home:
    """The nursery's own pid namespace, to which it returns after each fork."""

    def __init__(self, boxed: bool) -> None:
        self.boxed = boxed
        if boxed:
            mount("", "/", flags=RECURSIVE | PRIVATE)  # what a child mounts is seen by nobody else
        self._pids = os.pidfd_open(os.getpid()) if boxed else -1
        self._inits = Inits() if boxed else None

    def fork(self, role: str) -> int:
        """Fork; the child has a pid namespace of its own where there is a sandbox.

        The examiner is the first process of it. Others are the second, as code expects: signals work there.
        """
        if self._inits is None:
            return os.fork()
        name = b""
        if role == "examiner":
            unshare(NEWPID)
        else:
            namespace, name = self._inits.take()
            enter(namespace, NEWPID)
            os.close(namespace)
        pid = os.fork()
        if pid:
            enter(self._pids, NEWPID)
            if name:
                number = os.pidfd_open(pid)
                self._inits.look_after(name, number)
                os.close(number)
        return pid


def _fork(roles: list[str], numbers: list[int], home: _Home, child: Any) -> list[int]:
    pids = []
    *left, bundle = numbers
    for role in roles:
        control = left.pop(0)
        bridge = left.pop(0) if role != "kernel" else None
        pid = home.fork(role)
        if pid == 0:
            _live(role, child, home.boxed, {_CONTROL: control, _BRIDGE: bridge, _BUNDLE: bundle})
        pids.append(pid)
    return pids


def _live(role: str, child: Any, boxed: bool, files: dict[int, int | None]) -> None:
    """The child's life, with its open files by the numbers they shall have. Never returns."""
    code = 1
    try:
        os.setsid()  # a signal to its process group must not reach the nursery
        signal.signal(signal.SIGINT, signal.default_int_handler)
        _keep_only(files)
        channel = socket.socket(fileno=_CONTROL)
        other = socket.socket(fileno=_BRIDGE) if files[_BRIDGE] is not None else None
        frame = read_frame(channel)
        if frame is not None:
            try:
                start = Start.of(frame)
                (lock_in if boxed else settle_in)(start, _BUNDLE)
                os.close(_BUNDLE)
                if boxed and role != "examiner":
                    _have_a_parent()
                seed_random(start.seed)
            except Exception:
                channel.sendall(pack({"refused": traceback.format_exc(limit=3)[-2000:]}))
                raise
            channel.sendall(pack({"ready": True}))
            child.serve(role, channel, other)
        code = 0
    finally:
        os._exit(code)


def _have_a_parent() -> None:
    """Its real parent is outside of the namespace and has no number there; code looks for one that it can see."""
    real = os.getppid

    def getppid() -> int:
        return real() or _INIT

    os.getppid = getppid


def _keep_only(files: dict[int, int | None]) -> None:
    """Close every open file but these, and number these; give the child nothing to read and nowhere to print."""
    # Copies above them first, since the numbers wanted may be in use.
    copies = {
        wanted: fcntl.fcntl(number, fcntl.F_DUPFD, _FREE) for wanted, number in files.items() if number is not None
    }
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)
    os.closerange(_CONTROL, _FREE)
    for wanted, copied in copies.items():
        os.dup2(copied, wanted, inheritable=False)
    os.closerange(_FREE, _EVERY_FILE)


def _status(pid: int, ended: dict[int, int]) -> int | None:
    """How the child has ended, as in `subprocess`; None if it is alive, and has only closed its channel."""
    until = time.monotonic() + _END_S
    while pid not in ended and time.monotonic() < until:
        _reap(ended)
        if pid not in ended:
            time.sleep(_LOOK_S)
    return ended.get(pid)


def _reap(ended: dict[int, int]) -> None:
    """Take leave of children that have ended, and note how."""
    with suppress(ChildProcessError):
        while (found := os.waitpid(-1, os.WNOHANG))[0]:
            ended[found[0]] = os.waitstatus_to_exitcode(found[1])


if __name__ == "__main__":
    main(sys.argv[1:])
