"""The bytes on their way: whole lines from the model's server, replies to clients, errors where only a line fits."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable

import httpx
from starlette.types import Receive, Send

from dojo.door.classroom.answers import Given, send_start
from dojo.door.classroom.asks import Ask
from dojo.door.classroom.flight import Flight
from dojo.door.classroom.upstream import ENDED
from dojo.door.errors import RefusalError

__all__ = ["body_of", "check_line", "check_whole", "error_line", "send_flight", "send_given", "whole_lines"]


async def send_given(given: Given, told: dict[str, str], send: Send) -> None:
    """Send an answer that is all here, in its pieces; `told` are headers."""
    headers = [] if given.is_stream else [(b"content-length", str(len(given.raw)).encode())]
    await send_start(send, given.status, given.kind, headers + _raw(told))
    for part in given.parts:
        await send({"type": "http.response.body", "body": part, "more_body": True})
        await asyncio.sleep(0)  # others come in between, and a client that left is noticed
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def send_flight(flight: Flight, told: dict[str, str], send: Send, release: Callable[[], None]) -> None:
    """Send a reply as it comes; `release` is called before its client can know that it is whole."""
    headers = [] if flight.is_stream else [(b"content-length", str(len(flight.given.raw)).encode())]
    await send_start(send, flight.status, flight.kind, headers + _raw(told))
    if not flight.is_stream:  # its client knows by the length
        release()
    try:
        async for part in flight.pieces():
            await send({"type": "http.response.body", "body": part, "more_body": True})
    except RefusalError as refusal:  # after the first line an error can only be the last line, as in Ollama
        line = error_line(refusal) if flight.is_lines else b"data: " + error_line(refusal) + b"\n"
        await send({"type": "http.response.body", "body": line, "more_body": True})
    release()
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def whole_lines(reply: httpx.Response) -> AsyncIterator[bytes]:
    """The body's lines, each with its end: what is cut off in the middle of one is not passed on."""
    rest = b""
    async for raw in reply.aiter_raw():
        *lines, rest = (rest + raw).split(b"\n")
        for line in lines:
            yield line + b"\n"
    if rest:
        yield rest


def check_line(line: bytes) -> bytes:
    """A line that a client can read; raises RefusalError for one that is no JSON."""
    try:
        json.loads(line)
    except ValueError:
        raise RefusalError(502, ENDED) from None
    return line


def check_whole(flight: Flight, asked: Ask) -> None:
    """Raises RefusalError where a reply says that all is well, and is cut off or no JSON."""
    if flight.status != 200 or not asked.path.startswith("/api/"):
        return
    try:
        last = json.loads(flight.parts[-1] if flight.is_lines else flight.given.raw)
    except (ValueError, IndexError):
        raise RefusalError(502, ENDED) from None
    if flight.is_lines and not (isinstance(last, dict) and (last.get("done") is True or "error" in last)):
        raise RefusalError(502, ENDED)


def _raw(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(key.encode(), value.encode("latin-1", "replace")) for key, value in headers.items()]


def error_line(refusal: RefusalError) -> bytes:
    """An error as the last line of a stream."""
    return json.dumps({"error": refusal.text}, ensure_ascii=False).encode() + b"\n"


async def body_of(receive: Receive) -> AsyncIterator[bytes]:
    """A request's body as it comes."""
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise httpx.WriteError("the client left")
        yield message.get("body", b"")
        more = message.get("more_body", False)
