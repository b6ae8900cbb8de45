"""Children without a nursery, for `--unsafe` on systems that can't fork well (macOS, Windows): each is a new Python.

It costs the imports for every child, seconds where a lab needs torch. `Spawner` stands in for `Nursery`; the child's
side is `python -m grader.spawn ROLE MODULE`, which reads on stdin how to come by its channels.
"""

from __future__ import annotations

import base64
import importlib
import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from grader.box import Start, seed_random, settle_in
from grader.bundle import Bundle
from grader.children import Child, Means, NurseryGoneError, end_family, plain_environment
from grader.frames import pack, read_frame
from grader.sandbox import Wall

__all__ = ["Spawner", "main"]

_END_S = 5.0  # within which a process that has closed its last file has ended, also on a machine that is busy


class Spawner:
    """Starts children one by one, each in a folder of its own; without a sandbox."""

    def __init__(self, wall: Wall, child: str) -> None:
        self._wall, self._child = wall, child
        self._home = tempfile.TemporaryDirectory(prefix="dojo-grade-", ignore_cleanup_errors=True)

    def fork(self, roles: Sequence[str], bundle: Bundle) -> list[Child]:
        """New children: a student and an examiner with a bridge between them, or a kernel alone."""
        bridge = socket.socketpair() if len(roles) == 2 else ()
        try:
            return [self._start(role, bridge[number] if bridge else None, bundle) for number, role in enumerate(roles)]
        except OSError as problem:
            raise NurseryGoneError(str(problem)) from problem
        finally:
            for one in bridge:
                one.close()

    def _start(self, role: str, bridge: socket.socket | None, bundle: Bundle) -> Child:
        folder = Path(tempfile.mkdtemp(dir=self._home.name))
        ours, theirs = socket.socketpair()
        given = [theirs] if bridge is None else [theirs, bridge]
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "grader.spawn", role, self._child],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=plain_environment(folder, self._wall.shown),
            start_new_session=True,
            pass_fds=[] if os.name == "nt" else [one.fileno() for one in given],
        )
        assert process.stdin is not None  # because a pipe was asked for
        with process.stdin:
            told = {"bundle": bundle.file.name, "channels": [_handed(one, process.pid) for one in given]}
            process.stdin.write(json.dumps(told).encode() + b"\n")
        theirs.close()

        def end() -> None:
            end_family(process.pid, folder)
            process.kill()
            process.wait()

        def status() -> int | None:
            with suppress(subprocess.TimeoutExpired):
                return process.wait(_END_S)
            return None

        return Child(role, ours, process.pid, Means(end, status), str(folder / "home"))

    def close(self) -> None:
        """Remove the children's folders."""
        self._home.cleanup()


def _handed(one: socket.socket, pid: int) -> Any:
    """What tells the process `pid` how to open our socket: its number, or on Windows a copy made for it."""
    if sys.platform == "win32":
        return base64.b64encode(one.share(pid)).decode()
    return one.fileno()


def _taken(said: Any) -> socket.socket:
    if sys.platform == "win32":
        return socket.fromshare(base64.b64decode(said))
    return socket.socket(fileno=said)


def main(arguments: list[str]) -> None:
    """A child's life: `arguments` are its role and the module whose `serve` it calls."""
    role, module = arguments
    told = json.loads(sys.stdin.readline())
    channels = [_taken(said) for said in told["channels"]]
    control, bridge = channels[0], channels[1] if len(channels) > 1 else None
    for one in channels:
        # Passed on to us, and to nobody that a cell starts.
        one.set_inheritable(False)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    frame = read_frame(control)
    if frame is None:
        return
    child = importlib.import_module(module)
    if hasattr(child, "warm"):
        child.warm()
    start = Start.of(frame)
    with Path(told["bundle"]).open("rb") as bundle:
        settle_in(start, bundle.fileno())
    seed_random(start.seed)
    control.sendall(pack({"ready": True}))
    child.serve(role, control, bridge)


if __name__ == "__main__":
    main(sys.argv[1:])
    os._exit(0)
