"""The doctor names what will not work, and the one thing to do about it."""

from __future__ import annotations

import shutil
from collections import namedtuple
from importlib import metadata
from pathlib import Path

import psutil
import pytest

from dojo import doctor


def _finding(what: str) -> doctor.Finding:
    return next(one for one in doctor.examine() if one.what == what)


def _versions(monkeypatch: pytest.MonkeyPatch, **known: str | None) -> None:
    real = metadata.version

    def version(name: str) -> str:
        key = name.replace("-", "_")
        if key in known:
            if known[key] is None:
                raise metadata.PackageNotFoundError(name)
            return str(known[key])
        return real(name)

    monkeypatch.setattr(metadata, "version", version)


def test_two_opencv_wheels_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    _versions(monkeypatch, opencv_python="5.0", opencv_python_headless="5.0")
    found = _finding("OpenCV")
    assert found.state == "mend"
    assert "pip uninstall -y opencv-python opencv-python-headless" in found.remedy


def test_torch_from_two_places_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    _versions(monkeypatch, torch="2.15.0+cpu", torchvision="0.29.2")
    assert _finding("PyTorch").state == "mend"


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    _versions(monkeypatch, nbgrader=None)
    assert "missing: nbgrader" in _finding("Packages").said


def test_a_full_disk_and_a_small_memory_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(10**12, 10**12, 2 * 10**8))
    memory = namedtuple("memory", "total available")
    monkeypatch.setattr(psutil, "virtual_memory", lambda: memory(4 * 10**9, 10**9))
    assert (_finding("Disk").state, _finding("Memory").state) == ("mend", "note")


def test_the_models_that_fit_are_named_with_size_licence_and_command(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = namedtuple("memory", "total available")
    monkeypatch.setattr(psutil, "virtual_memory", lambda: memory(8 * 10**9, 10**9))
    monkeypatch.setattr("dojo.machine._output", lambda command: "")
    monkeypatch.setattr("dojo.machine._CARDS", Path("no-such-folder"))
    monkeypatch.setattr("platform.system", lambda: "Linux")
    found = _finding("Models that fit")
    assert "chat      dojo pull llama3.2:3b         2.0 GB  Llama 3.2 Community License" in found.remedy
    assert "embedding dojo pull nomic-embed-text" in found.remedy
    assert "from a table of 20" in found.said


def test_an_amd_card_is_found_by_what_linux_says_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dojo.machine._output", lambda command: "")
    monkeypatch.setattr("dojo.machine._CARDS", tmp_path)
    for card, said in (("card0", "536870912\n"), ("card1", "17163091968\n"), ("card2", "none\n")):
        (tmp_path / card / "device").mkdir(parents=True)
        (tmp_path / card / "device" / "mem_info_vram_total").write_text(said)
    assert _finding("Graphics").said == "AMD graphics, 17.2 GB"
    assert "dojo pull qwen3.5:9b" in _finding("Models that fit").remedy


def test_a_look_that_fails_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(path: object) -> None:
        raise OSError("no such disk")

    monkeypatch.setattr(shutil, "disk_usage", broken)
    assert any("could not be examined (no such disk)" in one.said for one in doctor.examine())


def test_a_broken_ollama_host_is_to_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OLLAMA_HOST", "localhost:99999")
    assert _finding("Model").state == "mend"
