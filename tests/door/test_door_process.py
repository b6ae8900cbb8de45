"""The door as a process that notebooks share: found, started once, ended when nobody needs it."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import ollama
import psutil
import pytest

from dojo.door.process import Door, find_door, models_folder, runtime_folder, start_door, stop_door
from dojo.door.serve import users_alive
from dojo.errors import DojoError

pytest_plugins = ["door_fixtures"]

needs_engine = pytest.mark.skipif(importlib.util.find_spec("xllamacpp") is None, reason="xllamacpp is not installed")
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def folder(weights: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A models folder, and a runtime folder of the test's own; a door that is left there is ended."""
    (tmp_path / "runtime").mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "runtime"))
    models = tmp_path / "models"
    models.mkdir()
    (models / "tiny.gguf").write_bytes((weights / "tiny.gguf").read_bytes())
    yield models
    stop_door(models)


def ended(door: Door) -> bool:
    psutil.wait_procs([psutil.Process(door.pid)] if psutil.pid_exists(door.pid) else [], timeout=10)
    return not psutil.pid_exists(door.pid) or psutil.Process(door.pid).status() == psutil.STATUS_ZOMBIE


@needs_engine
def test_it_is_started_once_found_again_and_stopped(folder: Path) -> None:
    assert find_door(folder) is None
    door = start_door(folder)
    assert start_door(folder) == find_door(folder) == door
    client = ollama.Client(host=door.url)
    assert client.generate("tiny", "hi", options={"num_predict": 1}).done
    client.close()
    assert stop_door(folder)
    assert ended(door)
    assert find_door(folder) is None
    assert not stop_door(folder)


@needs_engine
def test_two_programs_that_start_it_at_once_share_one(folder: Path) -> None:
    code = "import sys; from pathlib import Path; from dojo.door.process import start_door\n"
    code += "door = start_door(Path(sys.argv[1])); print(door.pid)"
    both = [
        subprocess.Popen([sys.executable, "-W", "error", "-c", code, str(folder)], stdout=subprocess.PIPE, cwd=ROOT)
        for _ in range(2)
    ]
    pids = {int(one.communicate(timeout=30)[0]) for one in both}
    assert len(pids) == 1
    found = find_door(folder)
    assert found is not None
    assert {found.pid} == pids  # it outlives both


@needs_engine
def test_it_takes_its_old_port_again(folder: Path) -> None:
    first = start_door(folder)
    psutil.Process(first.pid).kill()
    assert ended(first)
    second = start_door(folder)
    assert second.url == first.url
    assert stop_door(folder)
    assert ended(second)
    assert start_door(folder).url == first.url


@needs_engine
def test_it_ends_when_idle_and_no_user_lives(folder: Path) -> None:
    code = "import sys; from pathlib import Path; from dojo.door.process import start_door\n"
    code += "print(start_door(Path(sys.argv[1]), idle=0.2).pid)"
    said = subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, cwd=ROOT, check=True)
    psutil.wait_procs([psutil.Process(int(said.stdout))] if psutil.pid_exists(int(said.stdout)) else [], timeout=10)
    assert find_door(folder) is None


@needs_engine
def test_no_engine_outlives_a_door_that_is_killed(folder: Path) -> None:
    door = start_door(folder)
    client = ollama.Client(host=door.url)
    client.generate("tiny", "hi", options={"num_predict": 1})
    client.close()
    engines = psutil.Process(door.pid).children()
    assert engines
    psutil.Process(door.pid).kill()
    _, alive = psutil.wait_procs(engines, timeout=10)
    assert alive == []


@needs_engine
def test_a_start_that_fails_says_the_reason(folder: Path) -> None:
    with pytest.raises(DojoError, match=r"The models folder .*tiny\.gguf can't be made \(File exists\)"):
        start_door(folder / "tiny.gguf")
    (runtime_folder(folder) / "lock").mkdir()
    with pytest.raises(DojoError, match=r"The embedded engine did not start; its last words are in .*Is a directory"):
        start_door(folder)


def test_without_the_wheel_the_next_step_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(DojoError, match=r"xllamacpp is missing.*install Ollama"):
        start_door(folder)


def test_a_user_counts_while_its_process_lives(tmp_path: Path) -> None:
    users = tmp_path / "users"
    users.mkdir()
    (users / "999999-1.00").touch()
    (users / f"{os.getpid()}-1.00").touch()  # this number, but another process: it was born later
    (users / "nonsense").touch()
    assert not users_alive(tmp_path)
    assert list(users.iterdir()) == []
    (users / f"{os.getpid()}-{psutil.Process().create_time():.2f}").touch()
    assert users_alive(tmp_path)


def test_something_else_that_took_the_port_is_no_door(folder: Path) -> None:
    (runtime_folder(folder) / "door.json").write_text(json.dumps({"url": "http://127.0.0.1:9", "pid": 1}))
    assert find_door(folder) is None
    (runtime_folder(folder) / "door.json").write_text("[]")
    assert find_door(folder) is None


def test_the_models_folder_is_in_the_workspace(tmp_path: Path) -> None:
    assert models_folder() == tmp_path / "workspace" / "models"
