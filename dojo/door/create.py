"""POST /api/create, and the blobs that it builds on."""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from dojo.door.errors import RefusalError
from dojo.door.models import Models, Recipe, full_name
from dojo.door.options import read_options
from dojo.door.store import Store
from dojo.door.stream import Lines, answer
from dojo.door.translate import read_messages
from dojo.door.wire import read_body, text_of

__all__ = ["create", "has_blob", "keep_blob"]

# What Ollama can and this server does not; each is refused by name.
_NOT_HERE = {
    "adapters": "adapters are not joined to a model",
    "quantize": "weights are not quantised",
    "remote_host": "no other server is asked",
    "renderer": "the model's Jinja template is the only renderer",
    "parser": "llama.cpp finds tool calls and thinking by itself",
    "draft_files": "no draft model runs beside",
    "draft_quantize": "no draft model runs beside",
}


async def create(request: Request) -> Response:
    """A name for another model's or an uploaded file's weights, with a recipe of its own."""
    body = await read_body(request)
    name = text_of(body, "model", "name")
    full_name(name)
    for field, why in _NOT_HERE.items():
        if body.get(field):
            raise RefusalError(501, f"{field}: not in this server, where {why}; use Ollama for that")
    lines = _create(name, body, request.app.state.models, request.app.state.store)
    return await answer(request, lines, body.get("stream"), lambda lines: lines[-1])


async def has_blob(request: Request) -> Response:
    """HEAD: whether the bytes are here."""
    models: Models = request.app.state.models
    return Response(status_code=200 if models.blob(request.path_params["digest"]).exists() else 404)


async def keep_blob(request: Request) -> Response:
    """POST: 201 for new bytes, 200 for known ones."""
    length = request.headers.get("content-length", "")
    store: Store = request.app.state.store
    size = int(length) if length.isdecimal() else None
    new = await store.keep(request.path_params["digest"], request.stream(), size)
    return Response(status_code=201 if new else 200)


async def _create(name: str, body: dict[str, Any], models: Models, store: Store) -> Lines:
    digest, base = await asyncio.to_thread(_weights, body, models, store)
    recipe = _recipe(name, body, base)
    yield {"status": f"using existing layer {digest}"}
    yield {"status": "writing manifest"}
    await asyncio.to_thread(store.name, name, digest, recipe)
    yield {"status": "success"}


def _weights(body: dict[str, Any], models: Models, store: Store) -> tuple[str, Recipe]:
    """The digest of the weights, and the recipe to begin with."""
    files = body.get("files")
    if files:
        if not isinstance(files, dict) or len(files) != 1 or not isinstance(next(iter(files.values())), str):
            raise RefusalError(400, 'files must hold one GGUF file, like {"model.gguf": "sha256:..."}')
        (digest,) = files.values()
        store.check(digest)
        return str(digest).replace("-", ":"), Recipe()
    source = text_of(body, "from")
    if not source:
        raise RefusalError(400, "neither 'from' or 'files' was specified")
    model = models.find(source)
    return store.weights(model), Recipe(**{**vars(model.recipe), "parent": model.name})


def _recipe(name: str, body: dict[str, Any], base: Recipe) -> Recipe:
    """The base's recipe with what the request says instead; parameters add to the base's."""
    template, system = text_of(body, "template"), text_of(body, "system")
    if template and "{%" not in template and "messages" not in template:
        raise RefusalError(
            400,
            "template: this server runs Jinja templates, as they stand in GGUF files, not Ollama's Go templates; "
            "leave it out to use the file's own",
        )
    licence = body.get("license") or base.license
    licence = [licence] if isinstance(licence, str) else licence
    if not isinstance(licence, list) or not all(isinstance(one, str) for one in licence):
        raise RefusalError(400, "license must be a text or a list of texts")
    parameters = body.get("parameters") or {}
    read_options(parameters, {})  # says what has the wrong type
    messages = body.get("messages") or base.messages
    read_messages(messages, name)
    return Recipe(
        system=system or base.system,
        template=template or base.template,
        parameters={**base.parameters, **parameters},
        messages=messages,
        license=licence,
        parent=base.parent,
    )
