"""JSON as it goes over the wire: read from a request with limits, written so that any text can be sent."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, NoReturn

from starlette.requests import Request

from dojo.door.errors import RefusalError

__all__ = ["dump", "now", "read_body", "stamp", "text_of"]

_FLAGS = ("stream", "raw", "truncate", "shift", "logprobs", "verbose", "insecure", "_debug_render_only")
_LARGEST = 64 * 1024 * 1024  # bytes of one request; a book is 1 MB


def dump(value: Any) -> bytes:
    """Compact UTF-8. Half of a surrogate pair, which JSON can carry and UTF-8 can't, becomes a question mark."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


async def read_body(request: Request) -> dict[str, Any]:
    """The request's JSON object; raises RefusalError 400 for anything else, 413 above 64 MiB."""
    raw = bytearray()
    async for part in request.stream():
        raw += part
        if len(raw) > _LARGEST:
            raise RefusalError(413, f"the request is larger than {_LARGEST // 1024**2} MiB")
    if not raw.strip():
        raise RefusalError(400, "missing request body")
    try:
        found = json.loads(bytes(raw), parse_constant=_no_constant)
    except RecursionError:
        raise RefusalError(400, "invalid JSON: nested too deeply") from None
    except ValueError as error:
        raise RefusalError(400, f"invalid JSON: {error}") from None
    if not isinstance(found, dict):
        raise RefusalError(400, f"the request must be a JSON object, not {type(found).__name__}")
    for name in _FLAGS:
        if not isinstance(found.get(name), bool | None):
            raise RefusalError(400, f"{name} must be true or false, not {json.dumps(found[name])[:40]}")
    return found


def text_of(body: dict[str, Any], *keys: str) -> str:
    """The first of these fields that is given, as text; empty for none; raises RefusalError 400 for what is no text."""
    value = next((body[key] for key in keys if body.get(key)), "")
    if not isinstance(value, str):
        raise RefusalError(400, f"{keys[0]} must be text")
    return value


def stamp(seconds: float) -> str:
    """RFC 3339 in UTC, to the microsecond, as Ollama's Z times."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
