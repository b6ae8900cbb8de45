"""Fakes that answer with the real library's objects and record what they were sent."""

from __future__ import annotations

import inspect
import json
from pathlib import Path

import ollama
import pytest

from dojo.fakes import FakeChat, fake_chat, sample_chat

HELLO = [{"role": "user", "content": "Hi"}]


def test_a_reply_is_a_real_ollama_response_read_either_way() -> None:
    reply = fake_chat({"content": "Hello", "thinking": "Hm", "eval_count": 5, "eval_duration": 10})("m", HELLO)
    assert isinstance(reply, ollama.ChatResponse)
    assert reply.message.content == reply["message"]["content"] == "Hello"
    assert (reply.message.thinking, reply.eval_count, reply.eval_duration, reply.model) == ("Hm", 5, 10, "m")


def test_each_request_is_recorded_as_it_was_when_sent() -> None:
    chat = fake_chat("a", "b")
    messages = list(HELLO)
    chat(model="m", messages=messages, options={"seed": 1})
    messages.append({"role": "assistant", "content": "a"})
    assert chat.calls[0]["messages"] == HELLO
    assert chat.calls[0]["options"] == {"seed": 1}


def test_replies_come_in_order_and_errors_are_raised() -> None:
    chat = fake_chat("first", ollama.ResponseError("gone", 404), lambda request: request["model"].upper())
    assert chat("m", HELLO).message.content == "first"
    with pytest.raises(ollama.ResponseError, match="gone"):
        chat("m", HELLO)
    assert chat("m", HELLO).message.content == "M"


def test_one_call_too_many_is_told() -> None:
    chat = fake_chat("only")
    chat("m", HELLO)
    with pytest.raises(AssertionError, match=r"chat was called 2 times; 1 call was expected"):
        chat("m", HELLO)


def test_a_stream_gives_the_words_then_the_metrics() -> None:
    chunks = list(fake_chat({"content": "one two", "eval_count": 2})("m", HELLO, stream=True))
    assert [chunk.message.content for chunk in chunks] == ["one ", "two", ""]
    assert [chunk.done for chunk in chunks] == [False, False, True]
    assert chunks[-1].eval_count == 2


def test_tool_calls_can_be_written_short() -> None:
    reply = fake_chat({"tool_calls": [("add", {"a": 1})]})("m", HELLO)
    assert reply.message.tool_calls[0].function.name == "add"
    assert reply.message.tool_calls[0].function.arguments == {"a": 1}


def test_the_fake_takes_what_the_real_chat_takes_and_refuses_the_rest() -> None:
    real = set(inspect.signature(ollama.Client.chat).parameters)
    assert real <= set(inspect.signature(FakeChat.__call__).parameters) | {"self"}
    with pytest.raises(TypeError, match=r"^chat\(\) got an unexpected keyword argument 'temperature'"):
        fake_chat("x")("m", HELLO, temperature=0)  # type: ignore[call-arg]  # the mistake under test


def test_sample_replies_are_found_by_model_and_question(tmp_path: Path) -> None:
    path = tmp_path / "replies.json"
    rows = [
        {"model": "alpha:1b", "question": "Hi", "content": "Hello", "eval_count": 3},
        {"model": "beta:2b", "content": "Whatever you ask"},
    ]
    path.write_text(json.dumps({"note": "invented", "replies": rows}), encoding="utf-8")
    chat = sample_chat(path)
    assert chat(model="alpha:1b", messages=HELLO).eval_count == 3
    assert chat("beta:2b", HELLO).message.content == chat("beta:2b", HELLO).message.content == "Whatever you ask"
    with pytest.raises(ollama.ResponseError, match="model 'gamma:1b' not found"):
        chat(model="gamma:1b", messages=HELLO)
