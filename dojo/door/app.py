"""The door's ASGI app: Ollama's HTTP API, with a model folder and llama.cpp behind it.

Covered: tags, ps, show, generate, chat, embed, embeddings, create, copy, delete, blobs, version, with Ollama's fields,
streaming, metrics and errors; pull of what is here.
Not covered, and refused in a sentence: pull from a network, push, pictures, suffix, adapters, quantising, Go templates,
context shift, ollama.com accounts, and the OpenAI and Anthropic dialects under /v1.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dojo.door import chat, create, embed, library
from dojo.door.errors import RefusalError
from dojo.door.guard import Guard
from dojo.door.keeper import Keeper
from dojo.door.models import Models
from dojo.door.store import Store
from dojo.door.stream import GoneError, as_json

__all__ = ["VERSION", "make_app"]

VERSION = "0.33.0-dojo"  # the Ollama whose API this follows, and who it really is

_OLLAMAS_OWN = (
    "/api/status", "/api/me", "/api/signout", "/api/user/keys/{rest:path}", "/api/experimental/{rest:path}",
    "/v1/{rest:path}",
)  # fmt: skip


def make_app(folder: Path, shipped: Path | None = None, keeper: Keeper | None = None) -> Starlette:
    """The app over a models folder; `shipped` holds models that can't be changed; the keeper starts the engines."""
    models = Models(folder, shipped)
    store = Store(models)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        app.state.models, app.state.store = models, store
        app.state.keeper = keeper or Keeper()
        store.sweep()
        yield
        await app.state.keeper.close()

    return Starlette(
        routes=_routes(),
        lifespan=lifespan,
        middleware=[Middleware(Guard)],
        exception_handlers={
            RefusalError: lambda _, refusal: as_json({"error": refusal.text}, refusal.status),
            HTTPException: lambda _, error: as_json({"error": error.detail}, error.status_code),
            Exception: lambda _, error: as_json({"error": f"the door failed inside ({type(error).__name__})"}, 500),
        },
    )


def _routes() -> list[Route]:
    return [
        _at("/", _running, "GET"),
        _at("/api/version", _version, "GET"),
        _at("/api/tags", library.tags, "GET"),
        _at("/api/ps", library.ps, "GET"),
        _at("/api/show", library.show, "POST"),
        _at("/api/chat", chat.chat, "POST"),
        _at("/api/generate", chat.generate, "POST"),
        _at("/api/embed", embed.embed, "POST"),
        _at("/api/embeddings", embed.embeddings, "POST"),
        _at("/api/create", create.create, "POST"),
        _at("/api/copy", library.copy, "POST"),
        _at("/api/delete", library.delete, "DELETE"),
        _at("/api/pull", library.pull, "POST"),
        _at("/api/push", library.push, "POST"),
        _at("/api/blobs/{digest}", create.has_blob, "HEAD"),
        _at("/api/blobs/{digest}", create.keep_blob, "POST"),
        *(_at(path, _not_here, "GET", "POST", "DELETE") for path in _OLLAMAS_OWN),
    ]


def _at(path: str, handler: Callable[[Request], Awaitable[Response]], *methods: str) -> Route:
    async def handle(request: Request) -> Response:
        try:
            return await handler(request)
        except (GoneError, ClientDisconnect):
            return as_json({"error": "request canceled"}, 499)  # nobody reads it; the log does

    return Route(path, handle, methods=list(methods))


async def _running(_: Request) -> Response:
    return PlainTextResponse("Ollama is running")


async def _version(_: Request) -> Response:
    return as_json({"version": VERSION})


async def _not_here(request: Request) -> Response:
    raise RefusalError(501, f"{request.url.path} is not in this server (dojo-door), only in Ollama itself")
