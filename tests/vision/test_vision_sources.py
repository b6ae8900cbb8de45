"""frames: cameras, clips, folders and lists, one way to walk over them; no real camera is opened here."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from dojo.desk import draw_clip, write_clip
from dojo.errors import DojoError
from dojo.vision import frames

PICTURES = [np.full((24, 32, 3), shade, np.uint8) for shade in (10, 120, 240)]


class Camera:
    """A camera that gives so many pictures; `backend` is the way by which it was opened."""

    opened: list[Camera]

    def __init__(self, number: int, backend: int, gives: int = 3) -> None:
        self.number, self.backend, self.gives, self.released = number, backend, gives, False
        type(self).opened.append(self)

    def isOpened(self) -> bool:  # noqa: N802  # OpenCV's name
        return self.gives >= 0

    def read(self) -> tuple[bool, Any]:
        self.gives -= 1
        return (True, PICTURES[0]) if self.gives >= 0 else (False, None)

    def release(self) -> None:
        self.released = True


@pytest.fixture
def cameras(monkeypatch: pytest.MonkeyPatch) -> list[Camera]:
    Camera.opened = []
    monkeypatch.setattr(cv2, "VideoCapture", Camera)
    return Camera.opened


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    write_clip(tmp_path / "clip.mkv", PICTURES, lossless=True)
    return tmp_path / "clip.mkv"


def test_a_camera_gives_pictures_and_is_let_go(cameras: list[Camera]) -> None:
    assert len(list(frames(0))) == 3
    assert [(one.number, one.released) for one in cameras] == [(0, True)]


@pytest.mark.parametrize(
    ("platform", "backend"),
    [("linux", "CAP_V4L2"), ("darwin", "CAP_AVFOUNDATION"), ("win32", "CAP_DSHOW"), ("other", "CAP_ANY")],
)
def test_a_camera_is_opened_in_its_systems_own_way(
    cameras: list[Camera], monkeypatch: pytest.MonkeyPatch, platform: str, backend: str
) -> None:
    monkeypatch.setattr("dojo.vision.sources.sys.platform", platform)
    list(frames(1))
    assert cameras[0].backend == getattr(cv2, backend)


def test_a_limit_stops_a_camera_and_lets_it_go(cameras: list[Camera]) -> None:
    assert len(list(frames(0, limit=2))) == 2
    assert cameras[0].released


def test_a_broken_off_loop_lets_the_camera_go(cameras: list[Camera]) -> None:
    pictures = frames(0)
    next(pictures)
    del pictures
    assert cameras[0].released


def test_an_error_in_the_loop_lets_the_camera_go(cameras: list[Camera]) -> None:
    def broken() -> None:
        for _ in frames(0):
            raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011  # the loop's own
        broken()
    assert cameras[0].released


def test_no_camera_is_opened_before_its_first_picture_is_asked_for(cameras: list[Camera]) -> None:
    frames(0)
    assert cameras == []


@pytest.mark.parametrize(
    ("gives", "words"),
    [(-1, "Camera 3 does not open: .* or give the path of a clip"), (0, "Camera 3 opens and gives no picture")],
)
def test_a_camera_that_gives_nothing_is_told_and_let_go(
    cameras: list[Camera], monkeypatch: pytest.MonkeyPatch, gives: int, words: str
) -> None:
    monkeypatch.setattr(cv2, "VideoCapture", lambda number, backend: Camera(number, backend, gives))
    with pytest.raises(DojoError, match=words):
        next(frames(3))
    assert cameras[0].released


def test_a_machine_without_a_camera_prints_nothing_but_the_sentence(tmp_path: Path) -> None:
    (tmp_path / "junk.mp4").write_bytes(b"junk" * 100)
    code = (
        "from dojo.errors import DojoError\n"
        "from dojo.vision import frames\n"
        "for source in (97, 'junk.mp4'):\n"
        "    try:\n"
        "        next(frames(source))\n"
        "    except DojoError as error:\n"
        "        print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert [line[:9] for line in done.stdout.splitlines()] == ["Camera 97", "junk.mp4 "]


def test_a_clip_gives_its_pictures(clip: Path) -> None:
    assert all(np.array_equal(a, b) for a, b in zip(frames(clip), PICTURES, strict=True))
    assert len(list(frames(str(clip), limit=2))) == 2


def test_a_folder_gives_its_pictures_by_name(tmp_path: Path) -> None:
    for number, picture in reversed(list(enumerate(PICTURES))):
        cv2.imwrite(str(tmp_path / f"{number}.png"), picture)
    (tmp_path / "notes.txt").write_text("no picture", encoding="utf-8")
    assert [int(picture[0, 0, 0]) for picture in frames(tmp_path)] == [10, 120, 240]


def test_a_picture_is_a_source_of_one(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "shot_01.png"), PICTURES[1])
    cv2.imwrite(str(tmp_path / "shot_02.png"), PICTURES[2])
    assert [int(picture[0, 0, 0]) for picture in frames(tmp_path / "shot_01.png")] == [120]


def test_a_list_a_generator_and_a_drawn_clip_give_their_pictures() -> None:
    assert list(frames(PICTURES)) == PICTURES
    assert list(frames((picture for picture in PICTURES), limit=1)) == PICTURES[:1]
    assert next(frames(draw_clip(1))).shape == (240, 320, 3)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("nothing.avi", r"no clip nothing\.avi"),
        ("0", r"no clip '0': a camera's number stands without quotes, frames\(0\)"),
        (-1, "no camera -1: the first one is 0"),
        (PICTURES[0], r"one array, of shape \(24, 32, 3\): put it into a list"),
        (None, "cannot read NoneType: give a camera's number, a path, or a list"),
        (True, "cannot read bool"),
        ([None], "Picture 0 is NoneType"),
        ([PICTURES[0] / 255], "Picture 0 is of float64"),
        ([PICTURES[0][:, :, 0]], r"shape \(24, 32\)"),
    ],
)
def test_what_is_no_source_is_told_in_a_sentence(
    source: Any, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DojoError, match=words) as failure:
        next(frames(source))
    assert "\n" not in str(failure.value)


def test_a_folder_without_pictures_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(DojoError, match=r"folder .*empty holds no pictures"):
        next(frames(tmp_path / "empty"))


@pytest.mark.parametrize("limit", [-1, 2.5, True, "3"])
def test_a_limit_that_is_no_number_of_pictures_is_refused_at_once(limit: Any) -> None:
    with pytest.raises(DojoError, match="whole number"):
        frames(PICTURES, limit)
