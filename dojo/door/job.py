"""One request for a reply, from /api/chat or /api/generate: what it asks for, and the lines that answer it."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from dojo.door import translate
from dojo.door.engine import Engine
from dojo.door.errors import EngineError, RefusalError, as_refusal
from dojo.door.fit import TOO_MANY, fitted, render, tokens
from dojo.door.keeper import Keeper, plan
from dojo.door.models import Model, Models
from dojo.door.options import look_back, read_keep_alive, read_options
from dojo.door.reply import End, Piece, chat_pieces, complete_pieces
from dojo.door.stream import Lines, as_json, while_here
from dojo.door.wire import now, read_body, text_of

__all__ = ["Job"]


class Job:
    """A request for one model; raises RefusalError where it asks for what can't be."""

    def __init__(self, body: dict[str, Any], model: Model, keeper: Keeper) -> None:
        self.body = body
        self.model = model
        self.name = str(body["model"])
        self._began = time.monotonic_ns()
        self._keeper = keeper
        self._top = translate.read_top_logprobs(body)
        self._schema = translate.as_grammar(body.get("format"))
        self._think = translate.read_think(body.get("think"), self.name, model)
        wishes = read_options(body.get("options"), model.recipe.parameters)
        self._load = plan(model, wishes)
        self._sampling = look_back(wishes.sampling, self._load.context)
        self._keep_alive = read_keep_alive(body.get("keep_alive"))
        if body.get("shift"):
            raise RefusalError(
                501, "this server does not shift a full context; a reply ends there with done_reason length"
            )

    @classmethod
    async def read(cls, request: Request) -> Job:
        body = await read_body(request)
        models: Models = request.app.state.models
        return cls(body, models.find(text_of(body, "model")), request.app.state.keeper)

    def needs(self, doing: str) -> None:
        """Refuse a model that only embeds."""
        if "completion" not in self.model.capabilities:
            raise RefusalError(400, f'"{self.name}" does not support {doing}')

    def chat_body(self, messages: list[dict[str, Any]], tools: list[dict[str, Any]]) -> dict[str, Any]:
        asked = translate.chat_body(messages, tools, self._think, self._schema, self._sampling)
        if self.body.get("logprobs"):
            # llama.cpp shows a token's own probability only beside an alternative; one too many is cut off again.
            asked |= {"logprobs": True, "top_logprobs": max(self._top, 1)}
        return asked

    def complete_body(self, prompt: str | list[int]) -> dict[str, Any]:
        asked: dict[str, Any] = {"prompt": prompt, **self._sampling}
        if self._schema is not None:
            asked["json_schema"] = self._schema
        if self.body.get("logprobs"):
            asked["n_probs"] = max(1, self._top)
        return asked

    async def only_load(self, request: Request, empty: dict[str, Any]) -> Response:
        """An empty prompt loads the model, or with keep_alive 0 lets it go."""
        said = {"model": self.name, "created_at": now(), **empty, "done": True}
        if self._keep_alive == 0 and self.body.get("keep_alive") is not None:
            self._keeper.expire(self.model)
            return as_json({**said, "done_reason": "unload"})

        async def load() -> None:
            async with self._keeper.lease(self.model, self._load, self._keep_alive):
                pass

        await while_here(request.receive, load())
        return as_json({**said, "done_reason": "load"})

    async def lines(self, asked: dict[str, Any], key: str, context: list[int] | None = None) -> Lines:
        """The reply as Ollama's objects; `key` is message or response."""
        async with self._keeper.lease(self.model, self._load, self._keep_alive) as lease:
            try:
                if self.body.get("_debug_render_only"):
                    prompt = asked["prompt"] if "prompt" in asked else await render(lease.engine, asked)
                    yield {**self._line(key, Piece()), "done": False, "_debug_info": {"rendered_template": prompt}}
                    return
                if context:  # the old way to go on with a talk: the ids of all that was said
                    prompt = await render(lease.engine, asked)
                    asked = self.complete_body([*context, *await tokens(lease.engine, prompt)])
                written: list[str] = []
                async with aclosing(self._pieces(lease.engine, asked, lease.context)) as pieces:
                    async for piece in pieces:
                        if isinstance(piece, Piece):
                            written.append(piece.content)
                            yield self._line(key, piece)
                            continue
                        line = {**self._line(key, Piece()), "done": True, "done_reason": piece.reason}
                        if key == "response" and not self.body.get("raw"):
                            line["context"] = await _context(lease.engine, asked, "".join(written))
                        line["total_duration"] = time.monotonic_ns() - self._began
                        line["load_duration"] = lease.load_duration
                        yield {**line, **piece.metrics()}
            except EngineError as fault:
                raise as_refusal(fault) from None

    async def _pieces(self, engine: Engine, asked: dict[str, Any], context: int) -> AsyncGenerator[Piece | End, None]:
        """The engine's reply; a chat that is too long is tried once more with its newest turns."""
        try:
            async with aclosing(self._reply(engine, asked)) as pieces:
                async for piece in pieces:
                    yield piece
            return
        except EngineError as fault:
            if fault.kind != TOO_MANY or "messages" not in asked or self.body.get("truncate") is False:
                raise
        asked |= await fitted(engine, asked, context)
        async with aclosing(self._reply(engine, asked)) as pieces:
            async for piece in pieces:
                yield piece

    def _line(self, key: str, piece: Piece) -> dict[str, Any]:
        line: dict[str, Any] = {"model": self.name, "created_at": now()}
        if key == "message":
            message: dict[str, Any] = {"role": "assistant", "content": piece.content}
            if piece.thinking:
                message["thinking"] = piece.thinking
            if piece.tool_calls:
                message["tool_calls"] = list(piece.tool_calls)
            line["message"] = message
        else:
            line["response"] = piece.content
            if piece.thinking:
                line["thinking"] = piece.thinking
        line["done"] = False
        if piece.logprobs:
            line["logprobs"] = list(piece.logprobs)
        return line

    def _reply(self, engine: Engine, asked: dict[str, Any]) -> AsyncGenerator[Piece | End, None]:
        if "messages" in asked:
            return chat_pieces(engine.stream("chat", asked), self._top)
        return complete_pieces(engine.stream("complete", asked), self._top)


async def _context(engine: Engine, asked: dict[str, Any], written: str) -> list[int]:
    """The ids of the prompt and the reply."""
    if "messages" in asked:
        return await tokens(engine, await render(engine, asked) + written)
    if isinstance(asked["prompt"], list):
        return [*asked["prompt"], *await tokens(engine, written)]
    return await tokens(engine, asked["prompt"] + written)
