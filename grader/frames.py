"""Messages between the supervisor and a child: four bytes of length, then one JSON object in UTF-8.

What comes from a child may come from a student's code, so a frame that is too long, no JSON or no object is refused.
"""

from __future__ import annotations

import json
import socket
from typing import Any

__all__ = ["FRAME_LIMIT", "BadFrameError", "Reader", "pack", "read_frame"]

FRAME_LIMIT = 8 << 20  # bytes of one frame
_HEAD = 4


class BadFrameError(Exception):
    """What the other side sent is no frame, or the channel ended in the middle of one."""


def pack(message: dict[str, Any]) -> bytes:
    """The bytes that carry `message`."""
    # Escaped, so that a lone surrogate in a student's text is still a frame.
    body = json.dumps(message, ensure_ascii=True).encode("ascii")
    if len(body) > FRAME_LIMIT:
        raise BadFrameError(f"a frame of {len(body)} bytes is too long")
    return len(body).to_bytes(_HEAD, "big") + body


def read_frame(channel: socket.socket) -> dict[str, Any] | None:
    """Wait for one frame and read not a byte more; None where the other side has closed before it."""
    head = _read(channel, _HEAD)
    if head is None:
        return None
    body = _read(channel, _checked(int.from_bytes(head, "big")))
    if body is None:
        raise BadFrameError("the channel ended within a frame")
    return _parsed(body)


class Reader:
    """Puts together frames from the pieces that a channel delivers."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def feed(self, piece: bytes) -> None:
        """Take what has arrived."""
        self._bytes += piece

    def take(self) -> dict[str, Any] | None:
        """The next whole frame, None while it has not arrived; raises BadFrameError for what is none."""
        if len(self._bytes) < _HEAD:
            return None
        end = _HEAD + _checked(int.from_bytes(self._bytes[:_HEAD], "big"))
        if len(self._bytes) < end:
            return None
        body = bytes(self._bytes[_HEAD:end])
        del self._bytes[:end]
        return _parsed(body)


def _checked(length: int) -> int:
    if length > FRAME_LIMIT:
        raise BadFrameError(f"a frame of {length} bytes is too long")
    return length


def _parsed(body: bytes) -> dict[str, Any]:
    try:
        message = json.loads(body)
    except (ValueError, RecursionError) as problem:
        raise BadFrameError("a frame holds no JSON") from problem
    if not isinstance(message, dict):
        raise BadFrameError("a frame holds no object")
    return message


def _read(channel: socket.socket, count: int) -> bytes | None:
    """Exactly `count` bytes; None where the channel ended before the first."""
    parts = bytearray()
    while len(parts) < count:
        piece = channel.recv(min(count - len(parts), 1 << 16))
        if not piece:
            if parts:
                raise BadFrameError("the channel ended within a frame")
            return None
        parts += piece
    return bytes(parts)
