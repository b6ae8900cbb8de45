"""Make a long chat fit the context: drop the oldest turns, keep every system message and the last turn."""

from __future__ import annotations

from typing import Any

from dojo.door.engine import Engine
from dojo.door.errors import TOO_LONG, RefusalError

__all__ = ["TOO_MANY", "fitted", "render", "tokens"]

TOO_MANY = "exceed_context_size_error"  # how llama.cpp names a prompt that does not fit


async def render(engine: Engine, body: dict[str, Any]) -> str:
    """The prompt as the model reads it, after the chat template."""
    known: dict[str, Any] = {key: body[key] for key in ("messages", "tools", "chat_template_kwargs") if key in body}
    return str((await engine.ask("render", known))["prompt"])


async def tokens(engine: Engine, text: str) -> list[int]:
    """The ids of a text; control tokens such as <|im_start|> are read as such."""
    asked = {"content": text, "add_special": True, "parse_special": True}
    return [int(one) for one in (await engine.ask("tokens", asked))["tokens"]]


async def fitted(engine: Engine, body: dict[str, Any], context: int) -> dict[str, Any]:
    """The body with as many of the newest turns as leave room for a reply; `context` is in tokens.

    Raises RefusalError 400 when the last turn alone is too long.
    """
    messages = body["messages"]
    turns = [place for place, one in enumerate(messages) if one["role"] != "system"]

    def without(dropped: int) -> dict[str, Any]:
        gone = set(turns[:dropped])
        return {**body, "messages": [one for place, one in enumerate(messages) if place not in gone]}

    async def fits(dropped: int) -> bool:
        return len(await tokens(engine, await render(engine, without(dropped)))) < context

    low, high = 1, len(turns) - 1  # the answer lies between; dropping none did not fit
    if high < low or not await fits(high):
        raise RefusalError(400, TOO_LONG)
    while low < high:
        middle = (low + high) // 2
        if await fits(middle):
            high = middle
        else:
            low = middle + 1
    return without(low)
