"""Keep web pages out: a page in the student's browser must not command the models of this machine.

Ollama does the same: it answers only to names of this machine, and to pages that come from it.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from dojo.door.stream import as_json

__all__ = ["Guard"]

_HERE = ("localhost", "127.0.0.1", "::1")


class Guard:
    """ASGI middleware: 403 for a foreign Host (a name that was rebound) or a foreign Origin (somebody's web page)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            origin = headers.get("origin")
            if not _is_here(f"//{headers.get('host', '')}") or (origin is not None and not _is_here(origin)):
                await as_json({"error": "this server answers only programs on this machine"}, 403)(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _is_here(address: str) -> bool:
    try:
        name = urlsplit(address).hostname or ""
    except ValueError:
        return False
    return name in _HERE or name.endswith(".localhost")
