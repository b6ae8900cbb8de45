"""POST /api/embed, and the older POST /api/embeddings."""

from __future__ import annotations

import math
import time
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from dojo.door.engine import Engine
from dojo.door.errors import TOO_LONG, EngineError, RefusalError, as_refusal
from dojo.door.fit import tokens
from dojo.door.keeper import plan
from dojo.door.options import read_keep_alive, read_options
from dojo.door.stream import as_json, while_here
from dojo.door.wire import read_body, text_of

__all__ = ["embed", "embeddings"]

_MOST = 10_000  # texts in one request


async def embed(request: Request) -> Response:
    """Vectors of length 1 for one text or many; `dimensions` keeps that many numbers, scaled to length 1 again."""
    began = time.monotonic_ns()
    body = await read_body(request)
    texts = _texts(body.get("input"))
    dimensions = body.get("dimensions") or 0
    if type(dimensions) is not int or dimensions < 0:
        raise RefusalError(400, "dimensions must be a whole number")
    found, count, load_duration = await while_here(request.receive, _work(request, body, texts))
    return as_json(
        {
            "model": body["model"],
            "embeddings": [_unit(_unit(one)[: dimensions or None]) for one in found],
            "total_duration": time.monotonic_ns() - began,
            "load_duration": load_duration,
            "prompt_eval_count": count,
        }
    )


async def embeddings(request: Request) -> Response:
    """One text's vector as the model gives it, not scaled."""
    body = await read_body(request)
    prompt = text_of(body, "prompt")
    found, _, _ = await while_here(request.receive, _work(request, body, [prompt] if prompt else []))
    return as_json({"embedding": found[0] if found else []})


async def _work(request: Request, body: dict[str, Any], texts: list[str]) -> tuple[list[list[float]], int, int]:
    """The raw vectors, how many tokens were read, and the nanoseconds that loading took."""
    model = request.app.state.models.find(text_of(body, "model"))
    wishes = read_options(body.get("options"), model.recipe.parameters)
    load = plan(model, wishes, embedding=True)
    async with request.app.state.keeper.lease(model, load, read_keep_alive(body.get("keep_alive"))) as lease:
        try:
            found = []
            for text in texts:
                whole = text if body.get("truncate") is False else await _cut(lease.engine, text, load.context)
                found.append(await _ask(lease.engine, whole))
        except EngineError as fault:
            raise as_refusal(fault) from None
    return [vector for vector, _ in found], sum(count for _, count in found), lease.load_duration


async def _ask(engine: Engine, text: str) -> tuple[list[float], int]:
    try:
        said = await engine.ask("embed", {"input": text, "embd_normalize": -1})
    except EngineError as fault:
        if "too large" in str(fault):
            raise RefusalError(400, TOO_LONG) from None
        raise
    return [float(one) for one in said["data"][0]["embedding"]], int(said["usage"]["prompt_tokens"])


async def _cut(engine: Engine, text: str, context: int) -> str:
    """As much of the text's beginning as the model can read at once."""
    if len(text.encode("utf-8", "replace")) < context:  # no token is shorter than a byte; two may be added around
        return text
    ids = await tokens(engine, text)
    if len(ids) <= context:
        return text
    return str((await engine.ask("text", {"tokens": ids[: context - 2]}))["content"])


def _texts(given: Any) -> list[str]:
    if given is None or given == "":
        return []
    texts = [given] if isinstance(given, str) else given
    if not isinstance(texts, list) or not all(isinstance(one, str) for one in texts):
        raise RefusalError(400, "invalid input type")
    if len(texts) > _MOST:
        raise RefusalError(400, f"input has {len(texts)} texts; at most {_MOST} in one request")
    return texts


def _unit(vector: list[float]) -> list[float]:
    """The vector scaled to length 1."""
    if not all(math.isfinite(one) for one in vector):
        raise RefusalError(500, "embedding contains NaN or Inf values")
    length = max(math.sqrt(math.fsum(one * one for one in vector)), 1e-12)
    return [one / length for one in vector]
