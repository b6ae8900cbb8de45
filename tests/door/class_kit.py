"""A class's server for a test, on real sockets, before a model's server that does what the test tells it to."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import ollama
import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from dojo.door.classroom.app import ClassServer
from dojo.door.classroom.cache import Cache
from dojo.door.classroom.counts import Counts
from dojo.door.classroom.live import Live
from dojo.door.classroom.records import Recorder
from dojo.door.classroom.settings import Settings
from dojo.door.classroom.tokens import Tokens
from dojo.door.classroom.upstream import Upstream

TOKENS = Tokens("student-token-0000000", "teacher-token-0000000")
MODELS = {"alpha:1b": "a" * 64, "beta:1b": "b" * 64}
TODAY = date(2026, 11, 28)
Handler = Callable[[Scope, bytes, Receive, Send], Awaitable[None]]


class FakeOllama:
    """Says "one two three" to everything. `hold` stops a reply after its first line until the test sets it; one model
    fits, and `loads` names each one that was loaded; `pace` is the seconds of a line; `on` puts a test's own handler
    at a path."""

    def __init__(self) -> None:
        self.models = dict(MODELS)
        self.shown: dict[str, str] = {}
        self.on: dict[str, Handler] = {}
        self.hold = asyncio.Event()
        self.hold.set()
        self.seen: list[tuple[str, str, bytes, dict[str, str]]] = []
        self.sent: list[bytes] = []
        self.loads: list[str] = []
        self.pace = 0.0
        self.running = 0
        self.most = 0
        self.left = 0

    def asked(self, path: str) -> list[dict[str, Any]]:
        """The bodies that came to this path."""
        return [json.loads(raw) for _, one, raw, _ in self.seen if one == path]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        raw, more = b"", True
        while more:
            message = await receive()
            raw, more = raw + message.get("body", b""), message.get("more_body", False)
        path = scope["path"]
        headers = {key.decode(): value.decode() for key, value in scope["headers"]}
        self.seen.append((scope["method"], path, raw, headers))
        handler = self.on.get(path) or {"/api/chat": self._chat, "/api/generate": self._chat}.get(path)
        if handler is not None:
            await handler(scope, raw, receive, send)
        else:
            await say(send, self._said(path, raw))

    def _said(self, path: str, raw: bytes) -> Any:
        if path == "/api/tags":
            return {"models": [{"name": name, "model": name, "digest": one} for name, one in self.models.items()]}
        if path == "/api/ps":
            return {"models": [{"name": one, "digest": self.models[one]} for one in self.loads[-1:]]}
        if path == "/api/show":
            parameters = self.shown.get(json.loads(raw)["model"], "")
            return {"parameters": parameters, "capabilities": ["completion"], "model_info": {}}
        if path == "/api/embed":
            return {"model": "alpha:1b", "embeddings": [[0.25, 0.5]]}
        return {"version": "0.33.0"}

    async def _chat(self, scope: Scope, raw: bytes, receive: Receive, send: Send) -> None:
        body = json.loads(raw)
        if body["model"] not in self.models:
            await say(send, {"error": f"model '{body['model']}' not found"}, 404)
            return
        if self.loads[-1:] != [body["model"]]:
            self.loads.append(body["model"])
        self.running += 1
        self.most = max(self.most, self.running)
        gone = asyncio.create_task(_gone(receive))
        work = asyncio.create_task(self._write(scope["path"], body, send))
        await asyncio.wait({gone, work}, return_when=asyncio.FIRST_COMPLETED)
        self.left += not work.done()
        for task in (gone, work):
            task.cancel()
        self.running -= 1

    async def _write(self, path: str, body: dict[str, Any], send: Send) -> None:
        if body.get("stream") is False:
            await self.hold.wait()
            await say(send, line(path, body["model"], "one two three", done=True))
            return
        lines = [line(path, body["model"], word) for word in ("one ", "two ", "three")]
        lines.append(line(path, body["model"], "", done=True))
        await send(start(200, "application/x-ndjson"))
        for one in lines:
            # Not as Python would write it: what is passed on untouched keeps its odd spaces.
            raw = json.dumps(one, separators=(" , ", ":")).encode() + b"\n"
            self.sent.append(raw)
            await send({"type": "http.response.body", "body": raw, "more_body": True})
            await asyncio.sleep(self.pace)
            await self.hold.wait()
        await send({"type": "http.response.body", "body": b"", "more_body": False})


@dataclass
class Rig:
    """A class's server at work. `student` and `teacher` ask it, `url` has no token."""

    fake: FakeOllama
    live: Live
    url: str
    student: httpx.AsyncClient
    teacher: httpx.AsyncClient
    stop_fake: Callable[[], Awaitable[None]]
    start_fake: Callable[[], Awaitable[None]]
    clients: list[ollama.AsyncClient] = field(default_factory=list)

    def client(self, name: str = "") -> ollama.AsyncClient:
        """The real package's, as a student of this name; without one, of the class's address."""
        token = TOKENS.own(name) if name else TOKENS.student
        self.clients.append(ollama.AsyncClient(host=f"{self.url}/7b/{token}", trust_env=False))
        return self.clients[-1]


def rigged(
    work: Callable[[Rig], Coroutine[Any, Any, Any]],
    cache: Path | None = None,
    record: Path | None = None,
    grace: float = 5.0,
    **rules: Any,
) -> Any:
    """What `work` gives with a class's server."""

    async def inside() -> Any:
        async with rig(cache, record, grace, Settings(**rules)) as one:
            return await asyncio.wait_for(work(one), 30)

    return asyncio.run(inside())


@asynccontextmanager
async def rig(cache: Path | None, record: Path | None, grace: float, rules: Settings) -> AsyncIterator[Rig]:
    fake, counts = FakeOllama(), Counts()
    behind = Restartable(fake)
    await behind.start()
    live = Live(
        rules,
        Upstream(behind.url, grace=grace),
        counts,
        Cache(cache, rules.cache_mb * 1024 * 1024) if cache else None,
        Recorder(record) if record else None,
    )
    app = ClassServer(live, counts, "7b", TOKENS, rules, today=lambda: TODAY)
    async with listening(app) as url, asking(url, TOKENS.student) as student, asking(url, TOKENS.teacher) as teacher:
        made = Rig(fake, live, url, student, teacher, behind.stop, behind.start)
        try:
            yield made
        finally:
            for client in made.clients:
                await client.close()
            fake.hold.set()
            await live.close()
            await behind.stop()


def asking(url: str, token: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=f"{url}/7b/{token}", trust_env=False, timeout=20)


class Restartable:
    """An app at one port, there or not."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        with socket.create_server(("127.0.0.1", 0)) as one:
            self._port = one.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}"
        self._running: tuple[uvicorn.Server, asyncio.Task[None]] | None = None

    async def start(self) -> None:
        listener = socket.create_server(("127.0.0.1", self._port))
        self._running = await _begin(self._app, listener)

    async def stop(self) -> None:
        """End at once, in the middle of what it says."""
        if self._running is not None:
            await _end(*self._running)
            self._running = None


@asynccontextmanager
async def listening(app: ASGIApp) -> AsyncIterator[str]:
    """An app on a free port of loopback."""
    listener = socket.create_server(("127.0.0.1", 0))
    server, task = await _begin(app, listener)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        await _end(server, task)


@contextmanager
def in_background(app: Callable[[], ASGIApp]) -> Iterator[str]:
    """The same in a thread of its own, for a client that blocks; `app` is made there."""
    loop, url = asyncio.new_event_loop(), list[str]()
    ready, stop = threading.Event(), asyncio.Event()

    async def serve() -> None:
        async with listening(app()) as one:
            url.append(one)
            ready.set()
            await stop.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()))
    thread.start()
    ready.wait(10)
    try:
        yield url[0]
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()


async def _begin(app: ASGIApp, listener: socket.socket) -> tuple[uvicorn.Server, asyncio.Task[None]]:
    config = uvicorn.Config(app, log_level="critical", lifespan="off", timeout_graceful_shutdown=0)
    server = uvicorn.Server(config)
    server.capture_signals = _no_signals  # type: ignore[method-assign]  # a test's signals are pytest's
    task = asyncio.create_task(server.serve(sockets=[listener]))
    while not server.started:
        await asyncio.sleep(0)
    return server, task


async def _end(server: uvicorn.Server, task: asyncio.Task[None]) -> None:
    for one in server.servers:  # nobody gets in while those who are in are cut off
        one.close()
    server.should_exit = server.force_exit = True
    for connection in list(server.server_state.connections):
        connection.transport.abort()
    with suppress(asyncio.CancelledError):
        await task


@contextmanager
def _no_signals() -> Iterator[None]:
    yield


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def eventually(true: Callable[[], bool]) -> bool:
    """Whether this becomes true within some seconds; other tasks run meanwhile."""
    for _ in range(2000):
        if true():
            return True
        await asyncio.sleep(0.005)
    return False


def start(status: int, kind: str, **headers: str) -> dict[str, Any]:
    named = {"content-type": kind, **{key.replace("_", "-"): value for key, value in headers.items()}}
    raw = [(key.encode(), value.encode()) for key, value in named.items()]
    return {"type": "http.response.start", "status": status, "headers": raw}


async def say(send: Send, value: Any, status: int = 200) -> None:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    await send(start(status, "application/json; charset=utf-8", content_length=str(len(raw))))
    await send({"type": "http.response.body", "body": raw, "more_body": False})


def line(path: str, model: str, text: str, done: bool = False) -> dict[str, Any]:
    said = {"message": {"role": "assistant", "content": text}} if path == "/api/chat" else {"response": text}
    end = {"done_reason": "stop", "eval_count": 3, "eval_duration": 1000} if done else {}
    return {"model": model, "created_at": "2026-11-28T00:00:00Z", **said, "done": done, **end}


def talk(text: str = "hi", model: str = "alpha:1b", **more: Any) -> dict[str, Any]:
    """The body of a chat."""
    return {"model": model, "messages": [{"role": "user", "content": text}], **more}


def seeded(text: str = "hi", seed: int = 1, **more: Any) -> dict[str, Any]:
    """One that has one right answer."""
    return talk(text, options={"seed": seed}, **more)
