"""A request to a model, read with limits: its bytes as they came, and what they say.

Ollama's own JSON reader takes `Options` for `options` and joins a key that stands twice; a request that is checked here
must mean the same there, so both are refused.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, NoReturn

from starlette.types import Receive

from dojo.door.errors import RefusalError
from dojo.door.stream import GoneError

__all__ = ["LARGEST", "Ask", "read_ask", "read_raw", "text_bytes"]

LARGEST = 32 * 1024 * 1024  # bytes of one request with its pictures
_DRAINED = 4 * LARGEST  # what is read and let go so that the client hears why, before it is cut off
_DEEPEST = 100  # levels; a schema has ten
_NAMES = frozenset(
    {
        "model", "prompt", "messages", "input", "stream", "options", "keep_alive", "shift", "format", "tools", "think",
        "images", "max_tokens", "max_completion_tokens", "max_output_tokens",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Ask:
    """`raw` is what goes to the model's server; `body` is what it says."""

    path: str
    raw: bytes
    body: dict[str, Any]

    @property
    def model(self) -> str:
        name = self.body.get("model")
        return name if isinstance(name, str) else ""

    @property
    def stream(self) -> bool:
        """Whether the reply comes in pieces: Ollama's own paths stream unless told not to, the others only if told."""
        if self.path in ("/api/generate", "/api/chat"):
            return self.body.get("stream") is not False
        return self.path.startswith("/v1/") and bool(self.body.get("stream"))

    @property
    def is_empty(self) -> bool:
        """Whether it asks nothing and only loads the model."""
        if self.path == "/api/generate":
            return not self.body.get("prompt") and not self.body.get("images")
        return self.path == "/api/chat" and not self.body.get("messages")


async def read_raw(receive: Receive, largest: int = LARGEST) -> bytes:
    """A request's body; raises RefusalError 413 where it is larger, GoneError where the client left."""
    raw, seen, more = bytearray(), 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise GoneError
        part = message.get("body", b"")
        seen += len(part)
        raw += part if seen <= largest else b""
        more = message.get("more_body", False) and seen <= _DRAINED
    if seen > largest:
        raise RefusalError(413, f"this request is larger than {largest // 1024**2} MB; send less at once")
    return bytes(raw)


def read_ask(path: str, raw: bytes) -> Ask:
    """The request in these bytes; raises RefusalError 400 for anything but one plain JSON object."""
    if not raw.strip():
        raise RefusalError(400, "missing request body")
    try:
        body = json.loads(raw, object_pairs_hook=_once, parse_constant=_no_constant)
    except RecursionError:
        raise RefusalError(400, "invalid JSON: nested too deeply") from None
    except ValueError as error:
        raise RefusalError(400, f"invalid JSON: {error}") from None
    if not _is_flat(body):
        raise RefusalError(400, "invalid JSON: nested too deeply")
    if not isinstance(body, dict):
        raise RefusalError(400, f"the request must be a JSON object, not {type(body).__name__}")
    for key in body:
        if key not in _NAMES and key.lower() in _NAMES:
            raise RefusalError(400, f"write {key.lower()} in place of {key}")
    return Ask(path, raw, body)


def text_bytes(value: Any, key: str = "") -> int:
    """Bytes of all text in a request, its pictures left out."""
    if isinstance(value, str):
        is_picture = key == "images" or value.startswith("data:image/")
        return 0 if is_picture else len(value.encode("utf-8", "replace"))
    if isinstance(value, dict):
        return sum(len(name) + text_bytes(one, name) for name, one in value.items())
    if isinstance(value, list):
        return sum(text_bytes(one, key) for one in value)
    return 8


def _is_flat(body: Any) -> bool:
    """Whether it is no deeper than functions that walk through it can go."""
    level = [body]
    for _ in range(_DEEPEST):
        inner = [one.values() if isinstance(one, dict) else one for one in level if isinstance(one, dict | list)]
        level = [one for values in inner for one in values]
        if not level:
            return True
    return False


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the key {twice!r} stands twice in one object")
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
