"""Ollama first, the embedded engine in its place: what `%load_ext dojo` chooses, and the live cells on it."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from dojo import catalog, doctor
from dojo.door.process import find_door, start_door, stop_door
from dojo.door.who import choose_host, models_here, who_answers
from dojo.notebook import Notebook, build, read_lesson

pytestmark = pytest.mark.skipif(importlib.util.find_spec("xllamacpp") is None, reason="xllamacpp is not installed")
ROOT = Path(__file__).parent.parent.parent
NOTEBOOKS = {f"lab {one.name}": catalog.read(one) for one in catalog.labs()}
NOTEBOOKS |= {f"lesson {one.name}": read_lesson(one.source) for one in catalog.lessons()}


@pytest.fixture(autouse=True)
def _engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The engine may start, in a runtime folder of the test's own; it ends with the test."""
    (tmp_path / "runtime").mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "runtime"))
    monkeypatch.setenv("DOJO_ENGINE", "on")
    monkeypatch.setenv("DOJO_INSTEAD_OF", "")  # so that what a test leaves in it is taken back
    monkeypatch.delenv("DOJO_INSTEAD_OF")
    yield
    stop_door()


@pytest.fixture
def ollama_there(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[dict[str, Any]]]:
    """Something that answers as Ollama does at OLLAMA_HOST; the fixture's value is its list of models."""
    models: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            said = {"version": "0.33.0"} if self.path == "/api/version" else {"models": models}
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(said).encode())

        def log_message(self, *_: object) -> None:
            """Keep the test's output clean."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setenv("OLLAMA_HOST", f"http://127.0.0.1:{server.server_port}")
    yield models
    server.shutdown()
    server.server_close()
    thread.join()


def test_where_no_ollama_runs_the_embedded_engine_answers_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    answer = choose_host()
    assert answer.embedded
    assert answer.sentence.startswith("No Ollama answers at http://127.0.0.1:9. The embedded engine answers at ")
    assert "dojo-tiny is a very small model" in answer.sentence
    assert os.environ["OLLAMA_HOST"] == answer.host
    assert models_here("trio") == ["dojo-tiny"]
    assert "so dojo-tiny will answer" in capsys.readouterr().out


def test_a_running_ollama_is_preferred_and_no_engine_starts(ollama_there: list[dict[str, Any]]) -> None:
    ollama_there.append({"name": "llama3.2:1b"})
    host = os.environ["OLLAMA_HOST"]
    answer = choose_host()
    assert (answer.embedded, answer.host, os.environ["OLLAMA_HOST"]) == (False, host, host)
    assert find_door() is None


def test_an_ollama_without_models_leaves_the_answer_to_the_engine_until_it_has_one(
    ollama_there: list[dict[str, Any]],
) -> None:
    host = os.environ["OLLAMA_HOST"]
    answer = choose_host()
    assert answer.embedded
    assert f"Ollama 0.33.0 answers at {host}, but has no models yet." in answer.sentence
    ollama_there.append({"name": "llama3.2:1b"})
    assert choose_host().host == os.environ["OLLAMA_HOST"] == host


def test_the_ollama_package_that_was_imported_before_asks_the_engine_too() -> None:
    program = "import ollama\nfrom dojo.door.who import choose_host\nchoose_host()\n"
    program += "print(ollama.generate('dojo-tiny', 'Hello!').response)\n"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.stdout.strip(), done.stderr


def test_an_engine_that_cannot_start_is_said_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    answer = choose_host()
    assert answer.version == ""
    assert "No model answers at http://127.0.0.1:9." in answer.sentence
    assert "xllamacpp is missing" in answer.sentence


def test_the_engine_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOJO_ENGINE", "off")
    assert choose_host().version == ""
    assert find_door() is None


def test_doctor_proves_the_engine_by_one_reply_and_leaves_nothing_running() -> None:
    said = doctor._model()
    assert said.state == "ok"
    assert "The embedded engine answers" in said.said
    assert said.remedy.startswith("One token of dojo-tiny:latest")
    assert find_door() is None
    before = start_door()
    assert doctor._model().state == "ok"
    assert find_door() == before


def test_serve_answers_on_the_port_that_was_asked_for_and_refuses_a_taken_one(tmp_path: Path) -> None:
    from dojo.jupyter import free_port

    port = free_port(21434)
    command = [sys.executable, "-m", "dojo", "serve", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == f"dojo-door answers at http://127.0.0.1:{port}\n"
        assert who_answers().version == ""  # OLLAMA_HOST is still somebody else
        again = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
        other = {**os.environ, "DOJO_WORKSPACE": str(tmp_path / "other")}
        taken = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=other, check=False)
        process.terminate()
    assert again.returncode == 1
    assert f"already answers at http://127.0.0.1:{port}" in again.stderr
    assert taken.returncode == 1
    assert f"Port {port} can't be had" in taken.stderr


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_live_cells_really_run_on_the_embedded_engine(name: str, tmp_path: Path) -> None:
    """In a kernel, from top to bottom: no cell fails, and each live cell shows something."""
    import nbformat
    from nbclient import NotebookClient

    source: Notebook = NOTEBOOKS[name]
    path = tmp_path / "notebook.ipynb"
    build(source, path)
    folder = ROOT / f"{name.split()[0]}s" / name.split()[1]
    if (folder / "data").is_dir():
        (tmp_path / "data").symlink_to(folder / "data")
    node = nbformat.read(path, as_version=4)
    client = NotebookClient(
        node,
        timeout=60,
        kernel_name="python3",
        skip_cells_with_tag="none-is-skipped",
        resources={"metadata": {"path": str(tmp_path)}},
    )
    client.execute()
    live = {cell.name for cell in source.cells if cell.role == "live"}
    shown = {
        cell["metadata"].get("nbgrader", {}).get("grade_id", cell["id"]): cell["outputs"]
        for cell in node.cells
        if cell["cell_type"] == "code"
    }
    for one in live:
        assert shown[one], f"the live cell {one} showed nothing"
        assert not any("No model answers" in str(output) for output in shown[one])
