"""The fakes that tests pass where a lab's function takes the real thing.

A fake records what it was sent and answers with real `ollama` objects, so that code written for it runs
unchanged against a real model.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ollama import ChatResponse

__all__ = ["FakeChat", "fake_chat", "sample_chat"]

Reply = str | dict[str, Any] | Exception | Callable[[dict[str, Any]], Any]

_MESSAGE_KEYS = {"content", "thinking", "tool_calls", "role"}


def fake_chat(*replies: Reply) -> FakeChat:
    """A stand-in for `ollama.chat` that gives these replies in order.

    A reply is a text; a dict of message fields (`content`, `thinking`, `tool_calls`) and metrics (`eval_count`,
    `eval_duration`, ... in nanoseconds); an exception to raise; or a function of the request that returns one of these.
    """
    return FakeChat(replies)


def sample_chat(path: Path | str) -> Callable[..., Any]:
    """A stand-in for `ollama.chat` that answers from a file of sample replies, as often as it is asked.

    The file is JSON: `{"note": "who wrote these and that they are invented", "replies": [{"model", "question",
    "content", ...}]}`. A reply fits when its model is asked and its question is the last user message, or when it has
    no question. An unknown model is answered with the error that Ollama gives, `ollama.ResponseError` 404.
    """
    replies = json.loads(Path(path).read_text(encoding="utf-8"))["replies"]

    def chat(model: str = "", messages: Sequence[Any] | None = None, **settings: Any) -> Any:
        from ollama import ResponseError

        users = [m["content"] for m in messages or [] if m["role"] == "user"]
        for reply in replies:
            if reply["model"] == model and reply.get("question") in (None, users[-1] if users else None):
                fields = {key: value for key, value in reply.items() if key not in ("model", "question")}
                return FakeChat([fields])(model, messages, **settings)
        raise ResponseError(f"model '{model}' not found", 404)

    return chat


class FakeChat:
    """Callable as `ollama.chat` is; `calls` holds every request, as it was when it was sent."""

    __name__ = "chat"

    def __init__(self, replies: Sequence[Reply]) -> None:
        self._replies = list(replies)
        self.calls: list[dict[str, Any]] = []

    def __call__(
        self,
        model: str = "",
        messages: Sequence[Any] | None = None,
        *,
        tools: Sequence[Any] | None = None,
        stream: bool = False,
        think: bool | str | None = None,
        logprobs: bool | None = None,
        top_logprobs: int | None = None,
        format: Any = None,  # noqa: A002  # the real library's name
        options: Any = None,
        keep_alive: float | str | None = None,
    ) -> Any:
        """Record the request and give the next prepared reply: a ChatResponse, or an iterator of them when streamed."""
        sent = {
            "model": model,
            "messages": messages,
            "tools": tools,
            "stream": stream,
            "think": think,
            "logprobs": logprobs,
            "top_logprobs": top_logprobs,
            "format": format,
            "options": options,
            "keep_alive": keep_alive,
        }
        request = {key: copy.deepcopy(value) for key, value in sent.items()}
        self.calls.append(request)
        if len(self.calls) > len(self._replies):
            expected = "1 call was" if len(self._replies) == 1 else f"{len(self._replies)} calls were"
            raise AssertionError(f"chat was called {len(self.calls)} times; {expected} expected.")
        reply = self._replies[len(self.calls) - 1]
        if not isinstance(reply, (str, dict, Exception)):
            reply = reply(request)
        if isinstance(reply, Exception):
            raise reply
        response = _response(model, reply)
        return _stream(response) if stream else response


# So that an unknown setting is told as "chat() got an unexpected keyword argument", as the real one tells it.
FakeChat.__call__.__qualname__ = "chat"


def _response(model: str, reply: Any) -> ChatResponse:
    from ollama import ChatResponse, Message

    if isinstance(reply, ChatResponse):
        return reply
    fields = {"content": reply} if isinstance(reply, str) else dict(reply)
    message = {"role": "assistant", "content": ""} | {k: fields.pop(k) for k in list(fields) if k in _MESSAGE_KEYS}
    if message.get("tool_calls"):
        message["tool_calls"] = [_tool_call(call) for call in message["tool_calls"]]
    metrics = {"done": True, "done_reason": "stop", "created_at": "2026-01-01T00:00:00Z"} | fields
    return ChatResponse(model=model, message=Message(**message), **metrics)


def _tool_call(call: Any) -> Any:
    """`("name", {...})` is short for Ollama's nested tool call."""
    if isinstance(call, tuple):
        return {"function": {"name": call[0], "arguments": call[1]}}
    return call


def _stream(response: ChatResponse) -> Iterator[ChatResponse]:
    """The words of the reply one by one, then Ollama's empty last chunk that carries the metrics."""
    from ollama import ChatResponse, Message

    for word in _words(response.message.content or ""):
        yield ChatResponse(model=response.model, message=Message(role="assistant", content=word), done=False)
    last = response.model_copy(deep=True)
    last.message.content = ""
    yield last


def _words(text: str) -> list[str]:
    parts = text.split(" ")
    return [part + " " for part in parts[:-1]] + parts[-1:]
