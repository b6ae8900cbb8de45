"""The model's server behind us: asked over HTTP, waited for while it starts again, and never trusted to be there."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import httpx

from dojo.door.errors import RefusalError

__all__ = ["ENDED", "Upstream", "gone"]

ENDED = "the model's server ended its reply in the middle; nothing else is lost, ask again"
_SILENCE_S = 900.0  # a long prompt on a slow machine takes minutes before anything is said
_PAUSE_S = 0.1
_HOP = frozenset(  # headers that are between two neighbours, or ours to say
    {
        "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer", "transfer-encoding",
        "upgrade", "host", "authorization", "content-length", "accept-encoding", "cookie", "server", "date",
    }
)  # fmt: skip


class Upstream:
    """The server at `url`; `called` is its name in sentences. After it went away, `revive` starts it again where that
    is ours to do, and says where; requests wait `grace` seconds in all for it. `up` says how it was last seen."""

    def __init__(
        self,
        url: str,
        called: str = "Ollama",
        revive: Callable[[], Awaitable[str]] | None = None,
        grace: float = 5.0,
    ) -> None:
        self.url = url
        self.called = called
        self.up = True
        self._revive = revive
        self._grace = grace
        self._down_since: float | None = None
        self._client = httpx.AsyncClient(
            timeout=httpx.Timeout(None, connect=5, read=_SILENCE_S),
            # One connection a request: a server may close an idle one just when it is used again.
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=0),
            trust_env=False,  # a proxy has nothing to do between two programs on one machine
        )

    @asynccontextmanager
    async def send(
        self,
        method: str,
        path: str,
        content: bytes | AsyncIterable[bytes] = b"",
        headers: Mapping[str, str] | None = None,
    ) -> AsyncIterator[httpx.Response]:
        """The reply, its body not read yet. Raises RefusalError 503 where nobody answers, 502 where it broke off."""
        passed = {key: value for key, value in (headers or {}).items() if key.lower() not in _HOP}
        passed.setdefault("content-type", "application/json")
        if isinstance(content, bytes):
            passed["content-length"] = str(len(content))
        reply = await self._reach(method, path, content, {**passed, "accept-encoding": "identity"})
        try:
            yield reply
        except httpx.TimeoutException:
            raise RefusalError(504, f"{self.called} has said nothing for {_SILENCE_S / 60:.0f} minutes") from None
        except httpx.TransportError:
            raise RefusalError(502, ENDED) from None
        finally:
            await reply.aclose()

    async def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any] | None:
        """What a short question is answered with; None where nobody answers, or not in JSON."""
        try:
            content = b"" if body is None else json.dumps(body).encode()
            async with asyncio.timeout(10), self.send(method, path, content) as reply:
                said = json.loads(await reply.aread()) if reply.status_code == 200 else None
        except (RefusalError, ValueError, TimeoutError):
            return None
        return said if isinstance(said, dict) else None

    async def close(self) -> None:
        await self._client.aclose()

    async def _reach(
        self, method: str, path: str, content: bytes | AsyncIterable[bytes], headers: dict[str, str]
    ) -> httpx.Response:
        while True:
            try:
                request = self._client.build_request(method, self.url + path, content=content, headers=headers)
                reply = await self._client.send(request, stream=True)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                await self._wait_or_refuse()
            except httpx.TimeoutException:
                raise RefusalError(504, f"{self.called} has said nothing for {_SILENCE_S / 60:.0f} minutes") from None
            except httpx.TransportError:
                raise RefusalError(503, f"{self.called} stopped while it worked on this request; ask again") from None
            else:
                self.up, self._down_since = True, None
                return reply

    async def _wait_or_refuse(self) -> None:
        """All that wait for the server share its time of grace: those who come after it hear at once."""
        now = time.monotonic()
        self.up, self._down_since = False, self._down_since or now
        if now - self._down_since >= self._grace:
            raise RefusalError(503, gone(self.called))
        if self._revive is not None:
            self.url = await self._revive()
        await asyncio.sleep(_PAUSE_S)


def gone(called: str) -> str:
    """The sentence for a model's server that is not there."""
    return f"{called} does not answer on the class's machine; tell your teacher, and ask again in a moment"
