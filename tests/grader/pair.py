"""A student and an examiner for tests: as two bridges in one process, or as two forked children with their shells."""

from __future__ import annotations

import os
import socket
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from grader.bridge import Bridge
from grader.compiled import compiled
from grader.frames import pack, read_frame
from grader.handles import trust

LIMIT_S = 60.0


class Talk:
    """Two bridges; the student's serves in a thread, on names that tests give as source text."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        ours.settimeout(LIMIT_S)
        self.theirs = theirs
        self.examiner, self.student = Bridge(ours, examiner=True), Bridge(theirs, examiner=False)
        self.names: dict[str, Any] = {"__name__": "__main__"}
        self.student.fetch = lambda name: (name in self.names, self.names.get(name))
        self.printed: list[str] = []
        self.examiner.on_print = self.printed.append
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def run(self, source: str, **more: Any) -> None:
        """Run a student's cell."""
        self.names.update(more)
        exec(compile(source, "<student>", "exec", dont_inherit=True), self.names)

    def __getitem__(self, name: str) -> Any:
        """What the examiner gets for a name."""
        there, value = self.examiner.ask("fetch", name)
        assert there
        return value

    def given(self, name: str) -> Any:
        """A class that the lab asks for."""
        kind = self[name]
        trust(kind)
        self.examiner.ask("stay", kind)
        return kind

    def both(self, source: str) -> dict[str, Any]:
        """Run a locked cell on both sides, and give the examiner's names."""
        names: dict[str, Any] = {"__name__": "__main__"}
        before = set(self.names)
        self.run(source)
        exec(compile(source, "<locked>", "exec", dont_inherit=True), names)
        own = tuple(name for name in names if not name.startswith("__"))
        self.student.things.locked.note(tuple(set(self.names) - before), self.names)
        self.examiner.things.locked.note(own, names)
        return names

    def _serve(self) -> None:
        while self.student.serve_one():
            pass

    def close(self) -> None:
        self.examiner.close()
        self._thread.join(LIMIT_S)
        self.theirs.close()


@contextmanager
def talking() -> Iterator[Talk]:
    talk = Talk()
    try:
        yield talk
    finally:
        talk.close()


class Pair:
    """A student's and an examiner's process, as the supervisor sees them."""

    def __init__(self, limit: int = 100_000) -> None:
        if not hasattr(os, "fork"):
            pytest.skip("this system has no fork; there children are spawned")
        from grader import child

        child.warm()
        self.limit = limit
        self.controls: dict[str, socket.socket] = {}
        self.pids: list[int] = []
        bridges = dict(zip(("student", "examiner"), socket.socketpair(), strict=True))
        for role, bridge in bridges.items():
            mine, theirs = socket.socketpair()
            self.pids.append(self._fork(role, theirs, bridge, [mine, *self.controls.values()], bridges))
            theirs.close()
            mine.settimeout(LIMIT_S)
            self.controls[role] = mine
        for bridge in bridges.values():
            bridge.close()

    def _fork(
        self,
        role: str,
        control: socket.socket,
        bridge: socket.socket,
        others: list[socket.socket],
        bridges: dict[str, socket.socket],
    ) -> int:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # newer Pythons warn of a fork beside threads
            pid = os.fork()
        if pid:
            return pid
        try:
            for other in (*others, *(one for one in bridges.values() if one is not bridge)):
                other.close()
            warnings.simplefilter("default")
            from grader import child

            child.serve(role, control, bridge)
        finally:
            os._exit(0)

    def run(self, who: str, text: str, role: str = "", hidden: bool = False) -> dict[str, Any]:
        request = {"do": "run", "name": "cell", "text": text, "role": role, "hidden": hidden}
        code = compiled(text) if role in ("locked", "tests") else ""
        return self._ask(who, {**request, "code": code, "output_limit": self.limit})

    def locked(self, text: str) -> None:
        for who in ("student", "examiner"):
            assert self.run(who, text, "locked")["verdict"] == "passed"

    def answer(
        self, text: str, gives: tuple[str, ...] = (), classes: tuple[str, ...] = (), imports: str = ""
    ) -> dict[str, Any]:
        """Run a student's cell and bind what it bound."""
        result = self.run("student", text)
        bind = {"do": "bind", "names": result["names"], "gives": gives, "classes": classes, "imports": imports}
        assert self._ask("examiner", bind) == {"done": "bind"}
        return result

    def tests(self, text: str, hidden: bool = False) -> dict[str, Any]:
        return self.run("examiner", text, "tests", hidden)

    def _ask(self, who: str, request: dict[str, Any]) -> dict[str, Any]:
        self.controls[who].sendall(pack(request))
        reply = read_frame(self.controls[who])
        assert reply is not None, f"the {who}'s process has ended"
        return reply

    def close(self) -> None:
        for control in self.controls.values():
            control.close()
        for pid in self.pids:
            os.waitpid(pid, 0)


@contextmanager
def pairing(limit: int = 100_000) -> Iterator[Pair]:
    pair = Pair(limit)
    try:
        yield pair
    finally:
        pair.close()
