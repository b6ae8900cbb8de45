"""The HTTP server under both doors: uvicorn's, which ends in good order when it is told to."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator

import uvicorn

__all__ = ["Server"]


class Server(uvicorn.Server):
    """Ends on Ctrl-C, or when told to, as after its last request."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take both signals while it serves; uvicorn's own would raise them again afterwards."""
        former = {one: signal.signal(one, self.handle_exit) for one in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for one, handler in former.items():
                signal.signal(one, handler)
