"""Pictures: loaded, shown, told in a line; what is none is refused in a sentence."""

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

import cv2
import numpy as np
import pytest

from dojo import vision
from dojo.errors import DojoError

RED = np.full((24, 32, 3), (0, 0, 255), np.uint8)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """A notebook: what it was given to display."""
    import IPython

    pictures: list[Any] = []
    monkeypatch.setattr(IPython, "get_ipython", lambda: type("Shell", (), {"kernel": object()})())
    monkeypatch.setattr("IPython.display.display", pictures.append)
    return pictures


class LacksGL(MetaPathFinder):
    """An import system on which OpenCV finds one library missing."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if name == "cv2":
            raise ImportError("libGL.so.1: cannot open shared object file: No such file or directory")
        return None


def decoded(png: bytes) -> Any:
    """The pixels in a PNG, as many channels as it has."""
    return cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_UNCHANGED)


def test_a_picture_is_loaded_in_bgr(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "red.png"), RED)
    assert np.array_equal(vision.load(tmp_path / "red.png"), RED)


def test_a_grey_picture_is_loaded_with_three_channels(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "grey.png"), RED[:, :, 2])
    assert vision.load(str(tmp_path / "grey.png")).shape == (24, 32, 3)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DojoError, match=r"no file .*nothing\.png"):
        vision.load(tmp_path / "nothing.png")


def test_a_folder_is_no_picture(tmp_path: Path) -> None:
    with pytest.raises(DojoError, match="cannot be read"):
        vision.load(tmp_path)


@pytest.mark.parametrize("data", [b"", b"<html>not found</html>"])
def test_a_file_that_is_no_picture_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "page.png").write_bytes(data)
    with pytest.raises(DojoError, match=rf"page\.png holds no picture.*{len(data)} bytes"):
        vision.load(tmp_path / "page.png")


def test_a_picture_is_shown_with_its_alt_text(shown: list[Any]) -> None:
    vision.show(RED, "all red")
    data, metadata = shown[0]._repr_mimebundle_()
    assert metadata["image/png"]["alt"] == "all red"
    assert "image/png" in data


def test_what_is_shown_is_the_picture_itself(shown: list[Any]) -> None:
    vision.show(RED, "all red")
    pixels = decoded(shown[0].data)
    assert np.array_equal(pixels, RED)


def test_a_mask_is_shown_in_black_and_white(shown: list[Any], capsys: pytest.CaptureFixture[str]) -> None:
    vision.show(RED[:, :, 2] > 9, "all of it")
    pixels = decoded(shown[0].data)
    assert np.array_equal(pixels, np.full((24, 32), 255))
    assert capsys.readouterr().out == "Picture, 32 wide, 24 high, mask: all of it\n"


def test_a_line_of_text_follows_the_picture(shown: list[Any], capsys: pytest.CaptureFixture[str]) -> None:
    vision.show(RED, "all\n  red")
    vision.show(RED[:, :, 0], "all black")
    assert capsys.readouterr().out == (
        "Picture, 32 wide, 24 high, colour: all red\nPicture, 32 wide, 24 high, grey: all black\n"
    )
    assert len(shown) == 2


def test_outside_a_notebook_there_is_the_line_alone(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pictures: list[Any] = []
    monkeypatch.setattr("IPython.display.display", pictures.append)
    vision.show(RED, "all red")
    assert capsys.readouterr().out == "Picture, 32 wide, 24 high, colour: all red\n"
    assert pictures == []


def test_a_path_is_shown_as_the_picture_in_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cv2.imwrite(str(tmp_path / "red.png"), RED)
    vision.show(tmp_path / "red.png", "all red")
    assert "32 wide, 24 high" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("image", "words"),
    [
        (RED / 255.0, "float64"),
        (RED.astype(np.int16), "int16"),
        (RED[0:0], r"empty, of shape \(0, 32, 3\)"),
        (RED[:, :, :2], r"shape \(24, 32, 2\)"),
        (RED[0, 0], r"shape \(3,\)"),
        (None, "NoneType.*cv2.imread"),
        ([[1, 2]], "list"),
    ],
)
def test_what_is_no_picture_is_refused_in_one_sentence(image: Any, words: str) -> None:
    with pytest.raises(DojoError, match=words) as failure:
        vision.show(image, "something")
    assert "\n" not in str(failure.value)


def test_a_picture_without_words_is_refused() -> None:
    with pytest.raises(DojoError, match="needs alt"):
        vision.show(RED, " ")


def test_a_missing_system_library_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "cv2")
    monkeypatch.setattr(sys, "meta_path", [LacksGL(), *sys.meta_path])
    with pytest.raises(DojoError, match=r"libGL\.so\.1.*sudo apt install libgl1 libglib2\.0-0$"):
        vision.opencv()


def test_a_missing_opencv_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cv2", None)
    with pytest.raises(DojoError, match="pip install opencv-python"):
        vision.opencv()
