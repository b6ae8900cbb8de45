"""What people do to a server: leave in mid-stream, all ask at once, send a book, fill the disk. The door lives on."""

from __future__ import annotations

import asyncio
import hashlib
import shutil
import socket
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import ollama
import psutil
import pytest
from door_kit import Running, running
from gguf_file import write_tiny_model

pytest_plugins = ["door_fixtures"]

LONG = {"num_predict": 400, "temperature": 1, "seed": 3}
ASKED: Any = [{"role": "user", "content": "hi"}]


def eventually(true: Callable[[], bool], seconds: float = 10) -> bool:
    """Whether this becomes true; asking the server each time is all the waiting there is."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
    return False


def engines(door: Running) -> list[psutil.Process]:
    return [*psutil.Process(door.process.pid).children()]


def is_idle(door: Running, name: str) -> bool:
    """Whether no reply is being written: only then a model's time of unloading lies in the future."""
    found = {one["name"]: one for one in door.http.get("/api/ps").json()["models"]}
    soon = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 30))
    return name in found and bool(found[name]["expires_at"] > soon)


def test_a_client_that_leaves_in_mid_stream_frees_its_slot(door: Running) -> None:
    body = {"model": "tiny", "messages": ASKED, "options": LONG, "format": {"type": "string", "minLength": 400}}
    for _ in range(12):  # three times as many as there are slots
        with door.http.stream("POST", "/api/chat", json=body) as reply:
            next(reply.iter_lines())
    assert door.client.chat(model="tiny", messages=ASKED, options={"num_predict": 2}).done
    assert eventually(lambda: is_idle(door, "tiny:latest"))


def test_a_client_that_does_not_stream_and_leaves_frees_its_slot(door: Running) -> None:
    body = {"model": "tiny", "prompt": "hi", "stream": False, "options": LONG}

    async def leave() -> None:
        async with httpx.AsyncClient(base_url=door.url, trust_env=False) as client:
            tasks = [asyncio.create_task(client.post("/api/generate", json=body)) for _ in range(12)]
            await asyncio.wait(tasks, timeout=0.02)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    asyncio.run(leave())
    assert eventually(lambda: is_idle(door, "tiny:latest"))


def test_a_client_that_leaves_before_it_has_said_all_is_no_fault(door: Running) -> None:
    """The shared door's end looks whether it has complained of anything."""
    address = (door.http.base_url.host, door.http.base_url.port or 0)
    for path in ("/api/chat", "/api/create", f"/api/blobs/sha256:{'0' * 64}"):
        for _ in range(3):
            with socket.create_connection(address) as line:
                line.sendall(f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999\r\n\r\n{{".encode())
    assert eventually(lambda: not list(door.models.rglob("*.part")))
    assert door.client.generate(model="tiny", prompt="hi", options={"num_predict": 1}).done


def test_thirty_at_once_are_all_answered_alike(door: Running) -> None:
    async def ask() -> list[ollama.ChatResponse]:
        client = ollama.AsyncClient(host=door.url, trust_env=False, timeout=60)
        options = {"num_predict": 120, "temperature": 0}
        replies = await asyncio.gather(*(client.chat(model="tiny", messages=ASKED, options=options) for _ in range(30)))
        await client.close()
        return list(replies)

    replies = asyncio.run(ask())
    assert len({reply.message.content for reply in replies}) == 1
    durations = [reply.total_duration or 0 for reply in replies]
    assert max(durations) < 20 * statistics.median(durations)


def test_chats_do_not_disturb_embeddings(door: Running) -> None:
    alone = door.client.embed(model="tiny", input="The sky is blue.").embeddings[0]

    async def both() -> list[Any]:
        client = ollama.AsyncClient(host=door.url, trust_env=False, timeout=60)
        chats = [client.chat(model="tiny", messages=ASKED, options=LONG) for _ in range(4)]
        vectors = [client.embed(model="tiny", input="The sky is blue." if i % 2 else "Oh") for i in range(12)]
        found = await asyncio.gather(*vectors, *chats)
        await client.close()
        return [one.embeddings[0] for one in found[1:12:2]]

    for vector in asyncio.run(both()):
        assert list(vector) == pytest.approx(list(alone), abs=1e-5)


def test_a_long_talk_loses_its_oldest_turns_but_not_its_system_prompt(door: Running) -> None:
    turns: list[dict[str, str]] = [{"role": "system", "content": "Be kind."}]
    for number in range(40):
        turns += [
            {"role": "user", "content": f"question {number}"},
            {"role": "assistant", "content": f"answer {number}"},
        ]
    turns.append({"role": "user", "content": "the last"})
    asked = {"model": "tiny", "messages": turns, "stream": False, "options": {"num_predict": 1}}
    found = door.http.post("/api/chat", json=asked).json()
    assert 400 < found["prompt_eval_count"] < 512
    refused = door.http.post("/api/chat", json={**asked, "truncate": False})
    assert (refused.status_code, refused.json()["error"]) == (400, "the input length exceeds the context length")


@pytest.mark.parametrize("stream", [True, False])
def test_a_megabyte_in_one_message_is_refused_in_ollamas_words(door: Running, stream: bool) -> None:
    text = "the quick brown fox " * 52_000
    for path, body in (
        ("/api/chat", {"messages": [{"role": "user", "content": text}]}),
        ("/api/generate", {"prompt": text}),
        ("/api/generate", {"prompt": text, "raw": True}),
    ):
        reply = door.http.post(path, json={"model": "tiny", **body, "stream": stream})
        assert (reply.status_code, reply.json()) == (400, {"error": "the input length exceeds the context length"})


def test_a_megabyte_to_embed_is_cut(door: Running) -> None:
    found = door.http.post("/api/embed", json={"model": "embedder", "input": "x" * 1_000_000}).json()
    assert found["prompt_eval_count"] == 510


def test_a_killed_engine_is_an_error_and_is_replaced(door: Running) -> None:
    door.client.generate(model="base", prompt="hi", options={"num_predict": 1})
    body = {"model": "base", "prompt": "hi", "options": LONG, "format": {"type": "string", "minLength": 400}}
    with door.http.stream("POST", "/api/generate", json=body) as reply:
        lines = reply.iter_lines()
        next(lines)
        for engine in engines(door):
            engine.kill()
        last = [*lines][-1]
    assert "model runner has unexpectedly stopped" in last
    assert door.client.generate(model="base", prompt="hi", options={"num_predict": 1}).done
    assert door.client.generate(model="tiny", prompt="hi", options={"num_predict": 1}).done


def test_a_damaged_file_costs_no_memory_and_no_other_model(door: Running) -> None:
    """Bytes flipped anywhere in the file: it may load or not, but it is always answered."""
    whole = bytearray((door.models / "tiny.gguf").read_bytes())
    before = len(engines(door))
    for place in range(0, 9_000, 450):
        broken = (
            bytes(whole[:place]) + bytes(255 - one for one in whole[place : place + 40]) + bytes(whole[place + 40 :])
        )
        (door.models / "flipped.gguf").write_bytes(broken)
        asked = {"model": "flipped", "prompt": "hi", "stream": False, "keep_alive": 0, "options": {"num_predict": 2}}
        reply = door.http.post("/api/generate", json=asked)
        assert reply.status_code in (200, 400, 500), reply.text
        assert "inside" not in reply.text
    (door.models / "flipped.gguf").unlink()
    assert door.http.post("/api/generate", json={"model": "tiny"}).status_code == 200
    assert eventually(lambda: len(engines(door)) <= max(before, 3))


def test_memory_comes_back_when_a_model_goes(door: Running) -> None:
    def memory() -> int:
        return sum(one.memory_info().rss for one in [psutil.Process(door.process.pid), *engines(door)])

    for one in door.http.get("/api/ps").json()["models"]:  # one of them can't generate, and goes all the same
        door.client.generate(model=one["name"], keep_alive=0)
    assert eventually(lambda: not engines(door))
    before = memory()
    for name in ("tiny", "thinker", "base"):
        door.client.generate(model=name, prompt="hi", options={"num_predict": 50}, keep_alive=-1)
    assert memory() > before + 50e6
    for name in ("tiny", "thinker", "base"):
        door.client.generate(model=name, keep_alive=0)
    assert eventually(lambda: not engines(door))
    assert memory() < before + 10e6


def test_load_time_options_reload_and_no_more_than_three_models_stay(door: Running) -> None:
    for context in (64, 128):
        door.client.generate(model="tiny", prompt="hi", options={"num_ctx": context, "num_predict": 1})
        found = {one["name"]: one["context_length"] for one in door.http.get("/api/ps").json()["models"]}
        assert found["tiny:latest"] == context
    for name in ("base", "thinker", "embedder"):
        door.client.embed(model=name, input="hi")
    names = {one["name"] for one in door.http.get("/api/ps").json()["models"]}
    assert names == {"base:latest", "thinker:latest", "embedder:latest"}


def test_a_keep_alive_that_runs_out_unloads(door: Running) -> None:
    door.client.generate(model="base", prompt="hi", options={"num_predict": 1}, keep_alive=0.05)
    assert eventually(lambda: "base:latest" not in [one.model for one in door.client.ps().models])


def test_a_new_file_under_an_old_name_is_loaded_anew(door: Running, tmp_path: Path) -> None:
    def text() -> str:
        options = {"num_predict": 20, "temperature": 0}
        return str(door.client.generate(model="changing", prompt="hi", options=options).response)

    write_tiny_model(door.models / "changing.gguf", seed=21)
    first = text()
    write_tiny_model(tmp_path / "new.gguf", seed=22).replace(door.models / "changing.gguf")
    assert text() != first
    door.client.delete("changing")
    assert not (door.models / "changing.gguf").exists()


def test_too_many_requests_are_busy_in_ollamas_words(weights: Path, tmp_path: Path) -> None:
    with running(weights, tmp_path / "runtime", "--queue", "4") as door:
        door.client.generate(model="tiny")

        async def ask() -> list[httpx.Response]:
            async with httpx.AsyncClient(base_url=door.url, trust_env=False, timeout=60) as client:
                body = {"model": "tiny", "prompt": "hi", "stream": False, "options": LONG}
                return await asyncio.gather(*(client.post("/api/generate", json=body) for _ in range(20)))

        replies = asyncio.run(ask())
    refused = [one.json() for one in replies if one.status_code != 200]
    assert 0 < len(refused) < 20
    assert {one.status_code for one in replies} == {200, 503}
    busy = "server busy, please try again.  maximum pending requests exceeded"
    assert all(one == {"error": busy} for one in refused)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit for the size of a file")
def test_a_full_disk_is_said_and_leaves_nothing_half(weights: Path, tmp_path: Path) -> None:
    shutil.copytree(weights, tmp_path / "models")
    large = (tmp_path / "models" / "tiny.gguf").read_bytes() + bytes(200_000)
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))"
    with running(tmp_path / "models", tmp_path / "runtime", before=limit) as door:
        raw = b"G" * 1_000_000
        reply = door.http.post(f"/api/blobs/sha256:{hashlib.sha256(raw).hexdigest()}", content=raw)
        assert reply.status_code == 507
        assert reply.json()["error"].startswith("the disk is full: ")
        assert not list((tmp_path / "models" / ".door" / "blobs").iterdir())
        (tmp_path / "models" / "large.gguf").write_bytes(large)
        reply = door.http.post("/api/copy", json={"source": "large", "destination": "twin"})
        assert (reply.status_code, reply.json()["error"][:16]) == (507, "the disk is full")
        assert not list((tmp_path / "models" / ".door" / "blobs").iterdir())
        assert door.client.generate(model="tiny", prompt="hi", options={"num_predict": 1}).done


def test_a_folder_that_cannot_be_written_still_serves(weights: Path, tmp_path: Path) -> None:
    models = tmp_path / "models"
    shutil.copytree(weights, models)
    (models / ".door").write_text("in the way: a file where the door keeps its folder")
    with running(models, tmp_path / "runtime") as door:
        assert len(door.client.list().models) == 4
        assert door.client.generate(model="tiny", prompt="hi", options={"num_predict": 1}).done
        reply = door.http.post("/api/copy", json={"source": "tiny", "destination": "x"})
        assert reply.status_code == 500
        assert "can't be written to" in reply.json()["error"]
