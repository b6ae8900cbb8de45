"""Send a reply: line by line or in one piece, with a true status, and stop the work when the client goes away.

The first line is fetched before any header is sent, so that an error before it keeps its status; a later one can only
be the last line, as in Ollama.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import aclosing
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from dojo.door.errors import RefusalError
from dojo.door.wire import dump

__all__ = ["GoneError", "Lines", "answer", "as_json", "while_here"]

_T = TypeVar("_T")
Lines = AsyncGenerator[dict[str, Any], None]


class GoneError(Exception):
    """The client went away; nobody reads the answer."""


def as_json(value: Any, status: int = 200) -> Response:
    """One JSON object."""
    return Response(dump(value), status, media_type="application/json; charset=utf-8")


async def answer(
    request: Request, lines: Lines, stream: Any, join: Callable[[list[dict[str, Any]]], dict[str, Any]]
) -> Response:
    """The response that sends `lines`: as they come, or as the one object that `join` makes of them where `stream` is
    false. Raises RefusalError for an error before the first line, or any if not streaming; GoneError when left."""
    if stream is None or stream:
        first = await while_here(request.receive, anext(lines))
        return _NDJSON(first, lines)

    async def collect() -> list[dict[str, Any]]:
        async with aclosing(lines):
            return [line async for line in lines]

    return as_json(join(await while_here(request.receive, collect())))


async def while_here(receive: Receive, work: Coroutine[Any, Any, _T]) -> _T:
    """What `work` gives; it is cancelled, and GoneError raised, when the client goes away."""
    task = asyncio.ensure_future(work)
    watch = asyncio.ensure_future(_gone(receive))
    try:
        await asyncio.wait({task, watch}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise GoneError
        return task.result()
    finally:
        for one in (task, watch):
            one.cancel()
        await asyncio.gather(task, watch, return_exceptions=True)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


class _NDJSON(Response):
    media_type = "application/x-ndjson"

    def __init__(self, first: dict[str, Any], lines: Lines) -> None:
        super().__init__()
        del self.headers["content-length"]
        self._first = first
        self._lines = lines

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await while_here(receive, self._pump(send))
        except GoneError:
            return

    async def _pump(self, send: Send) -> None:
        async with aclosing(self._lines) as lines:
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            await _line(send, self._first)
            try:
                async for line in lines:
                    await _line(send, line)
                    await asyncio.sleep(0)  # many lines may be ready at once; others, and a hang-up, come in between
            except RefusalError as refusal:
                await _line(send, {"error": refusal.text})
            await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _line(send: Send, line: dict[str, Any]) -> None:
    await send({"type": "http.response.body", "body": dump(line) + b"\n", "more_body": True})
