"""`python -m dojo.models.desk`: it makes weights from nothing, goes on, and says what is missing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dojo.errors import DojoError
from dojo.models.desk import steps
from dojo.models.desk.__main__ import main
from dojo.models.desk.plan import PLANS, TEST_SEED, shortened

SMALL = ("--pictures", "32", "--passes", "1", "--tests", "8")


def _run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    # A person's environment: the variables that keep_home sets must come from the command itself.
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("YOLO", "ULTRALYTICS", "MPL"))}
    return subprocess.run(
        [sys.executable, "-m", "dojo.models.desk", *arguments], capture_output=True, text=True, cwd=cwd, env=kept
    )


@pytest.mark.slow
def test_a_small_run_makes_weights_from_nothing_and_goes_on(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    for task in PLANS:
        done = _run("all", "--task", task, "--out", str(tmp_path / "out"), *SMALL, cwd=tmp_path / "here")
        assert done.returncode == 0, done.stderr
        assert "| tidy | boxes |" in done.stdout
        assert all((tmp_path / "out" / name).is_file() for name in steps.shipped(task))
    log = tmp_path / "out" / "detect" / "log.jsonl"
    before = log.read_text()
    assert [json.loads(row)["stage"] for row in before.splitlines()] == [1, 2, 3]
    again = _run("train", "--out", str(tmp_path / "out"), *SMALL, cwd=tmp_path / "here")
    assert again.returncode == 0, again.stderr
    assert log.read_text() == before
    assert not list((tmp_path / "here").iterdir())
    assert {path.name for path in tmp_path.iterdir()} == {"here", "out", "home"}
    assert not [path for path in (tmp_path / "home").rglob("*") if path.is_file()]


@pytest.mark.slow
def test_another_plan_leaves_a_folder_alone(tmp_path: Path) -> None:
    (tmp_path / "out" / "detect").mkdir(parents=True)
    (tmp_path / "out" / "detect" / "plan.json").write_text("{}")
    done = _run("train", "--out", str(tmp_path / "out"), *SMALL, cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.endswith("was begun with another plan, see plan.json: name another folder with --out.\n")


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ("export", "There is no checkpoint"),
        ("score", "There is no desk-pose.onnx"),
        ("ship", "lacks desk-pose.pt, desk-pose.onnx, pose/log.jsonl, pose-scores.json, pose.md"),
    ],
)
def test_steps_out_of_order_say_which_comes_first(
    step: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "prepare", lambda *_: None)
    assert main([step, "--task", "pose", "--out", str(tmp_path)]) == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert words in told
    assert "python -m dojo.models.desk" in told


def test_a_task_that_begins_from_another_says_so(tmp_path: Path) -> None:
    with pytest.raises(
        DojoError, match=r"segment begins from detect/stage-1/weights/epoch0\.pt, which .* lacks: first run"
    ):
        steps.train(tmp_path, "segment", 32, 1, lambda _: None)


def test_ctrl_c_leaves_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(steps, "prepare", stopped)
    assert main(["train", "--out", str(tmp_path)]) == 130
    assert capsys.readouterr().err.strip() == (
        "Stopped; the last whole pass is kept, the same command goes on from it."
    )


@pytest.mark.parametrize("wrong", [["tarin"], ["train", "--task", "classify"], ["train", "--pictures", "0"]])
def test_wrong_usage_is_exit_two(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(wrong)
    assert stopped.value.code == 2
    assert capsys.readouterr().err


def test_help_loads_no_heavy_package() -> None:
    code = (
        "import sys, dojo.models.desk.__main__ as m\n"
        "try: m.main(['--help'])\nexcept SystemExit: pass\n"
        "print(*{'torch', 'cv2', 'numpy', 'ultralytics', 'onnxruntime'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("\n\n")


def test_no_plan_learns_from_the_pictures_of_the_tests() -> None:
    assert TEST_SEED not in {plan.seed for plan in PLANS.values()}


def test_a_plan_is_shortened_where_asked_and_not_lengthened() -> None:
    plan = PLANS["detect"]
    assert shortened(plan, None, None) == plan
    small = shortened(plan, 32, 1)
    assert (small.pictures, [stage.passes for stage in small.stages]) == (32, [1, 1, 1])
    assert shortened(plan, None, 1000).stages == plan.stages
