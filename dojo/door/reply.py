"""llama.cpp's chunks become pieces of a reply, in the terms of Ollama's messages."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

__all__ = ["End", "Piece", "chat_pieces", "complete_pieces"]


@dataclass(frozen=True)
class Piece:
    """A little more of the reply; any part may be empty."""

    content: str = ""
    thinking: str = ""
    tool_calls: tuple[dict[str, Any], ...] = ()
    logprobs: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class End:
    """The reply is over: why (stop or length), tokens read and written, and the nanoseconds that took."""

    reason: str
    prompt_tokens: int
    prompt_duration: int
    reply_tokens: int
    reply_duration: int

    def metrics(self) -> dict[str, int]:
        return {
            "prompt_eval_count": self.prompt_tokens,
            "prompt_eval_duration": self.prompt_duration,
            "eval_count": self.reply_tokens,
            "eval_duration": self.reply_duration,
        }


Chunks = AsyncGenerator[dict[str, Any], None]


async def chat_pieces(chunks: Chunks, top: int) -> AsyncGenerator[Piece | End, None]:
    """Of a chat: text, thinking, each tool call once it is whole; `top` as for `complete_pieces`."""
    calls = _Calls()
    reason = "stop"
    usage: dict[str, Any] = {}
    timings: dict[str, Any] = {}
    async with aclosing(chunks):  # or an unread reply would keep its slot until Python tidies up
        async for chunk in chunks:
            usage, timings = chunk.get("usage") or usage, chunk.get("timings") or timings
            for choice in chunk.get("choices", []):
                if choice.get("finish_reason"):
                    reason = "length" if choice["finish_reason"] == "length" else "stop"
                delta = choice.get("delta") or {}
                piece = Piece(
                    delta.get("content") or "",
                    delta.get("reasoning_content") or "",
                    tuple(calls.add(delta.get("tool_calls") or [])),
                    _logprobs((choice.get("logprobs") or {}).get("content"), top),
                )
                if piece != _NOTHING:
                    yield piece
    if last := tuple(calls.finish()):
        yield Piece(tool_calls=last)
    yield _end(reason, usage.get("prompt_tokens", 0), usage.get("completion_tokens", 0), timings)


async def complete_pieces(chunks: Chunks, top: int) -> AsyncGenerator[Piece | End, None]:
    """Of a plain continuation; `top` alternatives are shown for each token whose probability is."""
    async with aclosing(chunks):
        async for chunk in chunks:
            piece = Piece(chunk.get("content") or "", logprobs=_logprobs(chunk.get("completion_probabilities"), top))
            if piece != _NOTHING:
                yield piece
            if chunk.get("stop"):
                reason = "length" if chunk.get("stop_type") == "limit" or chunk.get("truncated") else "stop"
                timings = chunk.get("timings") or {}
                yield _end(reason, chunk.get("tokens_evaluated", 0), chunk.get("tokens_predicted", 0), timings)


class _Calls:
    """Tool calls that arrive in parts: the arguments are a JSON text, cut anywhere."""

    def __init__(self) -> None:
        self._open: dict[int, dict[str, str]] = {}

    def add(self, deltas: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Take parts in; give the calls that are whole because a later one has begun."""
        done: list[dict[str, Any]] = []
        for delta in deltas:
            index = int(delta.get("index", 0))
            if index not in self._open:
                done += self.finish()
                self._open[index] = {"id": "", "name": "", "arguments": ""}
            call, function = self._open[index], delta.get("function") or {}
            call["id"] = delta.get("id") or call["id"]
            call["name"] += function.get("name") or ""
            call["arguments"] += function.get("arguments") or ""
        return done

    def finish(self) -> list[dict[str, Any]]:
        """Give what is open and whole. A call that the token limit cut off is no call."""
        done = []
        for index, call in self._open.items():
            try:
                arguments = json.loads(call["arguments"] or "{}")
            except ValueError:
                continue
            if isinstance(arguments, dict):
                function = {"index": index, "name": call["name"], "arguments": arguments}
                done.append({"id": call["id"] or f"call_{index}", "function": function})
        self._open.clear()
        return done


_NOTHING = Piece()


def _end(reason: str, prompt_tokens: int, reply_tokens: int, timings: dict[str, Any]) -> End:
    def nanoseconds(key: str) -> int:
        return int(timings.get(key, 0) * 1_000_000)

    return End(reason, prompt_tokens, nanoseconds("prompt_ms"), reply_tokens, nanoseconds("predicted_ms"))


def _logprobs(given: list[dict[str, Any]] | None, top: int) -> tuple[dict[str, Any], ...]:
    def plain(one: dict[str, Any]) -> dict[str, Any]:
        return {"token": one["token"], "logprob": one["logprob"], "bytes": one.get("bytes") or []}

    return tuple(
        {**plain(one), "top_logprobs": [plain(other) for other in one.get("top_logprobs", [])[:top]]}
        for one in given or []
    )
