"""The student's side: runs the student's own cells and the locked ones, and does what the examiner asks of its objects.

Nothing here keeps a secret and nothing here is believed: a student's code can change all of it.
"""

from __future__ import annotations

import selectors
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from grader.bridge import Bridge
from grader.frames import read_frame
from grader.report import frame, packed
from grader.screen import Recorder
from grader.shell import Shell

__all__ = ["Student"]

_MISSING = object()
_PRINTED = 100_000  # bytes kept of what one call prints


class Student:
    """Serves the supervisor and the examiner, one request at a time."""

    def __init__(self, shell: Shell, bridge: socket.socket | None) -> None:
        self._shell = shell
        self._bridge: Bridge | None = None
        self._channel = bridge
        self._recorder = Recorder(_PRINTED)
        if bridge is not None:
            self._bridge = Bridge(bridge, examiner=False)
            self._bridge.fetch = self._fetch
            self._bridge.around = self._called
            self._bridge.printed = self._printed
            self._bridge.news = self._news
        self._told: dict[str, Any] = {}  # the names that the examiner has, and what they held when it was told

    def serve(self, control: socket.socket) -> None:
        """Until the supervisor says end."""
        with selectors.DefaultSelector() as waiting:
            waiting.register(control, selectors.EVENT_READ)
            if self._channel is not None:
                waiting.register(self._channel, selectors.EVENT_READ)
            while True:
                for key, _ in waiting.select():
                    if key.fileobj is control:
                        if not self._obey(control):
                            return
                    elif self._bridge is not None and not self._bridge.serve_one():
                        waiting.unregister(key.fileobj)
                        # So that nobody waits for an answer which will not come.
                        self._bridge.close()

    def _obey(self, control: socket.socket) -> bool:
        """Do what the supervisor asks; False at the end."""
        request = read_frame(control)
        if request is None or request.get("do") == "end":
            return False
        if request.get("do") == "run":
            control.sendall(packed(self._run(request)))
        return True

    def _run(self, request: dict[str, Any]) -> dict[str, Any]:
        hidden, code = request.get("hidden", False), request.get("code", "")
        ran = self._shell.run(request["text"], request["output_limit"], hidden, code)
        if self._bridge is not None and request.get("role") == "locked":
            self._bridge.things.locked.note(ran.names, self._shell.names)
        more = {"nonce": request["nonce"]} if "nonce" in request else None
        return frame(request["name"], ran, bool(request.get("hidden")), more)

    def _fetch(self, name: str) -> tuple[bool, Any]:
        """Whether there is such a name, and what it is."""
        names = self._shell.names
        self._told[name] = names.get(name, _MISSING)
        return name in names, names.get(name)

    def _news(self) -> list[str]:
        """The names that hold something else than the examiner was told."""
        names = self._shell.names
        return [name for name, value in self._told.items() if names.get(name, _MISSING) is not value]

    @contextmanager
    def _called(self) -> Iterator[None]:
        """Around a call by the examiner: what it prints is kept for the answer."""
        screen = self._shell.screen
        before, screen.recorder = screen.recorder, self._recorder
        try:
            with self._shell.builtins():
                yield
        finally:
            screen.recorder = before

    def _printed(self) -> str:
        """What was printed since this was last asked."""
        text = self._recorder.text()
        self._recorder = Recorder(_PRINTED)
        return text
