"""Who answers at OLLAMA_HOST, said plainly."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from dojo.door.who import Answer, models_here, who_answers
from dojo.errors import UsageError


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """A small HTTP server on loopback, at OLLAMA_HOST; what it answers by path is the fixture's value."""
    pages: dict[str, Any] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(pages[self.path]).encode() if self.path in pages else b"<html>a printer</html>"
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Keep the test's output clean."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setenv("OLLAMA_HOST", f"127.0.0.1:{server.server_port}")
    yield pages
    server.shutdown()
    server.server_close()
    thread.join()


def test_nobody_there_is_said_with_what_to_do() -> None:
    answer = who_answers()
    assert (answer.version, answer.models) == ("", ())
    assert answer.sentence.startswith("No model answers at http://127.0.0.1:9.")
    assert "install Ollama" in answer.sentence


def test_an_ollama_is_named_with_its_models(serve: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    serve["/api/version"] = {"version": "0.33.0"}
    serve["/api/tags"] = {"models": [{"name": "qwen3:1.7b"}, {"name": "other:7b"}]}
    assert "with other:7b, qwen3:1.7b." in who_answers().sentence
    assert models_here("trio") == ["qwen3:1.7b"]
    said = capsys.readouterr().out
    assert "Not here yet: llama3.2:1b, deepseek-r1:1.5b. Get one with: ollama pull llama3.2:1b" in said


def test_an_ollama_without_models_says_how_to_get_one(serve: dict[str, Any]) -> None:
    serve["/api/version"] = {"version": "0.33.0"}
    serve["/api/tags"] = {"models": []}
    assert "has no models yet. Try: ollama pull" in who_answers().sentence


def test_something_else_on_the_port_is_nobody(serve: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert who_answers().version == ""
    assert models_here("trio") == []
    assert "No model answers" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("http://10.0.0.2:11435/7b/secret", "http://10.0.0.2:11435/7b/..."),
        ("http://127.0.0.1:11434", "http://127.0.0.1:11434"),
    ],
)
def test_a_classs_token_is_never_shown(host: str, shown: str) -> None:
    for answer in (Answer(host, "", ()), Answer(host, "0.33.0", ()), Answer(host, "0.33.0-dojo", ("m",))):
        assert shown in answer.sentence
        assert "secret" not in answer.sentence


def test_a_class_that_lets_nobody_in_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    said = json.dumps({"error": "the token in this address is wrong"}).encode()
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setenv("OLLAMA_HOST", f"127.0.0.1:{server.getsockname()[1]}/7b/secret")

        def refuse() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(1000)
                head = f"HTTP/1.1 401 Unauthorized\r\nContent-Length: {len(said)}\r\n\r\n"
                connection.sendall(head.encode() + said)

        thread = threading.Thread(target=refuse)
        thread.start()
        answer = who_answers()
        thread.join()
    assert answer.sentence.endswith("It says: the token in this address is wrong.")


def test_a_broken_ollama_host_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OLLAMA_HOST", "localhost:99999")
    with pytest.raises(
        UsageError, match=r"OLLAMA_HOST is 'localhost:99999' .*; write it like http://127\.0\.0\.1:11434"
    ):
        who_answers()


@pytest.mark.parametrize(
    "said", [b"SSH-2.0-OpenSSH_9\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{}"], ids=["ssh", "cut short"]
)
def test_a_server_that_is_no_web_server_counts_as_nobody(said: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setenv("OLLAMA_HOST", f"127.0.0.1:{server.getsockname()[1]}")

        def talk() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(1000)
                connection.sendall(said)

        thread = threading.Thread(target=talk)
        thread.start()
        assert who_answers().version == ""
        thread.join()


@pytest.mark.parametrize("host", ["http://x:abc", "http://[::1"])
def test_an_impossible_host_is_a_sentence_although_importing_ollama_reads_it_too(host: str) -> None:
    program = "import dojo\ntry: dojo.who_answers()\nexcept dojo.DojoError as problem: print(problem)"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "OLLAMA_HOST": host},
        capture_output=True,
        text=True,
        check=False,
    )
    assert f"OLLAMA_HOST is '{host}'" in done.stdout, done.stderr
