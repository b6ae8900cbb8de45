"""What can't be answered is refused in Ollama's words and with its status, and the door answers the next request."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from door_kit import Running

pytest_plugins = ["door_fixtures"]

ASKED = [{"role": "user", "content": "hi"}]


@pytest.fixture(autouse=True)
def _alive(door: Running) -> Iterator[None]:
    yield
    assert door.http.get("/api/version").status_code == 200


CASES: list[tuple[str, dict[str, Any], int, str]] = [
    ("chat", {"model": "none", "messages": ASKED}, 404, "model 'none' not found"),
    ("generate", {"model": "none", "prompt": "hi"}, 404, "model 'none' not found"),
    ("embed", {"model": "none", "input": "hi"}, 404, "model 'none' not found"),
    ("show", {"model": "none"}, 404, "model 'none' not found"),
    ("chat", {"model": "../../etc/passwd", "messages": ASKED}, 404, "not found"),
    ("chat", {"model": "a\ud800", "messages": ASKED}, 404, "not found"),
    ("chat", {"messages": ASKED}, 400, "model is required"),
    ("chat", {"model": 7, "messages": ASKED}, 400, "model must be text"),
    ("chat", {"model": "tiny", "messages": "hi"}, 400, "messages must be a list"),
    ("chat", {"model": "tiny", "messages": ["hi"]}, 400, "each message must be like"),
    ("chat", {"model": "tiny", "messages": [{"role": "user", "content": [{"a": 1}]}]}, 400, "content must be text"),
    ("chat", {"model": "tiny", "messages": ASKED, "format": "yaml"}, 400, 'invalid format: "yaml"'),
    ("chat", {"model": "tiny", "messages": ASKED, "format": {"type": "no such type"}}, 400, ""),
    ("chat", {"model": "tiny", "messages": ASKED, "format": {"$ref": "#/no"}}, 400, "JSON schema error at"),
    ("chat", {"model": "tiny", "messages": ASKED, "stream": "no"}, 400, 'stream must be true or false, not "no"'),
    ("generate", {"model": "tiny", "prompt": "hi", "raw": 1}, 400, "raw must be true or false, not 1"),
    ("chat", {"model": "tiny", "messages": ASKED, "think": True}, 400, '"tiny" does not support thinking'),
    ("generate", {"model": "tiny", "prompt": "hi", "think": "high"}, 400, '"tiny" does not support thinking'),
    ("chat", {"model": "thinker", "messages": ASKED, "think": "very"}, 400, 'invalid think value: "very"'),
    ("chat", {"model": "tiny", "messages": ASKED, "top_logprobs": 21}, 400, "top_logprobs must be between 0 and 20"),
    ("chat", {"model": "tiny", "messages": ASKED, "keep_alive": "soon"}, 400, 'time: invalid duration "soon"'),
    ("chat", {"model": "tiny", "messages": ASKED, "shift": True}, 501, "does not shift"),
    ("chat", {"model": "base", "messages": ASKED, "tools": [{"function": {"name": "f"}}]}, 400, "support tools"),
    ("chat", {"model": "tiny", "messages": ASKED, "tools": [{"name": "f"}]}, 400, "each tool must be like"),
    ("chat", {"model": "embedder", "messages": ASKED}, 400, '"embedder" does not support chat'),
    ("generate", {"model": "embedder", "prompt": "hi"}, 400, '"embedder" does not support generate'),
    ("generate", {"model": "tiny", "prompt": "hi", "suffix": "x"}, 400, "does not support insert"),
    ("generate", {"model": "tiny", "prompt": "hi", "images": ["aGk="]}, 400, "does not support images"),
    ("chat", {"model": "tiny", "messages": [{"role": "user", "content": "hi", "images": ["aGk="]}]}, 400, "images"),
    ("generate", {"model": "tiny", "prompt": "hi", "raw": True, "system": "s"}, 400, "raw mode does not support"),
    ("generate", {"model": "tiny", "prompt": "hi", "template": "{{ .Prompt }}"}, 501, "model's own template"),
    ("generate", {"model": "tiny", "prompt": "hi", "width": 64}, 501, "no pictures"),
    ("generate", {"model": "tiny", "prompt": "hi", "options": {"temperature": "warm"}}, 500, "must be of type float32"),
    ("generate", {"model": "tiny", "prompt": "hi", "options": {"num_ctx": "big"}}, 500, "must be of type integer"),
    ("generate", {"model": "tiny", "prompt": "hi", "options": {"stop": [1]}}, 500, "array of strings"),
    ("generate", {"model": "tiny", "prompt": "hi", "options": 3}, 400, "options must be an object"),
    ("generate", {"model": "tiny", "prompt": "hi", "context": ["a"]}, 400, "list of token ids"),
    ("generate", {"model": "tiny", "prompt": "hi", "context": [999_999]}, 400, ""),
    ("embed", {"model": "tiny", "input": 3}, 400, "invalid input type"),
    ("embed", {"model": "tiny", "input": "x" * 600, "truncate": False}, 400, "input length exceeds the context length"),
    ("create", {"model": "x"}, 400, "neither 'from' or 'files'"),
    ("create", {"model": "x", "from": "none"}, 404, "model 'none' not found"),
    ("create", {"model": "a b", "from": "tiny"}, 400, "invalid model name"),
    ("create", {"model": "x", "from": "tiny", "template": "{{ .Prompt }}"}, 400, "Jinja"),
    ("create", {"model": "x", "from": "tiny", "quantize": "q8_0"}, 501, "quantize"),
    ("create", {"model": "x", "from": "tiny", "adapters": {"a": "b"}}, 501, "adapters"),
    ("create", {"model": "x", "from": "tiny", "parameters": {"top_k": "x"}}, 500, "must be of type integer"),
    ("create", {"model": "x", "files": {"a": "b"}}, 400, "invalid digest format"),
    ("create", {"model": "x", "files": {"a": "sha256:" + "0" * 64}}, 400, "POST them to /api/blobs/"),
    ("copy", {"source": "none", "destination": "x"}, 404, 'model "none" not found'),
    ("copy", {"source": "tiny", "destination": "a/b/c/d/e"}, 400, "invalid model name"),
    ("push", {"model": "tiny"}, 501, "sends nothing to a network"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("route", "body", "status", "text"), CASES, ids=[f"{c[0]}-{c[2]}-{i}" for i, c in enumerate(CASES)]
)
def test_refused(door: Running, route: str, body: dict[str, Any], status: int, text: str) -> None:
    reply = door.http.post(f"/api/{route}", content=_ascii(body))
    assert reply.status_code == status, reply.text
    assert reply.json().keys() == {"error"}
    assert text in reply.json()["error"]
    assert "Traceback" not in reply.text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"", "missing request body"),
        (b"  ", "missing request body"),
        (b'{"model": "tiny"', "invalid JSON"),
        (b"[1]", "must be a JSON object, not list"),
        (b"\xff\xfe\xfa", "invalid JSON"),
        (b'{"model": NaN}', "NaN is not JSON"),
        (b'{"a":' * 100_000, "invalid JSON"),
    ],
)
@pytest.mark.parametrize("route", ["chat", "generate", "embed", "create", "show", "pull", "push", "copy"])
def test_a_body_that_is_no_json_object(door: Running, route: str, raw: bytes, text: str) -> None:
    reply = door.http.post(f"/api/{route}", content=raw)
    assert reply.status_code == 400
    assert text in reply.json()["error"]


def test_a_body_beyond_all_measure_is_413(door: Running) -> None:
    reply = door.http.post("/api/generate", content=b" " * (65 * 1024 * 1024))
    assert reply.status_code == 413


def test_a_broken_model_file_is_named_with_its_fault(door: Running) -> None:
    reply = door.http.post("/api/chat", json={"model": "broken", "messages": ASKED})
    assert reply.status_code == 500
    assert "broken.gguf is no whole GGUF file: it is cut off" in reply.json()["error"]


@pytest.mark.parametrize("path", ["/v1/chat/completions", "/api/me", "/api/experimental/web_search", "/v1/systemone"])
def test_what_only_ollama_has_is_501_in_a_sentence(door: Running, path: str) -> None:
    reply = door.http.post(path, json={})
    assert (reply.status_code, reply.json()["error"]) == (
        501,
        f"{path} is not in this server (dojo-door), only in Ollama itself",
    )


def test_a_wrong_method_and_a_wrong_path(door: Running) -> None:
    assert door.http.get("/api/chat").status_code == 405
    reply = door.http.get("/api/nothing")
    assert (reply.status_code, reply.json()) == (404, {"error": "Not Found"})


@pytest.mark.parametrize("headers", [{"host": "evil.example"}, {"origin": "https://evil.example"}, {"origin": "null"}])
def test_web_pages_are_kept_out(door: Running, headers: dict[str, str]) -> None:
    reply = door.http.request("DELETE", "/api/delete", json={"model": "tiny"}, headers=headers)
    assert reply.status_code == 403
    assert door.http.get("/api/tags", headers={"origin": "http://localhost:8888"}).status_code == 200


def test_a_blob_must_have_its_digest(door: Running) -> None:
    wrong = "sha256:" + "1" * 64
    reply = door.http.post(f"/api/blobs/{wrong}", content=b"GGUF")
    assert reply.status_code == 400
    assert reply.json()["error"].startswith(f'digest mismatch, expected "{wrong}", got "sha256:')
    assert door.http.head(f"/api/blobs/{wrong}").status_code == 404
    assert door.http.post("/api/blobs/md5:1", content=b"").status_code == 400
    assert door.http.head("/api/blobs/..%2f..%2fetc").status_code in (400, 404)
    assert list((door.models / ".door" / "blobs").glob("*.part")) == []


def _ascii(body: dict[str, Any]) -> bytes:
    """JSON in which half a surrogate pair survives."""
    return json.dumps(body).encode("ascii")
