"""The models: list, show, copy, delete, and the honest answers to pull and push."""

from __future__ import annotations

import asyncio
import math
import time
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from dojo.door.describe import details, listed, shown
from dojo.door.errors import RefusalError
from dojo.door.keeper import Keeper, Loaded
from dojo.door.models import Models, full_name
from dojo.door.store import Store
from dojo.door.stream import Lines, answer, as_json
from dojo.door.wire import read_body, stamp, text_of

__all__ = ["copy", "delete", "ps", "pull", "push", "show", "tags"]

_FOREVER_S = 292 * 365.25 * 86400  # how Ollama writes "for ever": the longest duration that Go knows


async def tags(request: Request) -> Response:
    """All models. A new file of many gigabytes is read once for its digest, so the first list may take seconds."""
    models: Models = request.app.state.models

    def work() -> list[dict[str, Any]]:
        return [listed(model, models.digest(model)) for model in models.all()]

    return as_json({"models": await asyncio.to_thread(work)})


async def ps(request: Request) -> Response:
    """What is loaded now; `size` is the engine's resident memory in bytes."""
    keeper: Keeper = request.app.state.keeper
    models: Models = request.app.state.models
    loaded = list(keeper.loaded.values())  # a copy: models come and go while the digests are read
    return as_json({"models": [await asyncio.to_thread(_running, one, models) for one in loaded]})


async def show(request: Request) -> Response:
    """One model, in full."""
    body = await read_body(request)
    model = request.app.state.models.find(text_of(body, "model", "name"))
    return as_json(shown(model, bool(body.get("verbose"))))


async def copy(request: Request) -> Response:
    """A second name for a model."""
    body = await read_body(request)
    source, destination = text_of(body, "source"), text_of(body, "destination")
    for name in (source, destination):
        full_name(name)
    store: Store = request.app.state.store
    await asyncio.to_thread(store.copy, source, destination)
    return Response()


async def delete(request: Request) -> Response:
    """Remove a name, and a dropped-in file with it. A running reply ends first."""
    body = await read_body(request)
    models: Models = request.app.state.models
    model = models.find(text_of(body, "model", "name"))
    if not model.shipped:
        await request.app.state.keeper.unload(model)
    store: Store = request.app.state.store
    await asyncio.to_thread(store.delete, model)
    return Response()


async def pull(request: Request) -> Response:
    """Progress for what is here; for anything else one honest sentence: nothing is fetched from a network."""
    body = await read_body(request)
    name = text_of(body, "model", "name")
    full_name(name)
    return await answer(request, _pull(name, request.app.state.models), body.get("stream"), _last)


async def push(request: Request) -> Response:
    """Refused."""
    await read_body(request)
    raise RefusalError(501, "this server sends nothing to a network; to publish a model, use Ollama itself")


async def _pull(name: str, models: Models) -> Lines:
    yield {"status": "pulling manifest"}
    try:
        model = models.find(name)
    except RefusalError as refusal:
        if refusal.status != 404:
            raise
        raise RefusalError(
            500,
            f"pull model manifest: {name} is not here, and this server (dojo-door) fetches nothing from the network; "
            f"put a GGUF file into {models.folder}, or install Ollama and pull it there",
        ) from None
    digest = await asyncio.to_thread(models.digests.of, model.path)
    layer = {"status": f"pulling {digest[:12]}", "digest": f"sha256:{digest}", "total": model.size}
    for done in (0, model.size):
        yield {**layer, "completed": done}
    for status in ("verifying sha256 digest", "writing manifest", "success"):
        yield {"status": status}


def _last(lines: list[dict[str, Any]]) -> dict[str, Any]:
    return lines[-1]


def _running(one: Loaded, models: Models) -> dict[str, Any]:
    try:
        digest = models.digest(one.model)
    except OSError:  # deleted since
        digest = ""
    memory = one.engine.memory()
    expires = one.expires if one.users == 0 else time.time()
    return {
        "name": one.model.name,
        "model": one.model.name,
        "size": memory,
        "digest": digest,
        "details": details(one.model),
        "expires_at": stamp(time.time() + _FOREVER_S if math.isinf(expires) else expires),
        # llama.cpp does not say how much it put there; on a machine without a GPU it is nothing.
        "size_vram": one.model.size if one.engine.has_gpu and one.load.gpu_layers != 0 else 0,
        "context_length": one.load.context,
    }
