"""Every route answers in Ollama's shape: the fields of the specification, of the right type, and no others."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from door_kit import Running

pytest_plugins = ["door_fixtures"]

SHORT = {"num_predict": 4, "temperature": 0}
METRICS = {
    "total_duration": int, "load_duration": int, "prompt_eval_count": int, "prompt_eval_duration": int,
    "eval_count": int, "eval_duration": int,
}  # fmt: skip
DETAILS = {
    "parent_model": str, "format": str, "family": str, "families": list, "parameter_size": str,
    "quantization_level": str, "context_length": int, "embedding_length": int,
}  # fmt: skip
CHUNK = {"model": str, "created_at": str, "done": bool}
END = {**CHUNK, "done_reason": str, **METRICS}


def fits(found: dict[str, Any], fields: dict[str, type], optional: tuple[str, ...] = ()) -> None:
    """All of these fields, of these types, and nothing else."""
    assert set(found) - set(optional) == set(fields)
    assert {name: type(found[name]) for name in fields} == fields


def lines(door: Running, path: str, body: dict[str, Any]) -> list[dict[str, Any]]:
    """What a streaming request gets."""
    reply = door.http.post(path, json=body)
    assert reply.status_code == 200, reply.text
    assert reply.headers["content-type"] == "application/x-ndjson"
    assert reply.text.endswith("\n")
    return [json.loads(line) for line in reply.text.splitlines()]


def test_the_root_says_what_ollama_says_and_the_header_says_who_it_is(door: Running) -> None:
    reply = door.http.get("/")
    assert (reply.text, reply.headers["server"]) == ("Ollama is running", "dojo-door")
    assert door.http.head("/").status_code == 200
    assert door.http.get("/api/version").json() == {"version": "0.33.0-dojo"}
    assert door.http.head("/api/version").status_code == 200


def test_tags_lists_every_whole_gguf_in_the_folder(door: Running) -> None:
    found = {one["name"]: one for one in door.http.get("/api/tags").json()["models"]}
    assert {"tiny:latest", "thinker:latest", "embedder:latest", "base:latest"} <= set(found)
    assert "broken:latest" not in found
    one = found["thinker:latest"]
    fields: dict[str, type] = {
        "name": str, "model": str, "modified_at": str, "size": int, "digest": str, "details": dict,
        "capabilities": list,
    }  # fmt: skip
    fits(one, fields)
    fits(one["details"], DETAILS)
    assert one["size"] == (door.models / "thinker.gguf").stat().st_size
    assert one["capabilities"] == ["completion", "tools", "thinking"]
    assert found["embedder:latest"]["capabilities"] == ["embedding"]
    assert (one["details"]["parameter_size"], one["details"]["quantization_level"]) == ("27.04K", "F32")
    assert len(one["digest"]) == 64


def test_a_file_dropped_in_while_the_door_runs_is_served(door: Running) -> None:
    (door.models / "New one (2).gguf").write_bytes((door.models / "tiny.gguf").read_bytes())
    reply = door.http.post(
        "/api/generate", json={"model": "new-one-2", "prompt": "hi", "stream": False, "options": SHORT}
    )
    assert reply.status_code == 200, reply.text


def test_ps_tells_what_is_loaded_and_until_when(door: Running) -> None:
    door.http.post("/api/generate", json={"model": "tiny", "keep_alive": -1})
    one = next(one for one in door.http.get("/api/ps").json()["models"] if one["name"] == "tiny:latest")
    fields: dict[str, type] = {
        "name": str, "model": str, "size": int, "digest": str, "details": dict, "expires_at": str, "size_vram": int,
        "context_length": int,
    }  # fmt: skip
    fits(one, fields)
    assert one["context_length"] == 512
    assert one["expires_at"] > "2200"


def test_show_tells_the_files_own_facts(door: Running) -> None:
    found = door.http.post("/api/show", json={"model": "tiny"}).json()
    fields: dict[str, type] = {
        "license": str, "modelfile": str, "parameters": str, "template": str, "system": str, "details": dict,
        "messages": list, "model_info": dict, "capabilities": list, "modified_at": str,
    }  # fmt: skip
    fits(found, fields)
    assert found["model_info"]["llama.context_length"] == 512
    assert found["model_info"]["tokenizer.ggml.tokens"] is None
    assert found["license"] == "CC0-1.0"
    assert "FROM " in found["modelfile"]
    verbose = door.http.post("/api/show", json={"name": "tiny:latest", "verbose": True}).json()
    assert {"name": "output_norm.weight", "type": "F32", "shape": [32]} in verbose["tensors"]


def test_a_chat_stream_is_chunks_and_one_empty_end(door: Running) -> None:
    body = {"model": "tiny", "messages": [{"role": "user", "content": "hi"}], "options": SHORT}
    *chunks, end = lines(door, "/api/chat", body)
    for one in chunks:
        fits(one, {**CHUNK, "message": dict})
        assert one["message"].keys() <= {"role", "content", "thinking", "tool_calls"}
        assert not one["done"]
    fits(end, {**END, "message": dict})
    assert end["message"] == {"role": "assistant", "content": ""}
    assert (end["done"], end["done_reason"], end["eval_count"]) == (True, "length", 4)
    assert 0 < end["prompt_eval_duration"] < end["total_duration"]
    whole = door.http.post("/api/chat", json={**body, "stream": False}).json()
    assert whole["message"]["content"] == "".join(one["message"]["content"] for one in chunks)


def test_a_generate_stream_is_chunks_and_one_empty_end_with_the_context(door: Running) -> None:
    body = {"model": "tiny", "prompt": "hi", "options": SHORT}
    *chunks, end = lines(door, "/api/generate", body)
    for one in chunks:
        fits(one, {**CHUNK, "response": str})
    fits(end, {**END, "response": str, "context": list})
    assert end["response"] == ""
    assert len(end["context"]) >= end["prompt_eval_count"]
    raw = lines(door, "/api/generate", {**body, "raw": True})[-1]
    fits(raw, {**END, "response": str})
    assert raw["prompt_eval_count"] < end["prompt_eval_count"]


def test_context_goes_on_with_the_talk(door: Running) -> None:
    body = {"model": "tiny", "prompt": "hi", "stream": False, "options": SHORT}
    first = door.http.post("/api/generate", json=body).json()
    second = door.http.post("/api/generate", json={**body, "context": first["context"]}).json()
    assert second["context"][: len(first["context"])] == first["context"]
    assert second["prompt_eval_count"] > first["prompt_eval_count"] + first["eval_count"] - 2


def test_logprobs_come_with_each_token(door: Running) -> None:
    asked = {"model": "tiny", "options": SHORT, "logprobs": True, "top_logprobs": 3}
    chat = lines(door, "/api/chat", {**asked, "messages": [{"role": "user", "content": "hi"}]})
    raw = lines(door, "/api/generate", {**asked, "prompt": "hi", "raw": True})
    asked = {**asked, "prompt": "hi", "top_logprobs": 0}
    none = lines(door, "/api/generate", asked)
    none_raw = lines(door, "/api/generate", {**asked, "raw": True})
    for found, top in ((chat, 3), (raw, 3), (none, 0), (none_raw, 0)):
        probabilities = [one for line in found for one in line.get("logprobs", [])]
        assert probabilities
        for one in probabilities:
            fits(one, {"token": str, "logprob": float, "bytes": list, "top_logprobs": list})
            assert len(one["top_logprobs"]) == top
            for other in one["top_logprobs"]:
                fits(other, {"token": str, "logprob": float, "bytes": list})


def test_embed_gives_vectors_of_length_one(door: Running) -> None:
    for model in ("embedder", "tiny"):
        found = door.http.post("/api/embed", json={"model": model, "input": ["one", "two words"]}).json()
        fields: dict[str, type] = {
            "model": str, "embeddings": list, "total_duration": int, "load_duration": int, "prompt_eval_count": int,
        }  # fmt: skip
        fits(found, fields)
        assert [len(one) for one in found["embeddings"]] == [32, 32]
        assert all(math.hypot(*one) == pytest.approx(1) for one in found["embeddings"])
        short = door.http.post("/api/embed", json={"model": model, "input": "one", "dimensions": 5}).json()
        assert [len(one) for one in short["embeddings"]] == [5]
        assert math.hypot(*short["embeddings"][0]) == pytest.approx(1)
    assert door.http.post("/api/embed", json={"model": "tiny", "input": []}).json()["embeddings"] == []


def test_the_old_embeddings_route_gives_one_vector_not_scaled(door: Running) -> None:
    found = door.http.post("/api/embeddings", json={"model": "embedder", "prompt": "one"}).json()
    fits(found, {"embedding": list})
    assert math.hypot(*found["embedding"]) != pytest.approx(1)


def test_an_empty_request_loads_and_keep_alive_zero_unloads(door: Running) -> None:
    for path, empty in (("/api/chat", {"messages": []}), ("/api/generate", {"prompt": ""})):
        loaded = door.http.post(path, json={"model": "base", **empty, "keep_alive": "10m"}).json()
        assert (loaded["done"], loaded["done_reason"]) == (True, "load")
        assert "base:latest" in [one["name"] for one in door.http.get("/api/ps").json()["models"]]
        gone = door.http.post(path, json={"model": "base", **empty, "keep_alive": 0}).json()
        assert (gone["done"], gone["done_reason"]) == (True, "unload")
        assert "base:latest" not in [one["name"] for one in door.http.get("/api/ps").json()["models"]]


def test_pull_shows_progress_for_what_is_here(door: Running) -> None:
    found = lines(door, "/api/pull", {"model": "tiny"})
    assert [one["status"].split()[0] for one in found][:3] == ["pulling", "pulling", "pulling"]
    assert (found[2]["completed"], found[2]["total"]) == (found[2]["total"], (door.models / "tiny.gguf").stat().st_size)
    assert [one["status"] for one in found][3:] == ["verifying sha256 digest", "writing manifest", "success"]
    assert door.http.post("/api/pull", json={"model": "tiny", "stream": False}).json() == {"status": "success"}


def test_pull_of_something_else_is_an_honest_line_in_the_stream(door: Running) -> None:
    first, last = lines(door, "/api/pull", {"model": "llama3.2:1b"})
    assert first == {"status": "pulling manifest"}
    assert "pull model manifest: llama3.2:1b is not here" in last["error"]
    assert "fetches nothing from the network" in last["error"]
    assert str(door.models) in last["error"]


def test_thinking_is_told_apart_and_can_be_switched_off(door: Running) -> None:
    asked = {"model": "thinker", "messages": [{"role": "user", "content": "hi"}], "_debug_render_only": True}
    on = lines(door, "/api/chat", asked)[0]["_debug_info"]["rendered_template"]
    off = lines(door, "/api/chat", {**asked, "think": False})[0]["_debug_info"]["rendered_template"]
    assert on.endswith("<|im_start|>assistant\n")
    assert off.endswith("<think>\n\n</think>\n\n")
