"""Answers from recordings, for a classroom without a model: what was asked before is answered as it was then."""

from __future__ import annotations

from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from dojo.door.classroom.answers import from_lines
from dojo.door.classroom.asks import Ask, read_ask, read_raw
from dojo.door.classroom.counts import Counts
from dojo.door.classroom.gate import Visitor
from dojo.door.classroom.records import Recordings
from dojo.door.classroom.relay import send_given
from dojo.door.errors import RefusalError, missing
from dojo.door.stream import as_json, while_here
from dojo.door.wire import now

__all__ = ["Replay"]


class Replay:
    """What stands behind the gate where there are recordings."""

    trouble = ""

    def __init__(self, recordings: Recordings, counts: Counts) -> None:
        self.recordings = recordings
        self._counts = counts

    async def ask(self, visitor: Visitor, receive: Receive, send: Send) -> None:
        """Answer a request as it was answered then; raises RefusalError 404 for one that nobody recorded."""
        ask = read_ask(visitor.path, await read_raw(receive))
        if ask.is_empty and self.recordings.has(ask.model):
            said = {"message": {"role": "assistant", "content": ""}} if ask.path == "/api/chat" else {"response": ""}
            whole = {"model": ask.model, "created_at": now(), **said, "done": True, "done_reason": "load"}
            given, date = from_lines([whole], stream=False), ""
        elif (found := self.recordings.find(ask)) is not None:
            given, date = found
        else:
            raise RefusalError(404, self._unknown(ask))
        self._counts.answers.labels("recording").inc()
        told = {"dojo-answer": "recording", "dojo-recorded": date}
        await while_here(receive, send_given(given, told, send))

    async def other(self, visitor: Visitor, scope: Scope, receive: Receive, send: Send) -> None:
        """What can be said of recorded models; raises RefusalError for all that needs a real one."""
        raw = await read_raw(receive)
        response = self._said(visitor.path, scope, raw)
        await response(scope, receive, send)

    def refresh_counts(self) -> None:
        self._counts.up.set(1)

    async def close(self) -> None:
        """Nothing is open."""

    def _said(self, path: str, scope: Scope, raw: bytes) -> Response:
        method = scope["method"]
        if path == "/" and method in ("GET", "HEAD"):
            return PlainTextResponse("Ollama is running")
        if path == "/api/version" and method == "GET":
            return as_json({"version": self.recordings.version})
        if path == "/api/tags" and method == "GET":
            return as_json({"models": self.recordings.rows()})
        if path == "/api/ps" and method == "GET":
            return as_json({"models": []})
        if path == "/api/show" and method == "POST":
            name = read_ask(path, raw).model
            if not self.recordings.has(name):
                raise missing(name)
            return as_json(self.recordings.shown(name))
        raise RefusalError(501, f"{method} {path} needs a model's server, and this class replays recordings")

    def _unknown(self, ask: Ask) -> str:
        if not self.recordings.has(ask.model):
            there = ", ".join(str(row["name"]) for row in self.recordings.rows())
            return f"model '{ask.model}' not found: nothing of it was recorded for this class, only of {there}"
        return (
            "nobody recorded an answer to this request, and this class has no model to ask; ask it exactly as the lab "
            "does, options and all, or record it where a model runs: dojo serve --record FOLDER"
        )
