"""The class's model server as an ASGI app: the gate, then a model's server or recordings behind it.

Covered: whatever the `ollama` package sends, passed on and answered byte for byte; the queue's page, `/class`; the
cache's end, `DELETE /class/cache`; `/metrics`; `/healthz`.
Not covered: TLS, and students who share one address without a token of their own; they share one share.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import date

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import Message, Receive, Scope, Send

from dojo.door.classroom.counts import Counts
from dojo.door.classroom.gate import ASKING, Visitor, allow, enter
from dojo.door.classroom.live import Live
from dojo.door.classroom.page import queue_page, queue_rows
from dojo.door.classroom.replay import Replay
from dojo.door.classroom.settings import Settings
from dojo.door.classroom.tokens import Tokens
from dojo.door.errors import RefusalError
from dojo.door.stream import GoneError, as_json

__all__ = ["ClassServer"]

_LOG = logging.getLogger("dojo.class")
_AGAIN_S = "5"  # when a client that was told to wait may ask again
_DRAIN = 1024 * 1024  # bytes of a refused request that are still read, so that its client hears why


class ClassServer:
    """`name` is empty, and `tokens` None, where only this machine is served."""

    def __init__(
        self,
        behind: Live | Replay,
        counts: Counts,
        name: str = "",
        tokens: Tokens | None = None,
        rules: Settings | None = None,
        today: Callable[[], date] = date.today,
    ) -> None:
        self._behind = behind
        self._counts = counts
        self._name = name
        self._tokens = tokens
        self._rules = rules or Settings()
        self._today = today

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        out, body = _Out(send, self._name), _Body(receive)
        try:
            await self._handle(scope, body, out)
        except RefusalError as refusal:
            await self._refuse(refusal, scope, body, out)
        except GoneError:
            self._counts.left.inc()
            out.status = out.status or 499
        except Exception as error:
            _LOG.exception("a request failed inside")
            await self._refuse(
                RefusalError(500, f"the class's server failed inside ({type(error).__name__})"), scope, body, out
            )
        finally:
            path = out.path if out.path in ASKING or out.path.startswith("/class") else "other"
            self._counts.requests.labels(path, str(out.status)).inc()

    async def _handle(self, scope: Scope, receive: Receive, send: _Out) -> None:
        if scope["path"] == "/healthz":
            await as_json({"status": "ok"})(scope, receive, send)
            return
        visitor = enter(scope, self._name, self._tokens, self._rules.until, self._today())
        send.path = visitor.path
        allow(visitor, scope["method"])
        if (response := self._own(visitor, Request(scope))) is not None:
            await response(scope, receive, send)
        elif scope["method"] == "POST" and visitor.path in ASKING:
            await self._behind.ask(visitor, receive, send)
        else:
            await self._behind.other(visitor, scope, receive, send)

    def _own(self, visitor: Visitor, request: Request) -> Response | None:
        """What this server itself says."""
        asked = f"{request.method} {visitor.path}"
        live = self._behind if isinstance(self._behind, Live) else None
        if asked == "GET /class":
            rows = queue_rows(live, visitor) if live else None
            refresh = bool(request.query_params.get("refresh"))
            page = queue_page(self._name or "here", rows, visitor, refresh, self._behind.trouble)
            return HTMLResponse(page, headers={"cache-control": "no-store", "referrer-policy": "no-referrer"})
        if asked == "GET /class/queue":
            return as_json(queue_rows(live, visitor) if live else {"running": [], "waiting": []})
        if asked == "DELETE /class/cache":
            return as_json({"removed": live.cache.clear() if live and live.cache is not None else 0})
        if asked == "GET /metrics":
            self._behind.refresh_counts()
            return Response(self._counts.text(), media_type="text/plain; version=0.0.4")
        return None

    async def _refuse(self, refusal: RefusalError, scope: Scope, body: _Body, out: _Out) -> None:
        if out.status:  # too late for a status
            return
        response = as_json({"error": refusal.text}, refusal.status)
        if refusal.status in (429, 503):
            response.headers["retry-after"] = _AGAIN_S
        with suppress(TimeoutError):
            async with asyncio.timeout(2):
                await body.drain()
        await response(scope, body, out)


class _Out:
    """`send`, with the class's name in the headers and a note of what went out."""

    def __init__(self, send: Send, name: str) -> None:
        self._send = send
        self._name = name
        self.status = 0
        self.path = "other"

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            if self._name:
                message = {**message, "headers": [*message["headers"], (b"dojo-class", self._name.encode())]}
        await self._send(message)


class _Body:
    """`receive`, with a note of whether the whole body was read."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._whole = False

    async def __call__(self) -> Message:
        message = await self._receive()
        self._whole = self._whole or not message.get("more_body", False)
        return message

    async def drain(self) -> None:
        seen = 0
        while not self._whole and seen < _DRAIN:
            seen += len((await self()).get("body", b""))
