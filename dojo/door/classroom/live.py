"""Answers from a model's server: by the class's rules, from the cache where there is one right answer, else in turn."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any
from urllib.parse import quote

import httpx
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from dojo.door.classroom.answers import NDJSON, send_start
from dojo.door.classroom.asks import LARGEST, Ask, read_ask, read_raw
from dojo.door.classroom.cache import Cache
from dojo.door.classroom.counts import Counts
from dojo.door.classroom.flight import Flight
from dojo.door.classroom.gate import Visitor
from dojo.door.classroom.keys import cache_key, is_repeatable
from dojo.door.classroom.known import Known, Model
from dojo.door.classroom.open_requests import OpenRequests
from dojo.door.classroom.records import Recorder
from dojo.door.classroom.relay import (
    body_of,
    check_line,
    check_whole,
    error_line,
    send_flight,
    send_given,
    whole_lines,
)
from dojo.door.classroom.rules import apply_context, apply_rules
from dojo.door.classroom.settings import Settings
from dojo.door.classroom.turns import Turns
from dojo.door.classroom.upstream import ENDED, Upstream
from dojo.door.errors import RefusalError
from dojo.door.stream import while_here

__all__ = ["Live"]

_LOG = logging.getLogger("dojo.class")
_PASSED_BACK = frozenset({"content-type", "content-length", "location"})


class Live:
    """What stands behind the gate where there is a model. `recorder` keeps answers for a room without one."""

    def __init__(
        self,
        rules: Settings,
        upstream: Upstream,
        counts: Counts,
        cache: Cache | None = None,
        recorder: Recorder | None = None,
        turns: Turns | None = None,
    ) -> None:
        self.turns = turns or Turns(rules.parallel, patience=rules.patience)
        self.upstream = upstream
        self.known = Known(upstream)
        self.cache = cache
        self.open = OpenRequests(rules.requests)
        self._rules = rules
        self._counts = counts
        self._recorder = recorder
        self._told = ""
        self._flights: dict[str, Flight] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def trouble(self) -> str:
        """What the teacher should know of the disk."""
        return ("" if self.cache is None else self.cache.trouble) or (self._recorder.trouble if self._recorder else "")

    async def ask(self, visitor: Visitor, receive: Receive, send: Send) -> None:
        """Answer a request to a model; raises RefusalError where the answer is no, GoneError where nobody reads it."""
        with self.open.one_more(visitor.key, visitor.is_teacher) as release:
            ask = read_ask(visitor.path, await read_raw(receive))
            await while_here(receive, self._answer(visitor, ask, send, release))

    async def other(self, visitor: Visitor, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass anything else on, both ways as it comes: lists, a teacher's pull, a file."""
        try:
            if visitor.path.startswith("/api/blobs/"):
                await self._pass(visitor, scope, body_of(receive), send)
            else:
                raw = await read_raw(receive, LARGEST if visitor.is_teacher else LARGEST // 32)
                await while_here(receive, self._pass(visitor, scope, raw, send))
        finally:
            if visitor.is_teacher and scope["method"] in ("POST", "DELETE"):
                self.known.forget()

    def refresh_counts(self) -> None:
        """Put what is so now into the gauges."""
        self._counts.waiting.set(len(self.turns.waiting))
        self._counts.running.set(len(self.turns.running))
        self._counts.changes.set(self.turns.changes)
        self._counts.up.set(self.upstream.up)
        self._counts.cache_bytes.set(0 if self.cache is None else self.cache.bytes)
        self._counts.cache_entries.set(0 if self.cache is None else len(self.cache))

    async def close(self) -> None:
        """End every reply that is on its way."""
        while self._tasks:  # the end of one may begin another
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.upstream.close()

    async def _pass(self, visitor: Visitor, scope: Scope, body: bytes | AsyncIterator[bytes], send: Send) -> None:
        query = scope["query_string"].decode("latin-1")
        path = quote(visitor.path) + (f"?{query}" if query else "")
        async with self.upstream.send(scope["method"], path, body, Headers(scope=scope)) as reply:
            kept = [(key, value) for key, value in reply.headers.raw if key.decode().lower() in _PASSED_BACK]
            is_lines = reply.headers.get("content-type", "").startswith(NDJSON)
            if is_lines:  # there may be a line more
                kept = [(key, value) for key, value in kept if key.lower() != b"content-length"]
            await send_start(send, reply.status_code, "", kept)
            try:
                async for part in reply.aiter_raw():
                    await send({"type": "http.response.body", "body": part, "more_body": True})
            except httpx.TransportError:
                if not is_lines:
                    raise
                line = error_line(RefusalError(502, ENDED))
                await send({"type": "http.response.body", "body": line, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _answer(self, visitor: Visitor, ask: Ask, send: Send, release: Callable[[], None]) -> None:
        model = await self.known.find(ask.model)
        if visitor.is_teacher:
            asked, changes = apply_context(ask, self._rules)
        else:
            asked, changes = apply_rules(ask, self._rules, await self._own_length(ask, model))
        told = {"dojo-changed": ", ".join(changes)} if changes else {}
        key = cache_key(asked, model.digest) if model.digest and is_repeatable(asked) else ""
        if key and self.cache is not None and (given := self.cache.get(key)) is not None:
            release()
            self._counts.answers.labels("cache").inc()
            await send_given(given, {**told, "dojo-answer": "cache"}, send)
            return
        flight = self._flights.get(key)
        source = "model" if flight is None or flight.is_left else "shared"
        if flight is None or flight.is_left:
            flight = self._start(visitor, ask, asked, model, key)
        self._counts.answers.labels(source).inc()
        with flight.reading():
            try:
                await flight.begun()
            except RefusalError as refusal:
                raise RefusalError(refusal.status, refusal.text) from None  # one of its own for each reader
            told |= {"dojo-answer": source, **self._place_of(flight)}
            await send_flight(flight, told, send, release)

    async def _own_length(self, ask: Ask, model: Model) -> int | None:
        options = ask.body.get("options")
        says = isinstance(options, dict) and options.get("num_predict") is not None
        return None if says or not ask.path.startswith("/api/") else await self.known.own_length(model)

    def _start(self, visitor: Visitor, ask: Ask, asked: Ask, model: Model, key: str) -> Flight:
        flight = Flight()
        flight.task = self._spawn(self._fetch(flight, visitor, ask, asked, model, key))
        if key:
            self._flights[key] = flight
        return flight

    async def _fetch(self, flight: Flight, visitor: Visitor, ask: Ask, asked: Ask, model: Model, key: str) -> None:
        refusal: RefusalError | None = RefusalError(499, "request canceled")
        try:
            async with self.turns.turn(visitor.key, model.digest, flight) as ticket:
                self._counts.waited.observe(self.turns.waited(ticket))
                with self._counts.took.time():
                    await self._read(flight, asked)
            self._keep(flight, ask, model, key)
            refusal = None
        except RefusalError as said:
            refusal = said
        except Exception as error:
            _LOG.exception("a reply failed inside")
            refusal = RefusalError(500, f"the class's server failed inside ({type(error).__name__})")
        finally:
            if self._flights.get(key) is flight:
                del self._flights[key]
            flight.end(refusal)

    async def _read(self, flight: Flight, asked: Ask) -> None:
        """Fetch the reply, line by line, as it comes; raises RefusalError where it is not what it should be."""
        ticket = flight.ticket
        try:
            async with self.upstream.send("POST", asked.path, asked.raw) as reply:
                flight.begin(reply.status_code, reply.headers.get("content-type", ""))
                async for part in whole_lines(reply):
                    if ticket is not None:
                        self.turns.answering(ticket)
                    flight.add(check_line(part) if flight.is_lines else part)
        finally:
            if ticket is not None and ticket.loads:
                self._spawn(self._see_loaded())
        check_whole(flight, asked)

    async def _see_loaded(self) -> None:
        if (loaded := await self.known.loaded()) is not None:
            self.turns.now_loaded(loaded)

    def _keep(self, flight: Flight, ask: Ask, model: Model, key: str) -> None:
        given = flight.given
        if not given.is_complete:
            return
        if key and self.cache is not None:
            self.cache.put(key, given)
        if self._recorder is not None and not ask.is_empty and ask.path.startswith("/api/"):
            self._recorder.keep(ask, given, model.digest, self.upstream.called)
            self._spawn(self._record_model(model))
        if self.trouble:
            self._counts.unkept.inc()
        if self.trouble not in ("", self._told):  # once in the terminal, not for each answer
            _LOG.warning("%s; answers are given all the same", self.trouble)
        self._told = self.trouble

    async def _record_model(self, model: Model) -> None:
        row = self.known.rows.get(model.name.lower())
        if self._recorder is None or row is None or self._recorder.knows(model.name, model.digest):
            return
        shown = await self.upstream.ask("POST", "/api/show", {"model": model.name})
        version = await self.upstream.ask("GET", "/api/version") or {}
        self._recorder.keep_model(model.name, row, shown, str(version.get("version", "")))

    def _place_of(self, flight: Flight) -> dict[str, str]:
        """What the queue was, for the headers."""
        if (ticket := flight.ticket) is None:
            return {}
        said = {"dojo-queue-position": str(ticket.place), "dojo-queue-waited": f"{self.turns.waited(ticket):.2f}"}
        if ticket.expected is not None:
            said["dojo-queue-expected"] = f"{ticket.expected:.1f}"
        return said

    def _spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
