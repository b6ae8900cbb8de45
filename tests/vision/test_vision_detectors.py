"""Trained models by path and by task; opening real files, good and bad, is in tests/test_offline.py."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from dojo import models
from dojo.errors import DojoError
from dojo.vision import load_model, weights


def test_a_model_that_is_not_there_is_told_with_the_kits_own(tmp_path: Path) -> None:
    with pytest.raises(DojoError, match=r"no model .*yolo26n\.pt.*dojo\.weights\('detect'\)"):
        load_model(tmp_path / "yolo26n.pt")


@pytest.mark.parametrize("name", ["model.torchscript", "model.yaml", "model"])
def test_other_kinds_of_files_are_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"anything")
    with pytest.raises(DojoError, match=rf"{name} is no model that can be opened safely: name a \.pt or an \.onnx"):
        load_model(str(tmp_path / name))


@pytest.mark.parametrize(("path", "task"), [(None, None), (5, None), (b"a.pt", None), ("a.onnx", "find"), ("a.pt", 7)])
def test_what_is_no_path_or_no_task_is_told(path: Any, task: Any) -> None:
    with pytest.raises(DojoError, match=r"names no file or no task: give a path, and a task, if any, of detect, "):
        load_model(path, task)


def test_the_kits_weights_come_from_the_desk_models(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = ModuleType("dojo.models.desk")
    asked: list[tuple[str, str]] = []

    def found(task: str, kind: str) -> Path:
        asked.append((task, kind))
        return Path(f"{task}.{kind}")

    desk.weights = found  # type: ignore[attr-defined]  # a module made here
    monkeypatch.setitem(sys.modules, "dojo.models.desk", desk)
    monkeypatch.setattr(models, "desk", desk, raising=False)
    assert (weights(), weights("pose", "pt")) == (Path("detect.onnx"), Path("pose.pt"))
    assert asked == [("detect", "onnx"), ("pose", "pt")]
