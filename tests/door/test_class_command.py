"""`dojo serve --class` as a person types it: a process, the real package, the embedded engine behind it."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import httpx
import ollama
import pytest
from class_kit import FakeOllama, in_background
from pydantic import BaseModel

from dojo.cli import main
from dojo.door.process import models_folder, stop_door
from dojo.door.who import who_answers

ROOT = Path(__file__).parent.parent.parent
ASKED: Any = [{"role": "user", "content": "Hi"}]
needs_engine = pytest.mark.skipif(importlib.util.find_spec("xllamacpp") is None, reason="xllamacpp is not installed")


@dataclass(frozen=True)
class Served:
    """A server that was started by its command, and the addresses that it printed."""

    student: str
    teacher: str
    process: subprocess.Popen[str]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


@pytest.fixture(autouse=True)
def _own_runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "runtime").mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "runtime"))
    monkeypatch.delenv("DOJO_ENGINE")
    yield
    stop_door(models_folder())


@contextmanager
def served(*words: str) -> Iterator[Served]:
    """Start the command and end it as Ctrl-C does; it prints no traceback and no warning."""
    command = [sys.executable, "-W", "error", "-m", "dojo", "serve", "--port", str(free_port()), *words]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ}
    )
    assert process.stdout is not None
    said = [process.stdout.readline()]
    said += [process.stdout.readline(), process.stdout.readline()] if said[0].startswith("Students:") else []
    if not said[0]:
        pytest.fail(process.communicate(timeout=20)[1])
    hosts = re.findall(r"OLLAMA_HOST=(\S+)", "".join(said))
    try:
        yield Served(hosts[0], hosts[-1], process)
    finally:
        process.send_signal(signal.SIGINT)
        _, complaints = process.communicate(timeout=20)
    assert process.returncode == 0, complaints
    assert "Traceback" not in complaints
    assert "Warning" not in complaints


class Animal(BaseModel):
    name: Literal["bear", "pig"]


@needs_engine
@pytest.mark.slow
def test_everything_a_student_does_with_the_package_works_through_it() -> None:
    with served("--class", "7b") as server, ollama.Client(host=server.student, trust_env=False, timeout=60) as client:
        assert "dojo-tiny:latest" in [one.model for one in client.list().models]
        assert "completion" in (client.show("dojo-tiny").capabilities or [])
        options = {"seed": 7, "num_predict": 12}
        whole = client.chat("dojo-tiny", ASKED, options=options)
        parts = [part.message.content for part in client.chat("dojo-tiny", ASKED, options=options, stream=True)]
        assert len(parts) > 2
        assert "".join(parts) == whole.message.content
        both = [client.generate("dojo-tiny", "Hi", options=options) for _ in range(2)]
        assert both[0] == both[1]  # to the nanosecond: the second is the first
        said = client.chat("dojo-tiny", ASKED, format=Animal.model_json_schema(), options={"temperature": 0})
        assert Animal.model_validate_json(said.message.content or "").name
        assert client.ps().models[0].model == "dojo-tiny:latest"
        assert client.generate("dojo-tiny").done_reason == "load"
        vectors = client.embed("dojo-tiny", ["one", "two"]).embeddings
        assert client.embed("dojo-tiny", ["one", "two"]).embeddings == vectors
        assert len(client.embeddings("dojo-tiny", "one").embedding) == len(vectors[0])
        with pytest.raises(ollama.ResponseError, match="model 'no-such-model' not found") as no:
            client.chat("no-such-model", ASKED)
        assert no.value.status_code == 404
        for call in (client.pull, client.delete, client.push):
            with pytest.raises(ollama.ResponseError, match="is for the teacher of this class") as refused:
                call("dojo-tiny")
            assert refused.value.status_code == 403
        with ollama.Client(host=server.teacher, trust_env=False, timeout=60) as teacher:
            assert teacher.copy("dojo-tiny", "copied").status == "success"
            assert teacher.delete("copied").status == "success"
        assert asyncio.run(a_room(server.student)) == 30


async def a_room(host: str) -> int:
    """How many of thirty students get a reply, each with a client of their own that streams or does not."""

    async def one(number: int) -> bool:
        async with ollama.AsyncClient(host=host, trust_env=False, timeout=60) as client:
            options = {"num_predict": 8}
            if number % 2:
                return bool((await client.chat("dojo-tiny", ASKED, options=options)).done)
            parts = [part async for part in await client.chat("dojo-tiny", ASKED, options=options, stream=True)]
            return bool(parts[-1].done)

    done = 0
    for first in range(0, 30, 6):  # all come from one address, which may have 8 requests open
        done += sum(await asyncio.gather(*(one(number) for number in range(first, first + 6))))
    return done


def test_it_stands_before_ollama_where_one_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    with in_background(FakeOllama) as url:
        monkeypatch.setenv("OLLAMA_HOST", url)
        with served("--class", "7b") as server, ollama.Client(host=server.student, trust_env=False) as client:
            assert client.chat("alpha:1b", ASKED).message.content == "one two three"


def test_a_server_that_would_ask_itself_is_told_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OLLAMA_HOST", "http://127.0.0.1:9/7b/secret")
    assert main(["serve", "--class", "7b", "--port", str(free_port())]) == 1
    said = capsys.readouterr().err
    assert "OLLAMA_HOST is http://127.0.0.1:9/7b/... here, a class's address; unset it" in said


@needs_engine
@pytest.mark.slow
def test_an_engine_that_is_killed_is_started_again(tmp_path: Path) -> None:
    with served("--class", "7b") as server, ollama.Client(host=server.student, trust_env=False, timeout=60) as client:
        assert client.chat("dojo-tiny", ASKED, options={"num_predict": 2}).done
        assert stop_door(models_folder())
        assert client.chat("dojo-tiny", ASKED, options={"num_predict": 2}).done


@needs_engine
@pytest.mark.slow
def test_what_is_recorded_is_replayed_without_any_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tmp_path / "kept"
    options = {"num_predict": 9}
    with served("--class", "7b", "--record", str(kept)) as server, ollama.Client(host=server.student) as client:
        first = client.chat("dojo-tiny", ASKED, options=options).message.content
    monkeypatch.setenv("DOJO_ENGINE", "off")
    with served("--replay", str(kept)) as server, ollama.Client(host=server.student) as client:
        assert client.chat("dojo-tiny", ASKED, options=options).message.content == first
        assert [one.model for one in client.list().models] == ["dojo-tiny:latest"]
        foreign = httpx.get(f"{server.student}/api/tags", headers={"Origin": "http://evil.example"}, trust_env=False)
        assert foreign.status_code == 403  # a web page must not ask it


@pytest.mark.parametrize(
    ("words", "said", "code"),
    [
        (["--lan"], "Strangers could use a server on the LAN that has no token; add --class NAME.", 2),
        (["--class", "7b", "--lan", "teacher-pc"], "--lan 'teacher-pc' is no address", 2),
        (["--class", "7/b"], "'7/b' is no name for a class", 2),
        (["--clear-cache"], "That is about a class; say which with --class NAME.", 2),
        (["--class", "7b", "--replay", "nowhere"], "There is no folder", 1),
        (["--class", "7b", "--addresses", "a b"], "'a b' can't stand in an address", 2),
    ],
)
def test_what_cannot_be_served_is_one_sentence(
    words: list[str], said: str, code: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOJO_ENGINE", "off")
    assert main(["serve", "--port", str(free_port()), *words]) == code
    assert said in capsys.readouterr().err


def test_without_ollama_and_without_the_engine_the_next_step_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOJO_ENGINE", "off")
    assert main(["serve", "--class", "7b", "--port", str(free_port())]) == 1
    assert "No Ollama answers at http://127.0.0.1:9, and DOJO_ENGINE is off; start Ollama" in capsys.readouterr().err


def test_a_port_in_use_and_an_address_of_elsewhere_are_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert main(["serve", "--class", "7b", "--port", port]) == 1
    assert f"127.0.0.1 port {port} can't be had (Address already in use): end what listens there" in (
        capsys.readouterr().err
    )
    assert main(["serve", "--class", "7b", "--lan", "192.0.2.1"]) == 1
    assert "give an address of this machine, or --lan alone" in capsys.readouterr().err


def test_the_small_things_beside_a_server(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--class", "7b", "--addresses", "ada", "ben", "--lan", "127.0.0.1"]) == 0
    said = capsys.readouterr().out
    assert re.fullmatch(
        r"ada  OLLAMA_HOST=http://127\.0\.0\.1:11435/7b/ada~\w{20}\nben  OLLAMA_HOST=http://\S+/7b/ben~\w{20}\n", said
    )
    main(["serve", "--class", "7b", "--addresses", "ada", "ben", "--lan", "127.0.0.1"])
    assert capsys.readouterr().out == said  # the same every time
    folder = tmp_path / "workspace" / "classes" / "7b"
    old = json.loads((folder / "tokens.json").read_text())
    assert main(["serve", "--class", "7b", "--new-token"]) == 0
    assert json.loads((folder / "tokens.json").read_text())["student"] != old["student"]
    (folder / "cache" / "ab").mkdir(parents=True)
    (folder / "cache" / "ab" / ("ab" * 32)).write_bytes(b"x")
    capsys.readouterr()
    assert main(["serve", "--class", "7b", "--clear-cache"]) == 0
    assert capsys.readouterr().out == "Kept answers of 7b that are gone now: 1\n"
    assert not list((folder / "cache" / "ab").iterdir())


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "workspace").mkdir()
    (tmp_path / "workspace" / "classes").write_text("in the way")
    assert main(["serve", "--class", "7b"]) == 1
    assert "can't be made" in capsys.readouterr().err


@needs_engine
@pytest.mark.slow
def test_the_kits_first_cell_says_who_answers_and_never_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    with served("--class", "7b") as server:
        monkeypatch.setenv("OLLAMA_HOST", server.student)
        said = who_answers().sentence
        assert "/7b/..., with dojo-tiny" in said
        assert server.student.rsplit("/", 1)[1] not in said
        monkeypatch.setenv("OLLAMA_HOST", server.student[:-2])
        said = who_answers().sentence
        assert "the token in this address is wrong; copy OLLAMA_HOST again" in said
