"""Data sets in YOLO's format."""

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from dojo.desk import JOINTS, KINDS, TASKS, draw_scene, write_dataset
from dojo.desk.dataset import MOST
from dojo.desk.labels import label_text
from dojo.errors import DojoError
from dojo.vision import load

SMALL = (96, 72)


def contents(folder: Path) -> dict[str, str]:
    """The digest of every file, by its path in the folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def numbers(line: str) -> list[float]:
    return [float(word) for word in line.split()]


@pytest.mark.parametrize("task", TASKS)
def test_a_data_set_has_a_picture_and_a_label_for_each_number(tmp_path: Path, task: str) -> None:
    yaml = write_dataset(tmp_path / "d", task, 5, 2, 3, size=SMALL)
    assert yaml == tmp_path / "d" / "data.yaml"
    for split, count in (("train", 5), ("val", 2), ("test", 3)):
        pictures, labels = (sorted((tmp_path / "d" / kind / split).iterdir()) for kind in ("images", "labels"))
        assert [p.name for p in pictures] == [f"{n:06d}.jpg" for n in range(count)]
        assert [p.stem for p in labels] == [p.stem for p in pictures]
        assert all(load(picture).shape == (72, 96, 3) for picture in pictures)


@pytest.mark.parametrize("task", TASKS)
def test_the_same_arguments_write_the_same_bytes(tmp_path: Path, task: str) -> None:
    code = (
        f"import sys; from dojo.desk import write_dataset as w; w(sys.argv[1], {task!r}, 4, 1, 1, seed=7, size={SMALL})"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "there")], check=True)
    write_dataset(tmp_path / "here", task, 4, 1, 1, seed=7, size=SMALL)
    assert contents(tmp_path / "here") == contents(tmp_path / "there")


def test_no_picture_is_there_twice(tmp_path: Path) -> None:
    for seed in (0, 1):
        write_dataset(tmp_path / str(seed), "detect", 30, 20, 20, seed=seed, size=SMALL)
    digests = [value for name, value in contents(tmp_path).items() if name.endswith(".jpg")]
    assert len(digests) == len(set(digests)) == 140


def test_a_larger_data_set_begins_with_the_pictures_of_a_smaller_one(tmp_path: Path) -> None:
    write_dataset(tmp_path / "small", "detect", 3, 1, 1, size=SMALL)
    write_dataset(tmp_path / "large", "detect", 6, 2, 2, size=SMALL)
    small, large = contents(tmp_path / "small"), contents(tmp_path / "large")
    assert all(large[name] == small[name] for name in small if "/" in name)


def test_the_pictures_of_labs_are_in_no_data_set(tmp_path: Path) -> None:
    write_dataset(tmp_path / "d", "detect", 2, 0, 0, size=SMALL)
    scene = draw_scene(MOST, SMALL, style="mixed")
    assert (tmp_path / "d" / "labels" / "train" / "000000.txt").read_text(encoding="utf-8") == label_text(
        scene, "detect"
    )


def test_detect_labels_are_the_boxes() -> None:
    for seed in range(20):
        scene = draw_scene(seed, style="wild")
        lines = label_text(scene, "detect").splitlines()
        for thing, line in zip(scene.things, lines, strict=True):
            kind, x, y, w, h = numbers(line)
            assert KINDS[int(kind)] == thing.kind
            box = np.array([x - w / 2, y - h / 2, x + w / 2, y + h / 2]) * (320, 240, 320, 240)
            assert box == pytest.approx(np.array(thing.box), abs=0.001)


def test_segment_labels_have_the_bounds_of_the_boxes() -> None:
    for seed in range(20):
        scene = draw_scene(seed, style="wild")
        for thing, line in zip(scene.things, label_text(scene, "segment").splitlines(), strict=True):
            kind, *shares = numbers(line)
            points = np.array(shares).reshape(-1, 2) * (320, 240)
            assert KINDS[int(kind)] == thing.kind
            assert np.concatenate([points.min(axis=0), points.max(axis=0)]) == pytest.approx(thing.box, abs=0.001)


def test_pose_labels_are_the_boxes_and_joints_of_figures_alone() -> None:
    outside = 0
    for seed in range(60):
        scene = draw_scene(seed, kinds=["figure", "figure", "cup"], style="wild")
        figures = [thing for thing in scene.things if thing.kind == "figure"]
        for thing, line in zip(figures, label_text(scene, "pose").splitlines(), strict=True):
            kind, _, _, w, h, *rest = numbers(line)
            assert kind == 0
            assert (w * 320, h * 240) == pytest.approx(
                (thing.box[2] - thing.box[0], thing.box[3] - thing.box[1]), abs=0.001
            )
            for joint, (x, y, seen) in zip(thing.joints, np.array(rest).reshape(len(JOINTS), 3), strict=True):
                assert seen == joint.seen
                assert (x * 320, y * 240) == pytest.approx((joint.x, joint.y) if seen else (0, 0), abs=0.001)
                outside += seen == 0
    assert outside > 0


@pytest.mark.parametrize("task", TASKS)
def test_labels_are_shares_of_the_picture(tmp_path: Path, task: str) -> None:
    write_dataset(tmp_path / "d", task, 30, 0, 0, size=SMALL)
    for file in (tmp_path / "d" / "labels" / "train").iterdir():
        for line in file.read_text(encoding="utf-8").splitlines():
            shares = [float(word) for word in line.split()[1:] if not re.fullmatch("[012]", word)]
            assert min(shares) >= 0
            assert max(shares) <= 1


def test_most_pose_pictures_have_figures_and_some_have_none(tmp_path: Path) -> None:
    write_dataset(tmp_path / "d", "pose", 60, 0, 0, size=SMALL)
    empty = [file.stat().st_size == 0 for file in (tmp_path / "d" / "labels" / "train").iterdir()]
    assert 0 < sum(empty) < 25


def test_the_paths_in_data_yaml_are_relative(tmp_path: Path) -> None:
    text = write_dataset(tmp_path / "d", "pose", 1, 1, 0, size=SMALL).read_text(encoding="utf-8")
    assert "train: images/train\nval: images/val\nnames:\n  0: figure\nkpt_shape: [13, 3]\n" in text
    assert str(tmp_path) not in text


def test_who_is_interrupted_goes_on_with_the_same_call(tmp_path: Path) -> None:
    def interrupt(done: int, total: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_dataset(tmp_path / "d", "detect", 4, 1, 1, size=SMALL, progress=interrupt)
    kept = sorted((tmp_path / "d" / "images").rglob("*.jpg"))
    assert len(kept) == 3
    assert not (tmp_path / "d" / "data.yaml").exists(), "nobody trains on a part"
    kept_at = [path.stat().st_mtime_ns for path in kept]
    write_dataset(tmp_path / "d", "detect", 4, 1, 1, size=SMALL)
    write_dataset(tmp_path / "whole", "detect", 4, 1, 1, size=SMALL)
    assert contents(tmp_path / "d") == contents(tmp_path / "whole")
    assert [path.stat().st_mtime_ns for path in kept] == kept_at, "what is there is not drawn again"


def test_a_label_is_whole_before_its_picture_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed at any moment: a picture has its label, and no file is half written."""
    write_dataset(tmp_path / "whole", "detect", 3, 0, 0, size=SMALL)
    whole = contents(tmp_path / "whole")
    replace = os.replace
    for stop in range(8):
        calls = 0

        def killed(self: Path, target: Path, stop: int = stop) -> Path:
            nonlocal calls
            calls += 1
            if calls > stop:
                raise SystemExit
            replace(self, target)
            return target

        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", killed)
            with pytest.raises(SystemExit):
                write_dataset(tmp_path / f"{stop}", "detect", 3, 0, 0, size=SMALL)
        found = contents(tmp_path / f"{stop}")
        assert found.items() <= whole.items()
        for name in found:
            if name.endswith(".jpg"):
                assert name.replace("images", "labels").replace(".jpg", ".txt") in found


def test_progress_is_told_from_nothing_to_all(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    write_dataset(tmp_path / "d", "detect", 2, 1, 1, size=SMALL, progress=lambda *numbers: told.append(numbers))
    assert told == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]


def test_a_folder_of_other_things_is_left_as_it_is(tmp_path: Path) -> None:
    (folder := tmp_path / "d").mkdir()
    (folder / "thesis.tex").write_text("mine")
    with pytest.raises(DojoError, match="is not empty") as failure:
        write_dataset(folder)
    assert "\n" not in str(failure.value)
    assert contents(folder).keys() == {"thesis.tex"}


def test_another_data_set_is_not_mixed_into(tmp_path: Path) -> None:
    write_dataset(tmp_path / "d", "detect", 2, 0, 0, size=SMALL)
    before = contents(tmp_path / "d")
    with pytest.raises(DojoError, match="holds another data set"):
        write_dataset(tmp_path / "d", "detect", 3, 0, 0, size=SMALL)
    assert contents(tmp_path / "d") == before


def test_a_disk_that_cannot_be_written_is_told_of_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DojoError, match="cannot be written"):
        write_dataset(tmp_path / "file")
    write = Path.write_bytes

    def full(self: Path, data: bytes) -> int:
        if "000001" in self.name:
            write(self, data[:10])
            raise OSError(28, "No space left on device")
        return write(self, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(DojoError, match=r"No space left on device.*goes on from there") as failure:
        write_dataset(tmp_path / "d", "detect", 4, 0, 0, size=SMALL)
    assert "\n" not in str(failure.value)
    assert not list((tmp_path / "d").rglob("*.part")), "nothing half written is left"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"task": "detekt"}, "did you mean 'detect'"),
        ({"train": -1}, "train is -1"),
        ({"val": MOST + 1}, "val is 1000001"),
        ({"seed": 0.5}, "seed is 0.5"),
        ({"size": (1, 1)}, "64 to 2048"),
        ({"style": "neat"}, "style"),
    ],
)
def test_a_data_set_that_cannot_be_is_refused_before_a_folder_is_made(
    tmp_path: Path, arguments: dict[str, object], words: str
) -> None:
    with pytest.raises(DojoError, match=words):
        write_dataset(tmp_path / "d", **arguments)  # type: ignore[arg-type] # wrong on purpose
    assert not (tmp_path / "d").exists()


@pytest.mark.slow
def test_ultralytics_finds_no_fault_with_the_labels(tmp_path: Path) -> None:
    """Its own check, in a process of its own: importing it changes torch's and OpenCV's settings."""
    for task in TASKS:
        write_dataset(tmp_path / task, task, 40, 8, 8)
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from ultralytics.data.dataset import YOLODataset\n"
        "from ultralytics.data.utils import check_det_dataset, load_dataset_cache_file\n"
        "for task in sys.argv[2:]:\n"
        "    root = Path(sys.argv[1]) / task\n"
        "    data = check_det_dataset(str(root / 'data.yaml'), autodownload=False)\n"
        "    for split in ('train', 'val', 'test'):\n"
        "        found = YOLODataset(img_path=data[split], data=data, task=task, imgsz=320, augment=False)\n"
        "        cache = load_dataset_cache_file(root / 'labels' / f'{split}.cache')\n"
        "        things = sum(len(label['cls']) for label in found.labels)\n"
        "        print('FOUND', task, split, *cache['results'], len(cache['msgs']), things, *found[0]['img'].shape)\n"
    )
    quiet = {"YOLO_OFFLINE": "1", "YOLO_AUTOINSTALL": "0", "YOLO_CONFIG_DIR": str(tmp_path / "yolo")}
    ran = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path), *TASKS],
        env={**os.environ, **quiet},
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert ran.returncode == 0, ran.stderr
    lines = [line.split()[1:] for line in ran.stdout.splitlines() if line.startswith("FOUND")]
    assert [(line[0], line[1]) for line in lines] == [(t, s) for t in TASKS for s in ("train", "val", "test")]
    for task, split, found, missing, empty, corrupt, total, messages, things, *shape in lines:
        files = list((tmp_path / task / "labels" / split).glob("*.txt"))
        written = [len(file.read_text(encoding="utf-8").splitlines()) for file in files]
        assert (int(found), int(empty)) == (sum(n > 0 for n in written) + written.count(0), written.count(0))
        assert (int(missing), int(corrupt), int(total), int(messages)) == (0, 0, len(files), 0)
        assert int(things) == sum(written)
        assert shape == ["3", "320", "320"]
