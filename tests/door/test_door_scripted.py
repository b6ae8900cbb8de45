"""Tool calls, thinking and the queue, against an engine that says what a test tells it to: no weights, no process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import ollama
import pytest
from gguf_file import THINKING_TEMPLATE, write_tiny_model

from dojo.door.app import make_app
from dojo.door.engine import Load
from dojo.door.errors import EngineError
from dojo.door.keeper import Keeper

ASKED: Any = [{"role": "user", "content": "What is 1 + 2?"}]
END = {
    "choices": [],
    "usage": {"prompt_tokens": 9, "completion_tokens": 4},
    "timings": {"prompt_ms": 2, "predicted_ms": 3},
}


class Scripted:
    """An engine that streams the given chunks and notes what it was asked."""

    has_gpu = False

    def __init__(self, *chunks: dict[str, Any] | EngineError) -> None:
        self.chunks = chunks
        self.asked: list[dict[str, Any]] = []
        self.closed = 0

    async def stream(self, what: str, body: dict[str, Any]) -> AsyncGenerator[dict[str, Any], None]:
        self.asked.append(body)
        for chunk in self.chunks:
            if isinstance(chunk, EngineError):
                raise chunk
            yield chunk

    async def ask(self, what: str, body: dict[str, Any]) -> dict[str, Any]:
        return {"prompt": "", "tokens": []}

    def alive(self) -> bool:
        return not self.closed

    def memory(self) -> int:
        self.looked_at()
        return 1

    def looked_at(self) -> None:
        """What happens meanwhile, as a test has it."""

    async def close(self) -> None:
        self.closed += 1


def delta(finish: str | None = None, **fields: Any) -> dict[str, Any]:
    return {"choices": [{"index": 0, "delta": fields, "finish_reason": finish}]}


def call(index: int, arguments: str, **named: str) -> dict[str, Any]:
    function = {"arguments": arguments, **({"name": named["name"]} if "name" in named else {})}
    return delta(tool_calls=[{"index": index, "id": named.get("id"), "function": function}])


def run(tmp_path: Path, engine: Scripted, work: Callable[[ollama.AsyncClient], Awaitable[Any]]) -> Any:
    """What `work` gives, with a client of an app that has this engine behind it."""
    write_tiny_model(tmp_path / "wise.gguf", template=THINKING_TEMPLATE)

    async def start(_: Load) -> Scripted:
        return engine

    async def inside() -> Any:
        app = make_app(tmp_path, keeper=Keeper(start=start))
        async with app.router.lifespan_context(app):
            client = ollama.AsyncClient(host="http://127.0.0.1", transport=httpx.ASGITransport(app))
            try:
                return await work(client)
            finally:
                await client.close()

    return asyncio.run(inside())


def test_tool_calls_in_pieces_become_whole_objects(tmp_path: Path) -> None:
    engine = Scripted(
        call(0, "", id="abc", name="add"), call(0, '{"a": 1, '), call(0, '"b": 2}'),
        call(1, '{"a": 3}', name="add"), delta("tool_calls"), END,
    )  # fmt: skip
    tools: Any = [{"type": "function", "function": {"name": "add", "description": "Add."}}]

    async def ask(client: ollama.AsyncClient) -> list[ollama.ChatResponse]:
        stream = await client.chat("wise", ASKED, tools=tools, stream=True)
        return [part async for part in stream]

    *parts, end = run(tmp_path, engine, ask)
    calls = [one.function for part in parts for one in part.message.tool_calls]
    assert [(one.name, one.arguments) for one in calls] == [("add", {"a": 1, "b": 2}), ("add", {"a": 3})]
    assert (end.done_reason, end.eval_count, end.eval_duration) == ("stop", 4, 3_000_000)
    (asked,) = engine.asked
    assert asked["tools"][0]["function"]["parameters"] == {"type": "object", "properties": {}}


def test_a_tool_call_that_was_cut_off_is_no_call(tmp_path: Path) -> None:
    engine = Scripted(call(0, '{"a": 1', name="add"), delta("length"), END)
    reply = run(tmp_path, engine, lambda client: client.chat("wise", ASKED))
    assert (reply.message.tool_calls, reply.done_reason) == (None, "length")


def test_the_tool_loop_reaches_the_engine_in_its_dialect(tmp_path: Path) -> None:
    engine = Scripted(delta(content="3"), delta("stop"), END)
    messages: Any = [
        *ASKED,
        {"role": "assistant", "thinking": "Use both.", "tool_calls": [
            {"function": {"name": "add", "arguments": {"a": 1}}}, {"function": {"name": "now", "arguments": {}}},
        ]},
        {"role": "tool", "tool_name": "now", "content": "noon"},
        {"role": "tool", "content": "3"},
    ]  # fmt: skip
    run(tmp_path, engine, lambda client: client.chat("wise", messages))
    _, assistant, noon, three = engine.asked[0]["messages"]
    assert assistant["reasoning_content"] == "Use both."
    assert [one["function"]["arguments"] for one in assistant["tool_calls"]] == ['{"a": 1}', "{}"]
    first, second = (one["id"] for one in assistant["tool_calls"])
    assert (noon["tool_call_id"], noon["name"], three["tool_call_id"]) == (second, "now", first)


def test_thinking_comes_apart_from_the_reply(tmp_path: Path) -> None:
    engine = Scripted(
        delta(reasoning_content="Hm, "), delta(reasoning_content="3."), delta(content="3"), delta("stop"), END
    )
    reply = run(tmp_path, engine, lambda client: client.chat("wise", ASKED))
    assert (reply.message.thinking, reply.message.content) == ("Hm, 3.", "3")
    text = run(tmp_path, engine, lambda client: client.generate("wise", "1 + 2?"))
    assert (text.thinking, text.response) == ("Hm, 3.", "3")


@pytest.mark.parametrize(
    ("think", "told"),
    [
        (None, {"enable_thinking": True}),
        (True, {"enable_thinking": True}),
        (False, {"enable_thinking": False}),
        ("low", {"enable_thinking": True, "reasoning_effort": "low"}),
    ],
)
def test_think_reaches_the_template(tmp_path: Path, think: Any, told: dict[str, Any]) -> None:
    engine = Scripted(delta("stop"), END)
    run(tmp_path, engine, lambda client: client.chat("wise", ASKED, think=think))
    assert engine.asked[0]["chat_template_kwargs"] == told


def test_options_go_out_in_the_engines_words_with_ollamas_defaults(tmp_path: Path) -> None:
    engine = Scripted(delta("stop"), END)
    options = {"num_predict": -2, "num_keep": 9, "seed": 7, "stop": ["a"], "min_p": 0.2}
    run(tmp_path, engine, lambda client: client.chat("wise", ASKED, options=options))
    wanted = {
        "n_predict": -1, "n_keep": 9, "seed": 7, "stop": ["a"], "min_p": 0.2, "top_p": 0.9, "top_k": 40,
        "temperature": 0.8, "repeat_penalty": 1.0, "repeat_last_n": 64, "typical_p": 1.0,
    }  # fmt: skip
    assert {key: engine.asked[0][key] for key in wanted} == wanted


def test_an_error_before_the_first_chunk_keeps_its_status(tmp_path: Path) -> None:
    engine = Scripted(EngineError(400, "invalid_request_error", "no such grammar"))

    async def ask(client: ollama.AsyncClient) -> None:
        async for _ in await client.chat("wise", ASKED, stream=True):
            pass

    with pytest.raises(ollama.ResponseError, match="no such grammar") as caught:
        run(tmp_path, engine, ask)
    assert caught.value.status_code == 400


def test_an_error_in_mid_stream_is_the_last_line(tmp_path: Path) -> None:
    engine = Scripted(delta(content="3"), EngineError(500, "died", "the engine stopped"))
    heard = []

    async def ask(client: ollama.AsyncClient) -> None:
        async for part in await client.chat("wise", ASKED, stream=True):
            heard.append(part.message.content)

    with pytest.raises(ollama.ResponseError, match="the engine stopped") as caught:
        run(tmp_path, engine, ask)
    assert (heard, caught.value.status_code) == (["3"], -1)
    with pytest.raises(ollama.ResponseError) as caught:
        run(tmp_path, engine, lambda client: client.chat("wise", ASKED))
    assert caught.value.status_code == 500


def test_an_engine_that_cannot_load_says_why(tmp_path: Path) -> None:
    write_tiny_model(tmp_path / "wise.gguf")

    async def start(load: Load) -> Scripted:
        raise EngineError(500, "loading", "not enough memory")

    async def inside() -> None:
        keeper = Keeper(start=start)
        app = make_app(tmp_path, keeper=keeper)
        async with app.router.lifespan_context(app):
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
                reply = await client.post("/api/chat", json={"model": "wise", "messages": ASKED})
                assert reply.status_code == 500
                assert reply.json()["error"].endswith("wise.gguf: not enough memory")
                assert not keeper.busy

    asyncio.run(inside())


def test_models_that_go_while_they_are_listed_spoil_no_list(tmp_path: Path) -> None:
    write_tiny_model(tmp_path / "one.gguf")
    write_tiny_model(tmp_path / "two.gguf")
    engine = Scripted(delta("stop"), END)
    keeper = Keeper(start=lambda _: asyncio.sleep(0, engine))
    engine.looked_at = keeper.loaded.clear  # type: ignore[method-assign]  # the test's meanwhile

    async def inside() -> Any:
        app = make_app(tmp_path, keeper=keeper)
        async with app.router.lifespan_context(app):
            client = ollama.AsyncClient(host="http://127.0.0.1", transport=httpx.ASGITransport(app))
            for name in ("one", "two"):
                await client.generate(name)
            found = await client.ps()
            await client.close()
            return [one.model for one in found.models]

    assert asyncio.run(inside()) == ["one:latest", "two:latest"]


def test_the_engine_is_closed_when_the_door_ends(tmp_path: Path) -> None:
    engine = Scripted(delta("stop"), END)
    run(tmp_path, engine, lambda client: client.chat("wise", ASKED, keep_alive=-1))
    assert engine.closed == 1
