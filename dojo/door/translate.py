"""A chat in Ollama's words becomes one in llama.cpp's.

Not covered: pictures, and a JSON schema's finer points. llama.cpp keeps to types, required keys, enums, `$ref`, lists
and bounds of integers; it ignores bounds of fractions and a `pattern` with `\\d` (write `[0-9]`); and a reply that ends
at `num_predict` or at the context's end is cut-off JSON. So validate, and try once more.
"""

from __future__ import annotations

import json
from typing import Any

from dojo.door.errors import RefusalError
from dojo.door.models import Model

__all__ = ["as_grammar", "chat_body", "read_messages", "read_think", "read_tools", "read_top_logprobs"]

_LEVELS = ("low", "medium", "high", "max")


def read_messages(given: Any, model: str) -> list[dict[str, Any]]:
    """Messages with tool calls as llama.cpp wants them; raises RefusalError 400 for what is no message."""
    if not isinstance(given, list | None):
        raise RefusalError(400, "messages must be a list")
    open_calls: list[tuple[str, str]] = []  # id and name of calls that no tool message has answered yet
    return [_message(one, model, open_calls) for one in given or []]


def read_tools(given: Any) -> list[dict[str, Any]]:
    """Tools, which have the same shape on both sides; raises RefusalError 400."""
    if not isinstance(given, list | None):
        raise RefusalError(400, "tools must be a list")
    for one in given or []:
        if not isinstance(one, dict) or not isinstance(one.get("function"), dict) or not one["function"].get("name"):
            raise RefusalError(400, 'each tool must be like {"type": "function", "function": {"name": ...}}')
    # Ollama fills in the type; llama.cpp insists on it, and on parameters.
    return [
        {
            "type": "function",
            "function": {"parameters": {"type": "object", "properties": {}}, **_present(one["function"])},
        }
        for one in given or []
    ]


def read_think(given: Any, name: str, model: Model) -> dict[str, Any]:
    """What the chat template is told; raises RefusalError 400 for another value, or a model that can't."""
    if given is not None and not isinstance(given, bool) and given not in _LEVELS:
        raise RefusalError(
            400, f'invalid think value: {json.dumps(given)} (must be "high", "medium", "low", "max", true, or false)'
        )
    if "thinking" not in model.capabilities:
        if given:
            raise RefusalError(400, f'"{name}" does not support thinking')
        return {}
    thinks = given is None or bool(given)  # thinking models think unless told otherwise
    return {"enable_thinking": thinks, **({"reasoning_effort": given} if isinstance(given, str) else {})}


def read_top_logprobs(body: dict[str, Any]) -> int:
    """How many alternatives to show for each token; raises RefusalError 400 outside 0 to 20."""
    top = body.get("top_logprobs") or 0
    if not isinstance(top, int) or isinstance(top, bool) or not 0 <= top <= 20:
        raise RefusalError(400, "top_logprobs must be between 0 and 20")
    return top


def as_grammar(given: Any) -> dict[str, Any] | None:
    """The JSON schema that `format` stands for, None for free text; raises RefusalError 400 for anything else."""
    if given is None or given == "":
        return None
    if given == "json":
        return {"type": "object"}
    if isinstance(given, dict):
        return given
    raise RefusalError(400, f'invalid format: {json.dumps(given)}; expected "json" or a valid JSON Schema object')


def chat_body(
    messages: list[dict[str, Any]],
    tools: list[dict[str, Any]],
    kwargs: dict[str, Any],
    schema: dict[str, Any] | None,
    sampling: dict[str, Any],
) -> dict[str, Any]:
    """What the engine is asked."""
    body: dict[str, Any] = {"messages": messages, **sampling, "stream_options": {"include_usage": True}}
    if tools:
        body |= {"tools": tools, "parallel_tool_calls": True}
    if kwargs:
        body["chat_template_kwargs"] = kwargs
    if schema is not None:
        body["response_format"] = {"type": "json_schema", "json_schema": {"schema": schema}}
    return body


def _message(given: Any, model: str, open_calls: list[tuple[str, str]]) -> dict[str, Any]:
    if not isinstance(given, dict) or not isinstance(given.get("role"), str):
        raise RefusalError(400, 'each message must be like {"role": "user", "content": "..."}')
    content = given.get("content")
    if not isinstance(content, str | None):
        raise RefusalError(400, "a message's content must be text")
    if given.get("images"):
        raise RefusalError(400, f'"{model}" does not support images here; pictures need Ollama and a vision model')
    message: dict[str, Any] = {"role": given["role"], "content": content or ""}
    if isinstance(given.get("thinking"), str) and given["thinking"]:
        message["reasoning_content"] = given["thinking"]
    if given.get("tool_calls"):
        message["tool_calls"] = [
            _call(one, len(open_calls) + place, open_calls) for place, one in enumerate(given["tool_calls"])
        ]
    if given["role"] == "tool":
        message |= _answered(given, open_calls)
    return message


def _call(given: Any, number: int, open_calls: list[tuple[str, str]]) -> dict[str, Any]:
    try:
        name, arguments = given["function"]["name"], given["function"].get("arguments") or {}
        if not isinstance(name, str) or not isinstance(arguments, dict):
            raise TypeError
    except (KeyError, TypeError, AttributeError):
        raise RefusalError(400, 'each tool call must be like {"function": {"name": ..., "arguments": {...}}}') from None
    key = str(given.get("id") or f"call_{number}")
    open_calls.append((key, name))
    return {"id": key, "type": "function", "function": {"name": name, "arguments": json.dumps(arguments)}}


def _answered(given: dict[str, Any], open_calls: list[tuple[str, str]]) -> dict[str, Any]:
    """Which call a tool's message answers: the one it names, else the oldest open one."""
    name = given.get("tool_name") or given.get("name")
    fitting = [one for one in open_calls if one[0] == given.get("tool_call_id")]
    fitting = fitting or [one for one in open_calls if one[1] == name] or open_calls[:1]
    if not fitting:
        return {"tool_call_id": str(given.get("tool_call_id") or "call_0"), **({"name": str(name)} if name else {})}
    open_calls.remove(fitting[0])
    return {"tool_call_id": fitting[0][0], "name": str(name or fitting[0][1])}


def _present(function: dict[str, Any]) -> dict[str, Any]:
    """Without what the Python package sends as null, which a schema must not hold."""
    return {key: value for key, value in function.items() if value is not None}
