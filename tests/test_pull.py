"""Models come through Ollama, or from a folder carried by hand; a model is complete or absent."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import ollama
import pytest

from dojo.cli import main
from dojo.errors import DojoError, UsageError
from dojo.pull import Carried, Step, carry, models_folder, pull


def _model(folder: Path, name: str, tag: str, *contents: bytes) -> list[Path]:
    """Put a model into an Ollama models folder; its first content is the config. Gives its blobs."""
    blobs = []
    for content in contents:
        blob = folder / "blobs" / f"sha256-{hashlib.sha256(content).hexdigest()}"
        blob.parent.mkdir(parents=True, exist_ok=True)
        blob.write_bytes(content)
        blobs.append(blob)
    layers = [{"digest": blob.name.replace("-", ":")} for blob in blobs]
    manifest = folder / "manifests" / "registry.ollama.ai" / "library" / name / tag
    manifest.parent.mkdir(parents=True, exist_ok=True)
    manifest.write_text(json.dumps({"config": layers[0], "layers": layers[1:]}), encoding="utf-8")
    return blobs


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_carried_folder_arrives_whole_and_a_second_time_nothing_is_copied(tmp_path: Path) -> None:
    _model(tmp_path / "usb", "llama3.2", "1b", b"config", b"weights")
    _model(tmp_path / "usb", "qwen3", "1.7b", b"other config", b"weights")
    assert [one.state for one in carry(tmp_path / "usb", tmp_path / "here")] == ["copied", "copied"]
    assert _files(tmp_path / "here") == _files(tmp_path / "usb")
    assert list(carry(tmp_path / "usb", tmp_path / "here")) == [
        Carried("llama3.2:1b", "there already"),
        Carried("qwen3:1.7b", "there already"),
    ]


def test_a_damaged_model_is_refused_and_the_others_arrive(tmp_path: Path) -> None:
    damaged = _model(tmp_path / "usb", "llama3.2", "1b", b"config", b"weights")
    _model(tmp_path / "usb", "qwen3", "1.7b", b"other config", b"other weights")
    damaged[1].write_bytes(b"weighs")
    states = {one.tag: one.state for one in carry(tmp_path / "usb", tmp_path / "here")}
    assert "is damaged; copy it again" in states["llama3.2:1b"]
    assert states["qwen3:1.7b"] == "copied"
    assert not (tmp_path / "here/manifests/registry.ollama.ai/library/llama3.2/1b").exists()
    assert not (tmp_path / "here/blobs" / damaged[1].name).exists()
    assert not list((tmp_path / "here").rglob("*.part"))


def test_what_a_mac_leaves_on_a_stick_is_passed_over(tmp_path: Path) -> None:
    _model(tmp_path / "usb", "llama3.2", "1b", b"config")
    for name in (".DS_Store", "registry.ollama.ai/library/llama3.2/._1b"):
        (tmp_path / "usb" / "manifests" / name).write_bytes(b"\x00\x05\x16\x07")
    assert list(carry(tmp_path / "usb", tmp_path / "here")) == [Carried("llama3.2:1b", "copied")]


def test_a_copy_tells_how_far_it_is(tmp_path: Path) -> None:
    _model(tmp_path / "usb", "llama3.2", "1b", b"config", b"weights")
    told: list[Step] = []
    list(carry(tmp_path / "usb", tmp_path / "here", told.append))
    assert {step.tag for step in told} == {"llama3.2:1b"}
    assert [(step.done, step.total) for step in told] == [(6, 6), (7, 7)]


def test_a_model_that_has_no_room_is_refused_before_it_is_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _model(tmp_path / "usb", "llama3.2", "1b", b"config")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=3))
    [one] = carry(tmp_path / "usb", tmp_path / "here")
    assert "it needs 0.0 GB more, and 0.0 GB are free at" in one.state
    assert not (tmp_path / "here").exists()


@pytest.mark.parametrize(
    ("manifest", "said"),
    [
        ("{", "its manifest can't be read"),
        ("[" * 100_000, "its manifest can't be read"),
        ('{"config": {"digest": "sha256:../../../etc/passwd"}, "layers": []}', "in a way that Ollama does not"),
        (json.dumps({"config": {"digest": "sha256:" + "0" * 64}, "layers": []}), "is missing from the folder"),
    ],
)
def test_a_manifest_that_makes_no_sense_is_refused_with_the_reason(manifest: str, said: str, tmp_path: Path) -> None:
    _model(tmp_path / "usb", "x", "1b", b"config")
    (tmp_path / "usb/manifests/registry.ollama.ai/library/x/1b").write_text(manifest, encoding="utf-8")
    [one] = carry(tmp_path / "usb", tmp_path / "here")
    assert said in one.state


def test_a_folder_of_something_else_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DojoError, match=r"is no folder of Ollama models: .* copy the folder \.ollama/models"):
        list(carry(tmp_path, tmp_path / "here"))


def test_a_full_disk_leaves_no_half_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _model(tmp_path / "usb", "x", "1b", b"config")

    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    [one] = carry(tmp_path / "usb", tmp_path / "here")
    assert "No space left on device" in one.state
    assert _files(tmp_path / "here") == {}


def test_the_folder_is_ollamas_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("OLLAMA_MODELS", raising=False)
    assert models_folder() == Path.home() / ".ollama" / "models"
    monkeypatch.setenv("OLLAMA_MODELS", str(tmp_path))
    assert models_folder() == tmp_path


def _client(*parts: Any) -> Any:
    def give(tag: str, stream: bool) -> Any:
        for part in parts:
            if isinstance(part, Exception):
                raise part
            yield part

    return SimpleNamespace(pull=give)


def test_each_step_of_a_pull_is_told() -> None:
    parts = [ollama.ProgressResponse(status="pulling"), ollama.ProgressResponse(status="x", completed=5, total=10)]
    steps = list(pull(["m"], _client(*parts, ollama.ProgressResponse(status="success"))))
    assert [(step.said, step.done, step.total) for step in steps] == [
        ("pulling", 0, 0),
        ("x", 5, 10),
        ("success", 0, 0),
    ]


def test_a_pull_that_ends_in_the_middle_is_no_success() -> None:
    part = ollama.ProgressResponse(status="pulling abc", completed=5, total=10)
    with pytest.raises(DojoError, match=r"m was not pulled whole: http://127\.0\.0\.1:9 ended in the middle"):
        list(pull(["m"], _client(part)))


def test_a_server_that_speaks_otherwise_is_a_sentence() -> None:
    with pytest.raises(DojoError, match=r"what answers at http://127\.0\.0\.1:9 does not speak as Ollama does"):
        list(pull(["m"], _client(json.JSONDecodeError("Expecting value", "<html>", 0))))
    with pytest.raises(DojoError, match="does not speak as Ollama does"):
        list(pull(["m"], _client(AttributeError("'list' object has no attribute 'get'"))))


@pytest.mark.parametrize("tag", ["", "llama3.2 1b"])
def test_what_is_no_models_name_is_refused_before_anything_is_asked(tag: str) -> None:
    with pytest.raises(UsageError, match="is no model's name; write it like"):
        list(pull(["m", tag], _client(AssertionError("was asked"))))


def test_an_address_that_is_none_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OLLAMA_HOST", "localhost:99999")
    for command in (["pull", "m"], ["record", "1"]):
        assert main(command) == 2
        assert "OLLAMA_HOST is 'localhost:99999' (Port out of range 0-65535)" in capsys.readouterr().err


def test_the_command_pulls_a_group_or_a_tag_and_carries_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []

    def steps(tags: list[str]) -> list[Step]:
        asked.extend(tags)
        return [Step(tags[0], "pulling", done, 10) for done in (1, 2)] + [Step(tags[0], "success")]

    monkeypatch.setattr("dojo.pull.pull", steps)
    assert main(["pull"]) == 0
    assert main(["pull", "other:7b"]) == 0
    assert asked == ["llama3.2:1b", "qwen3:1.7b", "deepseek-r1:1.5b", "other:7b"]
    assert capsys.readouterr().err.splitlines()[:2] == ["llama3.2:1b: pulling", "llama3.2:1b: success"]

    monkeypatch.setenv("OLLAMA_MODELS", str(tmp_path / "here"))
    damaged = _model(tmp_path / "usb", "llama3.2", "1b", b"config", b"weights")
    assert main(["pull", "--from", str(tmp_path / "usb")]) == 0
    damaged[0].write_bytes(b"wrong size")
    assert main(["pull", "--from", str(tmp_path / "usb")]) == 1
    assert main(["pull", "trio", "--from", str(tmp_path / "usb")]) == 2
    assert "leave the names out" in capsys.readouterr().err


def test_a_pull_that_ollama_refuses_is_a_sentence() -> None:
    error = ollama.ResponseError("pull model manifest: file does not exist")
    with pytest.raises(DojoError, match=r"m:1b was not pulled: pull model manifest: file does not exist\.$"):
        list(pull(["m:1b"], _client(error)))
    with pytest.raises(DojoError, match=r"file does not exist\. Did you mean trio\?$"):
        list(pull(["trioo"], _client(error)))


def test_a_pull_with_no_ollama_is_a_sentence() -> None:
    with pytest.raises(DojoError, match=r"Nobody answers at http://127\.0\.0\.1:9, so m was not pulled; start Ollama"):
        list(pull(["m"]))
