"""Answers that are recorded where a model runs and replayed where none does."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import httpx
import ollama
import pytest
from class_kit import MODELS, TODAY, TOKENS, Rig, asking, eventually, listening, rigged, talk

from dojo.door.classroom.app import ClassServer
from dojo.door.classroom.counts import Counts
from dojo.door.classroom.records import Recorder, open_recordings
from dojo.door.classroom.replay import Replay
from dojo.errors import DojoError

ASKED: Any = talk()["messages"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of recordings of what a student asked: a chat, twice a chat without a seed, an embedding."""

    async def work(rig: Rig) -> None:
        client = rig.client()
        async for _ in await client.chat("alpha:1b", ASKED, options={"seed": 1, "num_ctx": 99}, stream=True):
            pass
        await client.chat("alpha:1b", ASKED)
        await client.chat("alpha:1b", ASKED)
        await client.embed("alpha:1b", "hello")
        await client.generate("alpha:1b")  # only loads
        with pytest.raises(ollama.ResponseError):
            await client.chat("nobody:1b", ASKED)
        assert await eventually(lambda: (tmp_path / "kept" / "models.json").exists())

    rigged(work, record=tmp_path / "kept")
    return tmp_path / "kept"


def replayed(folder: Path, work: Callable[[ollama.AsyncClient, httpx.AsyncClient], Coroutine[Any, Any, Any]]) -> Any:
    """What `work` gives with a class that replays."""

    async def inside() -> Any:
        counts = Counts()
        app = ClassServer(Replay(open_recordings(folder)[0], counts), counts, "7b", TOKENS, today=lambda: TODAY)
        async with listening(app) as url, asking(url, TOKENS.student) as http:
            client = ollama.AsyncClient(host=str(http.base_url), trust_env=False)
            try:
                return await work(client, http)
            finally:
                await client.close()

    return asyncio.run(inside())


def test_each_answer_is_a_readable_file_with_digest_options_and_date(folder: Path) -> None:
    files = sorted((folder / "alpha-1b").iterdir())
    assert len(files) == 4
    said = [json.loads(path.read_text(encoding="utf-8")) for path in files]
    (seeded,) = [one for one in said if one["options"].get("seed") == 1]
    assert (seeded["model"], seeded["digest"], seeded["server"]) == ("alpha:1b", MODELS["alpha:1b"], "Ollama")
    assert (seeded["options"], seeded["date"][:2]) == ({"seed": 1, "num_ctx": 99}, "20")
    assert seeded["request"] == {"model": "alpha:1b", "messages": ASKED, "options": {"seed": 1}}
    assert [one["message"]["content"] for one in seeded["lines"]] == ["one ", "two ", "three", ""]
    text = next(path for path in files if '"seed"' in path.read_text()).read_text()
    assert '\n  {"model": "alpha:1b", "created_at"' in text  # a line of the reply is a line of the file


def test_a_replay_answers_as_it_was_in_one_piece_or_in_many(folder: Path) -> None:
    async def work(client: ollama.AsyncClient, http: httpx.AsyncClient) -> None:
        options = {"seed": 1, "num_ctx": 7}
        reply = await client.chat("alpha:1b", ASKED, options=options)
        assert (reply.message.content, reply.done_reason, reply.eval_count) == ("one two three", "stop", 3)
        parts = [part async for part in await client.chat("alpha:1b", ASKED, options=options, stream=True)]
        assert [part.message.content for part in parts] == ["one ", "two ", "three", ""]
        once = [part async for part in await client.chat("alpha:1b", ASKED, stream=True)]
        assert [(part.message.content, part.done) for part in once] == [("one two three", False), ("", True)]
        assert list((await client.embed("alpha:1b", "hello")).embeddings[0]) == [0.25, 0.5]
        assert (await http.post("/api/chat", json=talk(options=options))).headers["dojo-answer"] == "recording"

    replayed(folder, work)


def test_a_request_without_a_seed_gets_its_answers_in_turn(folder: Path) -> None:
    for number, path in enumerate(sorted((folder / "alpha-1b").glob("*.json"))):
        said = json.loads(path.read_text())
        if said["path"] == "/api/chat" and not said["options"]:
            said["lines"][-1]["message"]["content"] = f"answer {number}"
            path.write_text(json.dumps(said))

    async def work(client: ollama.AsyncClient, http: httpx.AsyncClient) -> list[str]:
        return [str((await client.chat("alpha:1b", ASKED)).message.content) for _ in range(4)]

    heard = replayed(folder, work)
    assert heard[0] != heard[1]
    assert heard[:2] == heard[2:]


def test_a_replay_says_which_models_it_has_and_refuses_what_needs_one(folder: Path) -> None:
    async def work(client: ollama.AsyncClient, http: httpx.AsyncClient) -> None:
        assert [(one.model, one.digest) for one in (await client.list()).models] == [("alpha:1b", MODELS["alpha:1b"])]
        assert (await client.show("alpha:1b")).capabilities == ["completion"]
        assert (await http.get("/api/version")).json() == {"version": "0.33.0"}
        assert (await client.generate("alpha:1b")).done_reason == "load"
        assert list((await client.ps()).models) == []
        assert "replays recorded answers" in (await http.get("/class")).text
        async with asking(str(http.base_url).split("/7b")[0], TOKENS.teacher) as teacher:
            reply = await teacher.post("/api/pull", json={"model": "x"})
        assert reply.status_code == 501
        assert reply.json()["error"] == "POST /api/pull needs a model's server, and this class replays recordings"

    replayed(folder, work)


def test_what_nobody_recorded_is_a_404_with_what_to_do(folder: Path) -> None:
    async def work(client: ollama.AsyncClient, http: httpx.AsyncClient) -> None:
        with pytest.raises(
            ollama.ResponseError, match="nobody recorded an answer to this request, and this class has"
        ) as no:
            await client.chat("alpha:1b", [{"role": "user", "content": "something else"}])
        assert no.value.status_code == 404
        assert "record it where a model runs: dojo serve --record FOLDER" in no.value.error
        with pytest.raises(ollama.ResponseError, match=r"model 'beta' not found: .*only of alpha:1b"):
            await client.chat("beta", ASKED)

    replayed(folder, work)


def test_a_broken_file_is_left_out_and_named(folder: Path) -> None:
    bad = {"a": "{", "b": "[]", "c": "{}", "d": '{"path":"p","model":"m","request":{},"lines":[]}', "e": '"x"'}
    for name, text in bad.items():
        (folder / "alpha-1b" / f"{name}.json").write_text(text)
    (folder / "alpha-1b" / "f.json").write_bytes(b"\xff")
    (folder / "models.json").write_text("[]")
    recordings, complaints = open_recordings(folder)
    assert sum(map(len, recordings.answers.values())) == 4
    assert len(complaints) == 6
    assert complaints[0] == f"{folder / 'alpha-1b' / 'a.json'} is no recording and is left out; record it again."


def test_a_folder_without_recordings_or_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DojoError, match="has no recordings; make some where a model runs"):
        open_recordings(tmp_path)
    with pytest.raises(DojoError, match=r"There is no folder .*nothing; record one"):
        open_recordings(tmp_path / "nothing")
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DojoError, match="file can't be written to"):
        Recorder(tmp_path / "file")


def test_a_full_disk_loses_a_recording_but_no_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    async def work(rig: Rig) -> None:
        monkeypatch.setattr(Path, "write_text", full)
        assert (await rig.client().chat("alpha:1b", ASKED)).message.content == "one two three"
        assert "No space left on device" in (await rig.teacher.get("/class")).text

    rigged(work, record=tmp_path / "kept")
    assert [path for path in (tmp_path / "kept").rglob("*") if path.is_file()] == []
