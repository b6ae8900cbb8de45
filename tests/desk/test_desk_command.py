import json
from pathlib import Path

import numpy as np
import pytest

from dojo.desk import STORIES, STYLES, TASKS, draw_clip, draw_scene, read_clip
from dojo.desk.__main__ import _parser, main
from dojo.vision import load


def test_the_command_writes_a_picture_for_each_seed(tmp_path: Path) -> None:
    assert main(["pictures", str(tmp_path / "new"), "--seed", "3", "--count", "2", "--size", "200x150"]) == 0
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == [
        "boxes.json",
        "desk-00003.png",
        "desk-00004.png",
    ]
    picture = load(tmp_path / "new" / "desk-00004.png")
    assert np.array_equal(picture, draw_scene(4, (200, 150)).image)


def test_the_command_writes_every_box_to_one_file(tmp_path: Path) -> None:
    main(["pictures", str(tmp_path), "--seed", "0", "--count", "9"])
    pictures = json.loads((tmp_path / "boxes.json").read_text(encoding="utf-8"))["pictures"]
    assert [(p["file"], p["seed"], p["size"]) for p in pictures[:2]] == [
        ("desk-00000.png", 0, [320, 240]),
        ("desk-00001.png", 1, [320, 240]),
    ]
    for picture in pictures:
        things = draw_scene(picture["seed"]).things
        assert [tuple(thing["box"]) for thing in picture["things"]] == [thing.box for thing in things]
        assert [bool(thing["badge"]) for thing in picture["things"]] == [thing.badge is not None for thing in things]


def test_the_command_says_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["pictures", str(tmp_path)])
    assert capsys.readouterr().out == f"Wrote 1 picture and boxes.json to {tmp_path}\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--size", "wide"], "--size is 'wide'"),
        (["--size", "10x10"], "64 to 2048"),
        (["--seed", "-1"], "--seed is '-1'"),
        (["--seed", "one"], "--seed is 'one'"),
        (["--count", "0"], "--count is '0'"),
    ],
)
def test_a_wrong_argument_gets_one_sentence_and_leaves_no_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert main(["pictures", str(tmp_path / "out"), *arguments]) != 0
    said = capsys.readouterr().err
    assert words in said
    assert said.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_gets_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("in the way")
    assert main(["pictures", str(tmp_path / "file")]) == 1
    said = capsys.readouterr().err
    assert f"The folder {tmp_path / 'file'} cannot be written" in said
    assert said.count("\n") == 1


def test_the_command_writes_a_clip_and_its_truth(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "door.mkv"
    assert main(["clip", str(file), "--seed", "2", "--frames", "40", "--story", "door", "--size", "160x120"]) == 0
    clip = draw_clip(2, 40, size=(160, 120), story="door")
    assert all(np.array_equal(a, b.image) for a, b in zip(read_clip(file), clip, strict=True))
    truth = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    assert [c["id"] for c in truth["crossings"]] == [c.id for c in clip.crossings]
    assert [[tuple(t["box"]) for t in tracks] for tracks in truth["frames"]] == [
        [t.box for t in tracks] for tracks in clip.tracks()
    ]
    assert capsys.readouterr().out == f"Wrote 40 frames to {file}, and who is where to door.json\n"


@pytest.mark.parametrize("content", ["my notes", "[1, 2]", '{"mine": 1}', "[" * 100_000])
def test_a_file_that_is_none_of_ours_is_not_written_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str
) -> None:
    for name, arguments in (
        ("notes.json", ["clip", str(tmp_path / "notes.avi"), "--frames", "2"]),
        ("boxes.json", ["pictures", str(tmp_path)]),
    ):
        (tmp_path / name).write_text(content, encoding="utf-8")
        assert main(arguments) == 1
        assert f"{name} is there already and is none of the desk's: name another" in capsys.readouterr().err
        assert (tmp_path / name).read_text(encoding="utf-8") == content
        (tmp_path / name).unlink()
        assert list(tmp_path.glob("*.avi")) == list(tmp_path.glob("*.png")) == []
        assert main(arguments) == main(arguments) == 0
        for path in tmp_path.glob("*.*"):
            path.unlink()


def test_the_command_writes_a_data_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "data"
    counts = ["--train", "3", "--val", "1", "--test", "1"]
    assert main(["dataset", str(folder), "--task", "pose", *counts, "--size", "96x64"]) == 0
    assert capsys.readouterr().out == f"Wrote 5 pictures with their labels; train with {folder / 'data.yaml'}\n"
    assert len(list((folder / "images").rglob("*.jpg"))) == 5


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["clip", "a.mp4"], "'a.mp4'"),
        (["clip", "a.avi", "--frames", "0"], "--frames is '0'"),
        (["clip", "a.avi", "--size", "65x65"], "even width and height"),
        (["clip", "no/a.avi"], "There is no folder no"),
        (["dataset", "a", "--train", "many"], "--train is 'many'"),
        (["dataset", "a", "--size", "8x8"], "64 to 2048"),
        (["dataset", "."], ". is not empty"),
    ],
)
def test_a_clip_or_a_data_set_that_cannot_be_gets_one_sentence(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "something").touch()
    before = set(tmp_path.iterdir())
    assert main(arguments) != 0
    said = capsys.readouterr().err
    assert words in said
    assert said.count("\n") == 1
    assert set(tmp_path.iterdir()) == before


def test_the_command_offers_what_the_package_has() -> None:
    text = _parser().parse_args
    for style in STYLES:
        assert text(["dataset", "x", "--style", style]).style == text(["pictures", "x", "--style", style]).style
    for task in TASKS:
        assert text(["dataset", "x", "--task", task]).task == task
    for story in STORIES:
        assert text(["clip", "x", "--story", story]).story == story
