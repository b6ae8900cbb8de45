"""One reply on its way: fetched once, read by everyone who asked the same, each at their own speed.

A client that reads slowly, or stops its laptop, so holds neither the machine nor the others. When the last reader has
left, the reply is stopped.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dojo.door.classroom.answers import NDJSON, Given
from dojo.door.errors import RefusalError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dojo.door.classroom.turns import Ticket

__all__ = ["Flight"]

_MOST = 64 * 1024 * 1024  # bytes of one reply


class Flight:
    """`refusal` says why it ended before its end, if it did; `is_left` that its last reader went before."""

    def __init__(self) -> None:
        self.status = 0
        self.kind = ""
        self.parts: list[bytes] = []
        self.ended = False
        self.is_left = False
        self.refusal: RefusalError | None = None
        self.ticket: Ticket | None = None
        self.task: asyncio.Task[None] | None = None
        self._bytes = 0
        self._readers = 0
        self._bell = asyncio.Event()

    @property
    def is_lines(self) -> bool:
        return self.kind.startswith(NDJSON)

    @property
    def is_stream(self) -> bool:
        return self.is_lines or self.kind.startswith("text/event-stream")

    @property
    def given(self) -> Given:
        return Given(self.status, self.kind, tuple(self.parts))

    def begin(self, status: int, kind: str) -> None:
        """The model's server has begun to answer."""
        self.status, self.kind = status, kind
        self._ring()

    def add(self, part: bytes) -> None:
        self._bytes += len(part)
        if self._bytes > _MOST:
            raise RefusalError(502, f"the reply is larger than {_MOST // 1024**2} MB")
        self.parts.append(part)
        self._ring()

    def end(self, refusal: RefusalError | None = None) -> None:
        """It is whole, or will never be."""
        self.refusal, self.ended = refusal, True
        self._ring()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Be one of its readers."""
        self._readers += 1
        try:
            yield
        finally:
            self._readers -= 1
            if not self._readers and not self.ended and self.task is not None:
                self.is_left = True
                self.task.cancel()

    async def begun(self) -> None:
        """Wait for its first line where it is a stream, else for its end; raises RefusalError where there is none."""
        while not self.ended and not (self.is_stream and self.parts):
            await self._bell.wait()
        if self.refusal is not None and not (self.is_stream and self.parts):
            raise self.refusal

    async def pieces(self) -> AsyncIterator[bytes]:
        """All parts from the first on, as they come; raises RefusalError where it broke off."""
        at = 0
        while True:
            while at < len(self.parts):
                yield self.parts[at]
                at += 1
            if self.ended:
                break
            await self._bell.wait()
        if self.refusal is not None:
            raise self.refusal

    def _ring(self) -> None:
        bell, self._bell = self._bell, asyncio.Event()
        bell.set()
