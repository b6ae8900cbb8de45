import json
from pathlib import Path

import numpy as np
import pytest

from dojo.desk import draw_scene
from dojo.desk.__main__ import main
from dojo.vision import load


def test_the_command_writes_a_picture_for_each_seed(tmp_path: Path) -> None:
    assert main([str(tmp_path / "new"), "--seed", "3", "--count", "2", "--size", "200x150"]) == 0
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == [
        "boxes.json",
        "desk-00003.png",
        "desk-00004.png",
    ]
    picture = load(tmp_path / "new" / "desk-00004.png")
    assert np.array_equal(picture, draw_scene(4, (200, 150)).image)


def test_the_command_writes_every_box_to_one_file(tmp_path: Path) -> None:
    main([str(tmp_path), "--seed", "0", "--count", "9"])
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
    main([str(tmp_path)])
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
    assert main([str(tmp_path / "out"), *arguments]) != 0
    said = capsys.readouterr().err
    assert words in said
    assert said.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_gets_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("in the way")
    assert main([str(tmp_path / "file")]) == 1
    said = capsys.readouterr().err
    assert f"The folder {tmp_path / 'file'} cannot be written" in said
    assert said.count("\n") == 1
