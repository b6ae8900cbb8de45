"""The shipped desk weights: what the cards say of them is so, and they find what stands on a desk."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dojo.desk import JOINTS, KINDS
from dojo.errors import DojoError
from dojo.models import desk
from dojo.models.desk import IMGSZ, TASKS, weights
from dojo.models.desk.card import filled
from dojo.models.desk.plan import PLANS
from dojo.models.desk.score import STYLES
from dojo.models.desk.steps import HOME, shipped

MOST = 8_000_000  # bytes
FILES = [(task, kind) for task in TASKS for kind in ("pt", "onnx")]
NAMES = {"detect": list(KINDS), "segment": list(KINDS), "pose": ["figure"]}
MEASURES = {"detect": ["boxes"], "segment": ["boxes", "masks"], "pose": ["boxes", "joints"]}

# In a process of its own: ultralytics reads its switches once, when it is imported.
PROGRAM = """
import json, sys
from pathlib import Path
from dojo.offline import keep_home

home = Path(sys.argv[1])
keep_home(home)
import torch
from ultralytics import YOLO
from ultralytics.utils import LOGGER
from dojo.desk import draw_clip, draw_scene
from dojo.models.desk import IMGSZ, TASKS, weights
from dojo.models.desk.count import count_crossings
from dojo.models.desk.export import differences
from dojo.models.desk.score import draw_tests, figures

torch.set_num_threads(1)
LOGGER.setLevel("ERROR")
said = {}
pictures = [draw_scene(seed, (IMGSZ, IMGSZ)).image for seed in (3, 4)]
for task in TASKS:
    pt, onnx = weights(task, "pt"), weights(task)
    said[task] = {
        "names": {kind: YOLO(str(weights(task, kind)), task=task).names for kind in ("pt", "onnx")},
        "differences": differences(pt, onnx, pictures),
        "scores": figures(onnx, task, draw_tests(home, task, "tidy", 16, lambda _: None), home),
    }
clips = [("crowd", 11), ("desk", 12), ("door", 13)]
said["crossings"] = [count_crossings(weights("detect"), draw_clip(seed, 100, story=story)) for story, seed in clips]
print(json.dumps(said))
"""


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a process that loads all weights finds out about them."""
    home = tmp_path_factory.mktemp("desk-weights")
    done = subprocess.run([sys.executable, "-c", PROGRAM, str(home)], capture_output=True, text=True, cwd=home)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _scores(task: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((HOME / f"{task}-scores.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize(("task", "kind"), FILES)
def test_each_file_is_here_and_small(task: str, kind: str) -> None:
    path = weights(task, kind)
    assert path.name == f"desk-{task}.{kind}"
    assert 100_000 < path.stat().st_size < MOST
    assert path.stat().st_size == _scores(task)["files"][path.name]


@pytest.mark.parametrize(("task", "kind"), [("classify", "pt"), ("detect", "engine"), ("", "onnx")])
def test_unknown_weights_are_one_sentence_that_names_the_known(task: str, kind: str) -> None:
    with pytest.raises(DojoError, match=r"There are no desk weights of (task|kind) '.*': take one of \w+, \w+"):
        weights(task, kind)


def test_weights_that_were_taken_away_are_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "__file__", str(tmp_path / "__init__.py"))
    with pytest.raises(DojoError, match=r"desk-pose\.pt are not in this copy of the kit: install it again"):
        weights("pose", "pt")


@pytest.mark.parametrize("task", TASKS)
def test_nothing_of_the_makers_machine_stands_in_a_shipped_file(task: str) -> None:
    for name in shipped(task).values():
        data = (HOME / name).read_bytes()
        assert not re.search(rb"/(tmp|home|work|root)/", data), name
        if not name.endswith(("json", "md")):  # these give the day of the measurement
            assert not re.search(rb"20\d\d-\d\d-\d\d", data), name


@pytest.mark.parametrize("task", TASKS)
def test_the_card_shows_the_measured_figures(task: str) -> None:
    card = (HOME / f"{task}.md").read_text(encoding="utf-8")
    assert filled(card, _scores(task)) == card


@pytest.mark.parametrize("task", TASKS)
def test_the_scores_are_of_both_styles_and_all_kinds(task: str) -> None:
    scores = _scores(task)
    assert scores["pictures"] >= 500
    for style in STYLES:
        assert list(scores[style]) == MEASURES[task]
        assert all(list(found["classes"]) == NAMES[task] for found in scores[style].values())


@pytest.mark.parametrize("task", TASKS)
def test_the_goal_is_met_on_the_desks_that_labs_show(task: str) -> None:
    boxes = _scores(task)["tidy"]["boxes"]
    assert boxes["mAP50"] >= 0.97
    assert boxes["mAP50-95"] >= 0.83


@pytest.mark.parametrize("task", TASKS)
def test_the_log_tells_of_each_pass_of_the_plan(task: str) -> None:
    rows = [json.loads(line) for line in (HOME / f"{task}-log.jsonl").read_text(encoding="utf-8").splitlines()]
    planned = [
        (number, stage.size, one + 1)
        for number, stage in enumerate(PLANS[task].stages, 1)
        for one in range(stage.passes)
    ]
    assert [(row["stage"], row["size"], row["number"]) for row in rows] == planned
    assert sum(row["pictures"] for row in rows) == _scores(task)["training"]["seen"]


@pytest.mark.parametrize("task", TASKS)
def test_the_onnx_takes_one_square_picture_and_says_what_it_is(task: str) -> None:
    import onnxruntime

    session = onnxruntime.InferenceSession(str(weights(task)), providers=["CPUExecutionProvider"])
    told = session.get_modelmeta().custom_metadata_map
    assert [(one.name, one.shape) for one in session.get_inputs()] == [("images", [1, 3, IMGSZ, IMGSZ])]
    assert (told["task"], told["license"]) == (task, "AGPL-3.0-or-later")
    rows = {"detect": 4 + 6, "segment": 4 + 6 + 32, "pose": 4 + 1 + 3 * len(JOINTS)}[task]
    assert session.get_outputs()[0].shape == [1, rows, 2000]


@pytest.mark.parametrize("task", TASKS)
def test_both_files_load_safely_and_name_their_kinds_in_order(said: dict[str, Any], task: str) -> None:
    for names in said[task]["names"].values():
        assert [names[str(number)] for number in range(len(names))] == NAMES[task]


@pytest.mark.parametrize("task", TASKS)
def test_torch_onnx_runtime_and_opencv_read_the_same_from_them(said: dict[str, Any], task: str) -> None:
    assert set(said[task]["differences"]) == {"ONNX Runtime", "OpenCV"}
    assert max(said[task]["differences"].values()) < 0.02  # pixels


@pytest.mark.parametrize("task", TASKS)
def test_they_find_what_stands_on_a_tidy_desk(said: dict[str, Any], task: str) -> None:
    for measure in MEASURES[task]:
        found, told = said[task]["scores"][measure], _scores(task)["tidy"][measure]
        for name in ("mAP50", "mAP50-95"):
            assert found[name] >= told[name] - 0.06, (measure, name)


def test_crossings_are_counted_to_within_one(said: dict[str, Any]) -> None:
    assert sum(sum(true.values()) for _, true in said["crossings"]) > 5
    for found, true in said["crossings"]:
        assert all(abs(found[way] - true[way]) <= 1 for way in ("left", "right")), (found, true)


def test_crossings_of_the_measured_clips_are_within_one() -> None:
    for row in _scores("detect")["crossings"]:
        assert all(abs(row["found"][way] - row["true"][way]) <= 1 for way in ("left", "right")), row
