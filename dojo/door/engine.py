"""The seam to the engine: five methods, so that the wheel behind them can change, and xllamacpp's side of it.

The engine speaks llama.cpp's dialect (`/v1/chat/completions` and its kin); `translate.py` and `reply.py` turn it into
Ollama's. It is a process of its own (`runner.py`), asked over loopback HTTP: it does not survive `fork()`, and a
damaged model file can end it, but not the door.
"""

from __future__ import annotations

import asyncio
import json
import re
import secrets
import subprocess
import sys
from collections import deque
from collections.abc import AsyncGenerator
from contextlib import nullcontext, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

import httpx
import psutil

from dojo.door.errors import EngineError
from dojo.door.system import quietly
from dojo.door.wire import dump

__all__ = ["Ask", "Engine", "Load", "Stream", "start_engine"]

Stream = Literal["chat", "complete"]
Ask = Literal["embed", "render", "tokens", "text"]
_PATHS = {
    "chat": "/v1/chat/completions",
    "complete": "/completion",
    "embed": "/v1/embeddings",
    "render": "/apply-template",
    "tokens": "/tokenize",
    "text": "/detokenize",
}
_DIED = "model runner has unexpectedly stopped, this may be due to resource limitations or an internal error"
_SCHEMA = "Automatic parser generation failed: "  # what follows is about the request; what stands before is not
_CLOCK = re.compile(r"^[\d.]+ [A-Z] ")  # how llama.cpp begins a line of its log
_RUNNER = Path(__file__).with_name("runner.py")


@dataclass(frozen=True)
class Load:
    """What an engine is loaded with. `context` and `batch` are in tokens, `context` for each of `parallel` replies;
    `gpu_layers` None leaves it to llama.cpp; `pooled`: the file says how its embeddings are pooled; `template`
    replaces the file's own chat template; `cache_mb` is for prompts kept for re-use; `changed` is the file's time, so
    that a new file is a new load."""

    path: str
    context: int
    parallel: int
    threads: int
    batch: int
    gpu_layers: int | None = None
    embedding: bool = False
    pooled: bool = False
    template: str = ""
    cache_mb: int = 256
    changed: int = 0


class Engine(Protocol):
    """One loaded model; `has_gpu` says whether the machine has one that llama.cpp sees."""

    has_gpu: bool

    def stream(self, what: Stream, body: dict[str, Any]) -> AsyncGenerator[dict[str, Any], None]:
        """The chunks of a reply. Closing the iterator stops the reply and frees its slot. Raises EngineError."""

    async def ask(self, what: Ask, body: dict[str, Any]) -> dict[str, Any]:
        """One question that has one answer. To embed takes one text. Raises EngineError."""

    def alive(self) -> bool:
        """Whether it still runs."""

    def memory(self) -> int:
        """Resident bytes."""

    async def close(self) -> None:
        """Stop, at once, and give all memory back."""


async def start_engine(load: Load) -> Engine:
    """Load a model; raises EngineError with llama.cpp's reason where it can't."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-P", str(_RUNNER),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        limit=1 << 20,  # bytes of a line in its log, which may quote a chat template
        **quietly(),  # Ctrl-C in the door's terminal is the door's to handle
    )  # fmt: skip
    engine = _Xllamacpp(process, secrets.token_hex(16))
    try:
        await engine.begin(load)
    except BaseException:  # also when the client that wanted it has gone
        await engine.close()
        raise
    return engine


class _Xllamacpp:
    def __init__(self, process: asyncio.subprocess.Process, key: str) -> None:
        self._process = process
        self._key = key
        self._said: deque[str] = deque(maxlen=40)  # the end of its log, for the reason when it fails
        self._listener = asyncio.create_task(self._listen())
        # llama.cpp b11549 splits texts that it embeds at once in two slots, and pools only the last part of the longer
        # one: a wrong vector, without any error. A single text at a time comes out right.
        self._embedding = asyncio.Lock()
        self._client: httpx.AsyncClient | None = None
        self.has_gpu = False

    async def begin(self, load: Load) -> None:
        assert self._process.stdin is not None  # it is a pipe
        assert self._process.stdout is not None  # and so is this
        self._process.stdin.write(dump({**asdict(load), "key": self._key}) + b"\n")
        with suppress(ConnectionError):  # it died at once; the empty answer says so
            await self._process.stdin.drain()
        answer = await self._process.stdout.readline()
        said = json.loads(answer) if answer else {"error": "the engine ended while it loaded the model"}
        if "error" in said:
            await self.close()
            raise EngineError(500, "loading", f"{said['error']}{self._reason()}")
        self.has_gpu = bool(said["has_gpu"])
        self._client = httpx.AsyncClient(
            base_url=said["address"],
            headers={"Authorization": f"Bearer {self._key}"},
            timeout=None,  # a long prompt on a slow machine takes minutes
            # One connection a request: llama.cpp's server closes an idle or much used one just when it is used again.
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=0),
            trust_env=False,  # a proxy has nothing to do between us and our own child
        )

    async def stream(self, what: Stream, body: dict[str, Any]) -> AsyncGenerator[dict[str, Any], None]:
        try:
            async with self._http.stream("POST", _PATHS[what], content=dump({**body, "stream": True})) as reply:
                if reply.status_code != 200:
                    raise _fault(reply.status_code, await reply.aread())
                rest = b""
                async for raw in reply.aiter_raw():
                    *events, rest = (rest + raw).split(b"\n\n")
                    for event in events:
                        chunk = _chunk(event)
                        if chunk is not None:
                            yield chunk
        except httpx.TransportError:
            raise await self._broken() from None

    async def ask(self, what: Ask, body: dict[str, Any]) -> dict[str, Any]:
        try:
            async with self._embedding if what == "embed" else nullcontext():
                reply = await self._http.post(_PATHS[what], content=dump(body))
        except httpx.TransportError:
            raise await self._broken() from None
        if reply.status_code != 200:
            raise _fault(reply.status_code, reply.content)
        answer: dict[str, Any] = reply.json()
        return answer

    def alive(self) -> bool:
        return self._process.returncode is None

    def memory(self) -> int:
        try:
            return int(psutil.Process(self._process.pid).memory_info().rss)
        except psutil.Error:
            return 0

    async def close(self) -> None:
        if self._client is not None:
            await self._client.aclose()
        if self.alive():
            with suppress(ProcessLookupError):
                self._process.kill()
        await self._process.wait()
        await self._listener
        if self._process.stdin is not None:
            self._process.stdin.close()

    async def _broken(self) -> EngineError:
        """Why it does not answer: nearly always because it ended, which the system tells a moment later."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._process.wait(), 1)
        return EngineError(500, "died", _DIED + self._reason())

    @property
    def _http(self) -> httpx.AsyncClient:
        if self._client is None or not self.alive():
            raise EngineError(500, "died", _DIED + self._reason())
        return self._client

    async def _listen(self) -> None:
        assert self._process.stderr is not None  # it is a pipe
        with suppress(ValueError):  # a line beyond the limit: let the rest of the log go
            while line := await self._process.stderr.readline():
                self._said.append(_CLOCK.sub("", line.decode(errors="replace").strip()))

    def _reason(self) -> str:
        """The last line of the log that names an error, if any."""
        named = [line for line in self._said if "error" in line.lower() or "ASSERT" in line or "failed" in line]
        return f" ({named[0]})" if named else ""


def _chunk(event: bytes) -> dict[str, Any] | None:
    """One server-sent event; None for the end and for what keeps the line open."""
    name, _, data = event.strip().partition(b": ")
    if name not in (b"data", b"error") or data == b"[DONE]":
        return None
    chunk: dict[str, Any] = json.loads(data)
    if name == b"error" or "error" in chunk:
        raise _fault(500, data)
    return chunk


def _fault(status: int, raw: bytes) -> EngineError:
    try:
        said = json.loads(raw)
        said = said.get("error", said)
        text = str(said["message"])
        text = text.partition(_SCHEMA)[2] or text
        return EngineError(int(said.get("code", status)), str(said.get("type", "")), text)
    except (ValueError, KeyError, TypeError, AttributeError):
        return EngineError(status, "", raw.decode(errors="replace")[:500] or f"the engine answered {status}")
