"""`python -m dojo.models.tiny`: what it says when something is missing, and that asking it costs nothing."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dojo.errors import DojoError
from dojo.models.tiny import steps
from dojo.models.tiny.__main__ import main
from dojo.models.tiny.engine import Engine, engine_is_here


def _without(package: str) -> Callable[[str], object]:
    return lambda name: None if name == package else importlib.machinery.ModuleSpec(name, None)


@pytest.mark.parametrize("package", ["tokenizers", "torch"])
def test_a_missing_package_is_one_sentence_that_names_the_extra(
    package: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", _without(package))
    assert main(["train", "--out", str(tmp_path)]) == 1
    assert capsys.readouterr().err == (
        f"The package {package} is missing; get it with: pip install 'local-ai-dojo[train]'\n"
    )


def test_steps_out_of_order_say_which_comes_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("gguf")
    pytest.importorskip("tokenizers")
    for step, first in (("export", "train"), ("score", "train"), ("embed", "train"), ("ship", "all")):
        assert main([step, "--out", str(tmp_path)]) == 1
        said = capsys.readouterr().err
        assert said.count("\n") == 1
        assert f"python -m dojo.models.tiny {first}" in said


def test_ctrl_c_leaves_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(steps, "train", stopped)
    assert main(["train", "--out", str(tmp_path)]) == 1
    assert capsys.readouterr().err == "Stopped; the last checkpoint is kept, the same command goes on from it.\n"


def test_a_folder_that_is_a_file_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("tokenizers")
    (tmp_path / "file").write_text("")
    assert main(["train", "--out", str(tmp_path / "file")]) == 1
    assert "name another folder with --out" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", [["tarin"], ["train", "--minutes", "0"], ["train", "--threads", "none"]])
def test_wrong_usage_is_exit_two(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(wrong)
    assert stopped.value.code == 2
    assert capsys.readouterr().err


def test_help_loads_no_heavy_package() -> None:
    code = (
        "import sys, dojo.models.tiny.__main__ as m\n"
        "try: m.main(['--help'])\nexcept SystemExit: pass\n"
        "print(*{'torch', 'tokenizers', 'gguf', 'xllamacpp'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("\n\n")


def test_a_file_that_is_no_model_is_one_sentence(tmp_path: Path) -> None:
    if not engine_is_here():
        pytest.skip("the package xllamacpp would read it")
    with pytest.raises(DojoError, match="There is no model file"):
        Engine(tmp_path / "none.gguf")
    file = tmp_path / "bad.gguf"
    file.write_bytes(b"GGUF and then nothing")
    with Engine(file) as engine, pytest.raises(DojoError, match="could not load"):
        engine.complete("Hello")
