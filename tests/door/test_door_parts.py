"""The parts of the door alone: names, files, digests, options, durations."""

from __future__ import annotations

import hashlib
import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from gguf_file import write_tiny_model

from dojo.door.describe import details
from dojo.door.errors import RefusalError
from dojo.door.gguf import NotAModelError, read_facts
from dojo.door.keeper import plan
from dojo.door.models import Models, Recipe, full_name
from dojo.door.options import FOREVER, look_back, read_keep_alive, read_options
from dojo.door.store import Store
from dojo.door.wire import dump, stamp


def test_a_files_own_facts_are_read(tmp_path: Path) -> None:
    facts = read_facts(write_tiny_model(tmp_path / "a.gguf"))
    assert facts.values["general.architecture"] == "llama"
    assert facts.of_architecture("context_length") == 512
    assert facts.values["tokenizer.ggml.tokens"] is None
    assert facts.parameters == 27_040
    assert len(facts.tensors) == 20


def test_a_file_cut_off_anywhere_is_refused_in_words(tmp_path: Path) -> None:
    whole = write_tiny_model(tmp_path / "a.gguf").read_bytes()
    part = tmp_path / "part.gguf"
    for length in [*range(0, 1_000, 3), *range(1_000, len(whole) - 16_000, 997)]:
        part.write_bytes(whole[:length])
        with pytest.raises(NotAModelError):
            read_facts(part)


def test_a_file_with_a_wrong_byte_anywhere_is_read_or_refused(tmp_path: Path) -> None:
    whole = bytearray(write_tiny_model(tmp_path / "a.gguf").read_bytes())
    part = tmp_path / "part.gguf"
    for place in range(0, 7_000, 23):
        part.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            read_facts(part)
        except NotAModelError:
            continue


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("llama3.2", "llama3.2:latest"),
        ("llama3.2:1b", "llama3.2:1b"),
        ("library/llama3.2", "llama3.2:latest"),
        ("registry.ollama.ai/library/x:y", "x:y"),
        ("me/x", "me/x:latest"),
        ("localhost:5000/me/x", "localhost:5000/me/x:latest"),
        ("hf.co/me/x:Q4_K_M", "hf.co/me/x:Q4_K_M"),
    ],
)
def test_names_are_filled_in_as_ollama_does(name: str, full: str) -> None:
    assert full_name(name) == full


@pytest.mark.parametrize("name", ["", "a b", "../x", "a/b/c/d", "x:", ":y", "a/../b", "x" * 400, "näme", ".hidden"])
def test_what_can_be_no_name(name: str) -> None:
    with pytest.raises(RefusalError) as caught:
        full_name(name)
    assert caught.value.status == 400


def test_names_are_found_whatever_their_case(tmp_path: Path) -> None:
    write_tiny_model(tmp_path / "Some.Model-Q4.gguf")
    assert Models(tmp_path).find("some.model-q4").name == "Some.Model-Q4:latest"


def test_a_split_model_is_one_model(tmp_path: Path) -> None:
    for part in ("00001", "00002"):
        write_tiny_model(tmp_path / f"big-{part}-of-00002.gguf")
    assert [one.name for one in Models(tmp_path).all()] == ["big:latest"]


def test_a_file_of_the_users_goes_before_a_shipped_one(tmp_path: Path) -> None:
    shipped, mine = tmp_path / "shipped", tmp_path / "mine"
    for folder in (shipped, mine):
        folder.mkdir()
        write_tiny_model(folder / "tiny.gguf")
    models = Models(mine, shipped)
    assert [(one.name, one.shipped) for one in models.all()] == [("tiny:latest", False)]
    (mine / "tiny.gguf").unlink()
    assert models.find("tiny").shipped
    with pytest.raises(RefusalError, match="comes with the course") as caught:
        Store(models).delete(models.find("tiny"))
    assert caught.value.status == 403


def test_a_copy_outlives_its_source_and_the_last_name_takes_the_bytes_along(tmp_path: Path) -> None:
    write_tiny_model(tmp_path / "one.gguf")
    models = Models(tmp_path)
    store = Store(models)
    store.copy("one", "two")
    store.copy("two", "three:x")
    store.delete(models.find("one"))
    store.delete(models.find("two"))
    assert [one.name for one in models.all()] == ["three:x"]
    assert models.find("three:x").facts.parameters == 27_040
    store.delete(models.find("three:x"))
    assert not list(models.blobs.iterdir())
    assert models.all() == []


@pytest.mark.parametrize("shared", [False, True])
def test_a_copy_is_bytes_of_its_own_unless_it_is_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shared: bool
) -> None:
    path = write_tiny_model(tmp_path / "one.gguf")
    if shared:
        monkeypatch.setattr("dojo.door.store._SHARED", path.stat().st_size)
    models = Models(tmp_path)
    Store(models).copy("one", "two")
    (blob,) = models.blobs.iterdir()
    assert blob.samefile(path) == shared
    path.write_bytes(b"written over in place")
    assert (blob.read_bytes() == path.read_bytes()) == shared


def test_a_name_given_again_stands_for_the_new_thing(tmp_path: Path) -> None:
    write_tiny_model(tmp_path / "one.gguf", seed=1)
    write_tiny_model(tmp_path / "two.gguf", seed=2)
    models = Models(tmp_path)
    store = Store(models)
    store.copy("one", "it")
    first = models.digest(models.find("it"))
    store.name("it", store.weights(models.find("two")), Recipe(system="Be kind."))
    assert models.find("it").recipe.system == "Be kind."
    assert models.digest(models.find("it")) != first
    assert len(list(models.blobs.iterdir())) == 1


def test_digests_are_remembered_and_follow_the_file(tmp_path: Path) -> None:
    path = write_tiny_model(tmp_path / "one.gguf", seed=1)
    first = Models(tmp_path).digests.of(path)
    assert json.loads((tmp_path / ".door" / "digests.json").read_text()) != {}
    write_tiny_model(path, seed=2)
    assert Models(tmp_path).digests.of(path) != first


def test_many_who_ask_for_a_new_files_digest_at_once_all_get_it(tmp_path: Path) -> None:
    paths = [write_tiny_model(tmp_path / f"{number}.gguf", seed=number) for number in range(12)]
    digests = Models(tmp_path).digests
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(digests.of, paths * 8))
    assert found == [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths] * 8
    assert len(json.loads((tmp_path / ".door" / "digests.json").read_text())) == 12


def test_sweep_takes_away_what_an_upload_left_and_no_name_stands_for(tmp_path: Path) -> None:
    write_tiny_model(tmp_path / "one.gguf")
    models = Models(tmp_path)
    store = Store(models)
    store.copy("one", "two")
    kept = list(models.blobs.iterdir())
    (models.blobs / "x.part").write_bytes(b"half")
    (models.blobs / f"sha256-{'0' * 64}").write_bytes(b"never named")
    store.sweep()
    assert list(models.blobs.iterdir()) == kept


def test_a_damaged_name_is_told_spoils_no_list_and_keeps_all_weights(tmp_path: Path) -> None:
    write_tiny_model(tmp_path / "one.gguf")
    models = Models(tmp_path)
    store = Store(models)
    store.copy("one", "two")
    models.note("two").write_text('{"weights": ')
    assert [one.name for one in models.all()] == ["one:latest"]
    with pytest.raises(RefusalError, match=r"two%3Alatest\.json is damaged; remove that file and create two:latest"):
        models.find("two")
    store.sweep()
    assert len(list(models.blobs.iterdir())) == 1
    store.copy("one", "two")
    assert models.find("two").facts.parameters == 27_040


def test_sizes_are_written_as_ollama_writes_them(tmp_path: Path) -> None:
    write_tiny_model(tmp_path / "a.gguf")
    assert details(Models(tmp_path).find("a"))["parameter_size"] == "27.04K"


@pytest.mark.parametrize(
    ("given", "seconds"),
    [
        (None, 300), (0, 0), (7, 7), (0.5, 0.5), (-1, FOREVER), ("-1", FOREVER), ("-1m", FOREVER), ("10m", 600),
        ("1h30m", 5400), ("500ms", 0.5), ("0", 0), ("1.5h", 5400),
    ],
)  # fmt: skip
def test_keep_alive(given: Any, seconds: float) -> None:
    assert read_keep_alive(given) == pytest.approx(seconds)


@pytest.mark.parametrize("given", ["soon", "5 m", "", True, [], "m5"])
def test_what_is_no_keep_alive(given: Any) -> None:
    with pytest.raises(RefusalError) as caught:
        read_keep_alive(given)
    assert caught.value.status == 400


def test_a_requests_options_go_before_the_models() -> None:
    wishes = read_options(
        {"temperature": 1, "num_ctx": 9.0, "top_k": None}, {"temperature": 0, "top_k": 5, "stop": "x"}
    )
    assert (wishes.sampling["temperature"], wishes.sampling["top_k"], wishes.num_ctx) == (1.0, 5, 9)
    assert wishes.sampling["stop"] == ["x"]
    assert wishes.sampling["seed"] == 2**32 - 1


@pytest.mark.parametrize("options", [{"seed": 1e300}, {"seed": True}, {"top_p": "1"}, {"stop": 1}, {"num_gpu": [1]}])
def test_options_of_a_wrong_type(options: dict[str, Any]) -> None:
    with pytest.raises(RefusalError, match="must be of") as caught:
        read_options(options, {})
    assert caught.value.status == 500


def test_numbers_out_of_reach_are_taken_for_the_nearest_within(tmp_path: Path) -> None:
    model = Models(write_tiny_model(tmp_path / "a.gguf").parent).find("a")
    asked = {"num_ctx": 10**9, "num_thread": 10**6, "num_keep": -7, "repeat_last_n": 2**31 - 1, "num_predict": -9}
    wishes = read_options(asked, {})
    load = plan(model, wishes)
    assert (load.context, load.threads) == (512, os.cpu_count())
    assert (wishes.sampling["n_keep"], wishes.sampling["n_predict"]) == (-1, -1)
    assert look_back(wishes.sampling, 512)["repeat_last_n"] == 512
    assert look_back({"repeat_last_n": -1}, 512) == {"repeat_last_n": 512}
    assert plan(model, read_options({"num_thread": -1, "num_ctx": -1}, {})) == plan(model, read_options({}, {}))


def test_any_text_can_be_sent() -> None:
    assert dump({"a": "\ud800ä"}) == '{"a":"?ä"}'.encode()
    assert stamp(0) == "1970-01-01T00:00:00.000000Z"
