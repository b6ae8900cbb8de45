"""POST /api/chat and POST /api/generate."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from dojo.door import translate
from dojo.door.errors import RefusalError
from dojo.door.job import Job
from dojo.door.stream import answer

__all__ = ["chat", "generate", "join_lines"]


async def chat(request: Request) -> Response:
    """A talk of many turns, with tools."""
    job = await Job.read(request)
    messages = translate.read_messages(job.body.get("messages"), job.name)
    tools = translate.read_tools(job.body.get("tools"))
    if tools and "tools" not in job.model.capabilities:
        raise RefusalError(400, f"{job.name} does not support tools")
    if not messages:
        return await job.only_load(request, {"message": {"role": "assistant", "content": ""}})
    job.needs("chat")
    asked = job.chat_body(_opened(messages, job), tools)
    return await answer(request, job.lines(asked, "message"), job.body.get("stream"), join_lines)


async def generate(request: Request) -> Response:
    """One prompt, one reply."""
    job = await Job.read(request)
    body, model = job.body, job.model
    prompt, system, context = _read_generate(job)
    if not prompt:
        return await job.only_load(request, {"response": ""})
    job.needs("generate")
    system = system or model.recipe.system
    if body.get("raw"):
        asked = job.complete_body(prompt)
    elif not model.template:  # a model that only continues text
        asked = job.complete_body(system + prompt)
    else:
        before = _system(system) + ([] if context else translate.read_messages(model.recipe.messages, job.name))
        asked = job.chat_body([*before, {"role": "user", "content": prompt}], [])
    return await answer(request, job.lines(asked, "response", context), body.get("stream"), join_lines)


def _read_generate(job: Job) -> tuple[str, str, list[int]]:
    """Prompt, system prompt and the ids of the talk so far; raises RefusalError for what is not done here."""
    body = job.body
    prompt, system, context = body.get("prompt") or "", body.get("system") or "", body.get("context") or []
    if not isinstance(prompt, str) or not isinstance(system, str):
        raise RefusalError(400, "prompt and system must be text")
    if not isinstance(context, list) or not all(type(one) is int for one in context):
        raise RefusalError(400, "context must be a list of token ids")
    if body.get("raw") and (body.get("template") or system or context):
        raise RefusalError(400, "raw mode does not support template, system, or context")
    if body.get("suffix"):
        raise RefusalError(400, f"{job.name} does not support insert")
    if body.get("images"):
        raise RefusalError(400, f'"{job.name}" does not support images here; pictures need Ollama and a vision model')
    if any(body.get(field) for field in ("width", "height", "steps")):
        raise RefusalError(
            501, "this server makes no pictures; width, height and steps are for Ollama's picture models"
        )
    if body.get("template"):
        raise RefusalError(
            501, "this server runs the model's own template; put another into the model with /api/create"
        )
    return prompt, system, context


def _opened(messages: list[dict[str, Any]], job: Job) -> list[dict[str, Any]]:
    """The messages behind what the model's recipe says first."""
    recipe = job.model.recipe
    before = [] if messages[0]["role"] == "system" else _system(recipe.system)
    return [*before, *translate.read_messages(recipe.messages, job.name), *messages]


def _system(text: str) -> list[dict[str, Any]]:
    return [{"role": "system", "content": text}] if text else []


def join_lines(lines: list[dict[str, Any]]) -> dict[str, Any]:
    """All lines as one object: texts joined, the rest from the last line."""
    whole = dict(lines[-1])
    parts, target = lines, whole
    if "message" in whole:
        target = whole["message"] = dict(whole["message"])
        parts = [line["message"] for line in lines]
    for key in ("content", "response", "thinking"):
        if any(key in part for part in parts):
            target[key] = "".join(part.get(key, "") for part in parts)
    if calls := [call for part in parts for call in part.get("tool_calls", [])]:
        target["tool_calls"] = calls
    if logprobs := [one for line in lines for one in line.get("logprobs", [])]:
        whole["logprobs"] = logprobs
    return whole
