"""Which models are loaded: started when asked for, shared by all who ask alike, kept a while, and never more than fit.

Covered: one engine a model; a request with other load-time options waits for the running ones, then reloads, as in
Ollama; the longest idle model makes room; a bounded queue, first come first served; an engine that died is replaced.
Not covered: measuring whether a model fits the memory. The system, or llama.cpp, says so when it doesn't.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

import psutil

from dojo.door.engine import Engine, Load, start_engine
from dojo.door.errors import BUSY, EngineError, RefusalError
from dojo.door.models import Model
from dojo.door.options import FOREVER, Wishes

__all__ = ["Keeper", "Lease", "Loaded", "plan"]

_SMALL = 64_000_000  # bytes; below it one thread is fastest, a GPU is no help, and memory is no question
_LARGE = 2_000_000_000  # bytes; above it memory for more than one reply at a time is
_CONTEXT = 4096  # tokens; Ollama's default where memory is scarce
_PARALLEL = 4  # replies at a time
_CACHE_MB, _CACHE_SMALL_MB = 256, 32  # for prompts kept for re-use; a small model reads one anew in milliseconds


@dataclass
class Loaded:
    """An engine that runs for a model. `used` and `expires` are in seconds since 1970, infinite for FOREVER."""

    model: Model
    load: Load
    engine: Engine
    slots: asyncio.Semaphore
    users: int = 0
    used: float = 0.0
    expires: float = 0.0
    retiring: bool = False
    timer: asyncio.TimerHandle | None = None
    idle: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(frozen=True)
class Lease:
    """The right to use an engine for one reply; `load_duration` in nanoseconds."""

    engine: Engine
    context: int
    load_duration: int


def plan(model: Model, wishes: Wishes, embedding: bool = False) -> Load:
    """How to load the model for a request."""
    small = model.size < _SMALL
    context = max(8, min(max(wishes.num_ctx or 0, 0) or _CONTEXT, model.context))
    cores = psutil.cpu_count(logical=False) or 1
    threads = max(0, min(wishes.num_thread or 0, psutil.cpu_count() or 1))  # more than there are would only wait
    pooled = "embedding" in model.capabilities
    embedding = embedding or pooled or small
    return Load(
        path=str(model.path),
        context=context,
        parallel=_PARALLEL if model.size < _LARGE else 1,
        threads=threads or (1 if small else cores),
        batch=context if embedding else max(1, min(wishes.num_batch or 2048, context)),
        gpu_layers=wishes.num_gpu if wishes.num_gpu is not None else 0 if small else None,
        embedding=embedding,
        pooled=pooled,
        template=model.recipe.template,
        cache_mb=_CACHE_SMALL_MB if small else _CACHE_MB,
        changed=model.path.stat().st_mtime_ns,
    )


class Keeper:
    """Hands out leases on engines. `most` is how many models stay loaded, `queue` how many requests may wait."""

    def __init__(
        self, most: int = 3, queue: int = 512, start: Callable[[Load], Awaitable[Engine]] = start_engine
    ) -> None:
        self.loaded: dict[tuple[str, str], Loaded] = {}
        self._most = most
        self._queue = queue
        self._start = start
        self._waiting = 0
        self._gate = asyncio.Lock()  # one load or unload at a time

    @asynccontextmanager
    async def lease(self, model: Model, load: Load, keep_alive: float) -> AsyncIterator[Lease]:
        """Wait for a turn on this model, loading it if needed; raises RefusalError 503 when too many wait already."""
        if self._waiting >= self._queue:
            raise RefusalError(503, BUSY)
        began = time.monotonic_ns()
        self._waiting += 1
        try:
            one = await self._join(model, load)
            duration = time.monotonic_ns() - began
            try:
                await one.slots.acquire()
            except BaseException:
                self._leave(one, keep_alive)
                raise
        finally:
            self._waiting -= 1
        try:
            yield Lease(one.engine, load.context, duration)
        finally:
            one.slots.release()
            self._leave(one, keep_alive)

    def expire(self, model: Model) -> None:
        """Let a model's engines end: at once when idle, else when the replies that run are done. Does not wait."""
        for one in self._of(model):
            one.retiring = True
            if one.users == 0:
                self._drop(one)

    async def unload(self, model: Model) -> None:
        """Let a model's engines end, and wait until its file is free."""
        async with self._gate:
            for one in self._of(model):
                await self._retire(one)

    @property
    def busy(self) -> bool:
        """Whether a reply is being written or waited for."""
        return self._waiting > 0 or any(one.users for one in self.loaded.values())

    async def close(self) -> None:
        """End all engines now, whoever waits."""
        for one in list(self.loaded.values()):
            self._forget(one)
            await one.engine.close()

    async def _join(self, model: Model, load: Load) -> Loaded:
        one = self._ready(load)
        if one is None:
            async with self._gate:
                one = self._ready(load) or await self._begin(model, load)
        one.model = model
        one.users += 1
        one.idle.clear()
        if one.timer:
            one.timer.cancel()
        return one

    def _ready(self, load: Load) -> Loaded | None:
        one = self.loaded.get(_key(load))
        if one is None or one.retiring or not one.engine.alive():
            return None
        # What can embed can chat as well.
        same = load if load.embedding else replace(load, embedding=one.load.embedding, batch=one.load.batch)
        return one if same == one.load else None

    async def _begin(self, model: Model, load: Load) -> Loaded:
        if old := self.loaded.get(_key(load)):
            await self._retire(old)
        while len(self.loaded) >= self._most:
            await self._retire(min(self.loaded.values(), key=lambda one: (one.users > 0, one.used)))
        try:
            engine = await self._start(load)
        except EngineError as fault:
            raise RefusalError(500, f"unable to load model: {load.path}: {fault}") from None
        one = Loaded(model, load, engine, asyncio.Semaphore(load.parallel))
        self.loaded[_key(load)] = one
        return one

    def _leave(self, one: Loaded, keep_alive: float) -> None:
        one.users -= 1
        one.used = time.time()
        one.expires = float("inf") if keep_alive == FOREVER else one.used + keep_alive
        if one.users == 0:
            one.idle.set()
            if one.retiring or keep_alive == 0:
                self._drop(one)
            elif keep_alive != FOREVER:
                one.timer = asyncio.get_running_loop().call_later(keep_alive, self._drop, one)

    def _drop(self, one: Loaded) -> None:
        self._forget(one)
        _KEPT.add(task := asyncio.create_task(one.engine.close()))
        task.add_done_callback(_KEPT.discard)

    async def _retire(self, one: Loaded) -> None:
        one.retiring = True
        try:
            if one.users and one.engine.alive():
                await one.idle.wait()
        except BaseException:  # the client that wanted the room has gone
            one.retiring = False
            raise
        self._forget(one)
        await one.engine.close()

    def _of(self, model: Model) -> list[Loaded]:
        return [one for one in self.loaded.values() if one.load.path == str(model.path)]

    def _forget(self, one: Loaded) -> None:
        if one.timer:
            one.timer.cancel()
        if self.loaded.get(_key(one.load)) is one:
            del self.loaded[_key(one.load)]


_KEPT: set[asyncio.Task[None]] = set()  # asyncio itself keeps only weak references to tasks


def _key(load: Load) -> tuple[str, str]:
    return load.path, load.template
