"""The real `ollama` package, used in every way its README shows, sync and async."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import ollama
import pytest
from door_kit import Running
from gguf_file import write_tiny_model
from pydantic import BaseModel, ConfigDict

pytest_plugins = ["door_fixtures"]

ASKED: Any = [{"role": "user", "content": "Why is the sky blue?"}]
SHORT = {"num_predict": 6, "temperature": 0}
SCHEMA = {
    "type": "object",
    "properties": {"ok": {"type": "boolean"}, "colour": {"enum": ["red", "green"]}},
    "required": ["ok", "colour"],
}


def test_chat_whole_and_streamed_are_the_same_text(door: Running) -> None:
    whole = door.client.chat(model="tiny", messages=ASKED, options=SHORT)
    assert whole["message"]["content"] == whole.message.content
    assert (whole.done_reason, whole.eval_count) == ("length", 6)
    parts = list(door.client.chat(model="tiny", messages=ASKED, options=SHORT, stream=True))
    assert "".join(part.message.content or "" for part in parts) == whole.message.content
    assert parts[-1].done
    assert parts[-1].total_duration > 0


def test_generate_whole_and_streamed_are_the_same_text(door: Running) -> None:
    whole = door.client.generate(model="tiny", prompt="Why?", system="Be brief.", options=SHORT)
    parts = list(door.client.generate(model="tiny", prompt="Why?", system="Be brief.", options=SHORT, stream=True))
    assert "".join(part.response for part in parts) == whole.response
    assert whole.context == parts[-1].context
    assert len(whole.context or []) > 6


def test_async_client_chats_eight_times_at_once(door: Running) -> None:
    async def ask() -> list[ollama.ChatResponse]:
        client = ollama.AsyncClient(host=door.url, trust_env=False)
        replies = await asyncio.gather(*(client.chat(model="tiny", messages=ASKED, options=SHORT) for _ in range(8)))
        stream = await client.chat(model="tiny", messages=ASKED, options=SHORT, stream=True)
        parts = [part async for part in stream]
        text = await client.generate(model="tiny", prompt="Why?", options=SHORT)
        vectors = await client.embed(model="tiny", input=["one", "two"])
        listed, shown = await client.list(), await client.show("tiny")
        await client.close()
        assert "".join(part.message.content or "" for part in parts) == replies[0].message.content
        assert text.done
        assert len(vectors.embeddings) == 2
        assert shown.details is not None
        assert "tiny:latest" in [one.model for one in listed.models]
        return list(replies)

    texts = {reply.message.content for reply in asyncio.run(ask())}
    assert len(texts) == 1


@pytest.mark.parametrize("options", [{"temperature": 0}, {"seed": 42, "temperature": 1.5}])
def test_temperature_zero_and_a_seed_repeat_exactly(door: Running, options: dict[str, Any]) -> None:
    texts = {
        door.client.chat(model="tiny", messages=ASKED, options={**options, "num_predict": 40}).message.content
        for _ in range(3)
    }
    assert len(texts) == 1


def test_another_seed_gives_another_text_and_no_seed_gives_chance(door: Running) -> None:
    def text(**options: Any) -> str:
        reply = door.client.chat(model="tiny", messages=ASKED, options={"num_predict": 40, **options})
        return str(reply.message.content)

    assert text(seed=1) != text(seed=2)
    assert text() != text()


def test_a_schema_is_kept_also_by_a_model_without_sense(door: Running) -> None:
    class Row(BaseModel):
        model_config = ConfigDict(extra="forbid")
        ok: bool
        colour: str

    reply = door.client.chat(
        model="tiny", messages=ASKED, format=SCHEMA, options={"temperature": 0, "num_predict": 200}
    )
    assert Row.model_validate_json(reply.message.content or "").colour in ("red", "green")
    text = door.client.generate(model="base", prompt="Row:", format=SCHEMA, options={"seed": 1, "num_predict": 300})
    if text.done_reason == "stop":  # else it is cut off, which the door does not promise away
        Row.model_validate_json(text.response)


def test_format_json_begins_an_object(door: Running) -> None:
    reply = door.client.chat(model="tiny", messages=ASKED, format="json", options={"temperature": 0, "num_predict": 8})
    assert (reply.message.content or "").lstrip().startswith("{")


def test_tools_as_python_functions_reach_the_template(door: Running) -> None:
    def add(a: int, b: int) -> int:
        """Add two numbers.

        Args:
            a: The first.
            b: The second.
        """
        return a + b

    reply = door.client.chat(model="tiny", messages=ASKED, tools=[add], options=SHORT)
    assert reply.done
    plain = door.client.chat(model="tiny", messages=ASKED, options=SHORT)
    assert (reply.prompt_eval_count or 0) > (plain.prompt_eval_count or 0) + 100
    call: Any = {"function": {"name": "add", "arguments": {"a": 1, "b": 2}}}
    loop: Any = [
        *ASKED,
        {"role": "assistant", "content": "", "tool_calls": [call]},
        {"role": "tool", "tool_name": "add", "content": "3"},
    ]
    assert door.client.chat(model="tiny", messages=loop, tools=[add], options=SHORT).done


def test_logprobs_are_parsed_by_the_client(door: Running) -> None:
    reply = door.client.chat(model="tiny", messages=ASKED, logprobs=True, top_logprobs=2, options=SHORT)
    assert reply.logprobs
    assert all(len(one.top_logprobs or []) == 2 for one in reply.logprobs)
    text = door.client.generate(model="tiny", prompt="hi", logprobs=True, options=SHORT)
    assert "".join(one.token for one in text.logprobs or []) == text.response


def test_stop_words_end_a_reply_and_are_not_shown(door: Running) -> None:
    options = {"temperature": 0, "num_predict": 100}
    text = door.client.generate(model="tiny", prompt="hi", format=SCHEMA, options=options).response
    stop = '"colour'
    cut = door.client.generate(model="tiny", prompt="hi", format=SCHEMA, options={**options, "stop": ["~", stop]})
    assert cut.response == text[: text.index(stop)]
    assert cut.done_reason == "stop"


def test_embed_one_and_many(door: Running) -> None:
    texts = ["The sky is blue.", "Grass is green.", "The sky", "The sky is blue and far away."]
    for model in ("embedder", "tiny"):
        alone = [door.client.embed(model=model, input=text).embeddings[0] for text in texts]
        together = door.client.embed(model=model, input=texts).embeddings
        assert [list(one) for one in together] == [pytest.approx(one, abs=1e-5) for one in alone]
    old = door.client.embeddings(model="embedder", prompt="The sky is blue.")
    assert len(old.embedding) == 32


def test_list_show_and_ps(door: Running) -> None:
    door.client.generate(model="tiny", prompt="hi", options=SHORT, keep_alive="7m")
    assert "tiny:latest" in [one.model for one in door.client.list().models]
    assert door.client.show("tiny").capabilities == ["completion", "tools"]
    running = door.client.ps().models
    assert "tiny:latest" in [one.model for one in running]
    assert all(one.expires_at for one in running)


def test_create_from_a_model_with_a_system_prompt_and_parameters(door: Running) -> None:
    made = door.client.create(
        model="mario", from_="tiny", system="You are Mario.", parameters={"temperature": 0, "num_predict": 3},
        messages=[{"role": "user", "content": "Ho?"}, {"role": "assistant", "content": "Ho."}], license="mine",
    )  # fmt: skip
    assert made.status == "success"
    shown = door.client.show("mario")
    assert shown.parameters is not None
    assert "num_predict" in shown.parameters
    assert (shown.license, shown.details and shown.details.parent_model) == ("mine", "tiny:latest")
    reply = door.client.chat(model="mario", messages=ASKED)
    assert reply.eval_count == 3
    asked = {"model": "mario", "messages": ASKED, "stream": False, "_debug_render_only": True}
    prompt = door.http.post("/api/chat", json=asked).json()["_debug_info"]["rendered_template"]
    assert prompt.startswith("<|im_start|>system\nYou are Mario.<|im_end|>\n<|im_start|>user\nHo?")
    door.client.delete("mario")


def test_create_from_an_uploaded_file_streams_its_progress(door: Running, tmp_path: Path) -> None:
    path = write_tiny_model(tmp_path / "mine.gguf", seed=11)
    digest = door.client.create_blob(path)
    assert door.client.create_blob(path) == digest
    assert door.http.head(f"/api/blobs/{digest}").status_code == 200
    states = [one.status for one in door.client.create(model="me/mine:v1", files={"mine.gguf": digest}, stream=True)]
    assert states[-1] == "success"
    assert door.client.generate(model="me/mine:v1", prompt="hi", options=SHORT).done
    door.client.delete("me/mine:v1")
    assert door.http.head(f"/api/blobs/{digest}").status_code == 404


def test_copy_and_delete(door: Running) -> None:
    assert door.client.copy("thinker", "twin").status == "success"
    assert door.client.show("twin").capabilities == door.client.show("thinker").capabilities
    assert door.client.delete("twin").status == "success"
    with pytest.raises(ollama.ResponseError, match="model 'twin' not found") as caught:
        door.client.delete("twin")
    assert caught.value.status_code == 404
    assert door.client.show("thinker").details


def test_pull_and_push(door: Running) -> None:
    assert door.client.pull("tiny").status == "success"
    progress = list(door.client.pull("tiny", stream=True))
    assert progress[2].completed == progress[2].total
    with pytest.raises(ollama.ResponseError, match="fetches nothing from the network"):
        door.client.pull("qwen3:1.7b")
    with pytest.raises(ollama.ResponseError, match="fetches nothing from the network"):
        list(door.client.pull("qwen3:1.7b", stream=True))
    with pytest.raises(ollama.ResponseError, match="sends nothing to a network"):
        door.client.push("tiny")


def test_every_other_call_of_the_async_client(door: Running, tmp_path: Path) -> None:
    path = write_tiny_model(tmp_path / "mine.gguf", seed=12)

    async def work(client: ollama.AsyncClient) -> None:
        stream = await client.generate("tiny", "Why?", options=SHORT, stream=True)
        text = "".join([part.response async for part in stream])
        assert text == (await client.generate("tiny", "Why?", options=SHORT)).response
        assert len((await client.embeddings("embedder", "one")).embedding) == 32
        digest = await client.create_blob(path)
        states = [part.status async for part in await client.create("av", files={"m.gguf": digest}, stream=True)]
        assert states[-1] == "success"
        assert (await client.create("av", from_="tiny", system="Be kind.")).status == "success"
        assert (await client.copy("av", "av2")).status == "success"
        assert (await client.show("av2")).parameters == ""
        assert [part.status async for part in await client.pull("av2", stream=True)][-1] == "success"
        assert (await client.pull("av2")).status == "success"
        assert "tiny:latest" in [one.model for one in (await client.ps()).models]
        for name in ("av", "av2"):
            assert (await client.delete(name)).status == "success"
        for refused in (client.push("tiny"), client.systemone("tiny", "text", {})):
            with pytest.raises(ollama.ResponseError) as caught:
                await refused
            assert caught.value.status_code == 501
        for name in ("none", "embedder", "broken"):
            with pytest.raises(ollama.ResponseError):
                await client.chat(name, ASKED)
            with pytest.raises(ollama.ResponseError):
                [part async for part in await client.chat(name, ASKED, stream=True)]

    async def inside() -> None:
        async with ollama.AsyncClient(host=door.url, trust_env=False, timeout=30) as client:
            await work(client)

    asyncio.run(inside())


def test_systemone_is_refused_in_a_sentence(door: Running) -> None:
    with pytest.raises(ollama.ResponseError, match="only in Ollama itself") as caught:
        door.client.systemone("tiny", "text", {})
    assert caught.value.status_code == 501


def test_requests_keep_the_fields_that_the_client_sends(door: Running) -> None:
    """The client writes nulls and empty lists where nothing was said."""
    body = {
        "model": "tiny", "messages": ASKED, "tools": [], "stream": False, "format": None, "options": None,
        "think": None, "keep_alive": None, "logprobs": None, "top_logprobs": None,
    }  # fmt: skip
    reply = door.http.post("/api/chat", content=json.dumps({**body, "options": {**SHORT, "no_such_option": 1}}))
    assert reply.status_code == 200, reply.text
