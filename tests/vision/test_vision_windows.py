"""Programs written for OpenCV's windows run where there are none, and their loops end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import cv2
import numpy as np
import pytest

from dojo.errors import DojoError
from dojo.vision import replace_imshow

RED = np.full((24, 32, 3), (0, 0, 255), np.uint8)
BLACK = np.zeros_like(RED)


class Shell:
    """A notebook's kernel, as far as a program can ask for it."""

    kernel = object()
    execution_count = 1


class Handle:
    """What display gives back: the place of a picture, which can be shown anew."""

    def __init__(self, picture: Any) -> None:
        self.pictures = [picture]

    def update(self, picture: Any) -> None:
        self.pictures.append(picture)


@pytest.fixture(autouse=True)
def _replaced() -> Iterator[None]:
    real = dict(vars(cv2))
    replace_imshow()
    yield
    for name, value in real.items():
        if getattr(cv2, name) is not value:
            setattr(cv2, name, value)


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch) -> Shell:
    import IPython

    shell = Shell()
    monkeypatch.setattr(IPython, "get_ipython", lambda: shell)
    return shell


@pytest.fixture
def places(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> list[Handle]:
    """The pictures that stand under the cells, each in its place."""
    shown: list[Handle] = []

    def display(picture: Any, display_id: bool) -> Handle:
        assert display_id
        shown.append(Handle(picture))
        return shown[-1]

    monkeypatch.setattr("IPython.display.display", display)
    return shown


def pixels(picture: Any) -> Any:
    return cv2.imdecode(np.frombuffer(picture.data, np.uint8), cv2.IMREAD_UNCHANGED)


def test_a_window_is_a_picture_under_the_cell_with_its_line(
    places: list[Handle], capsys: pytest.CaptureFixture[str]
) -> None:
    cv2.namedWindow("desk", cv2.WINDOW_NORMAL)
    cv2.imshow("desk", RED)
    [place] = places
    assert np.array_equal(pixels(place.pictures[0]), RED)
    assert capsys.readouterr().out == "Picture, 32 wide, 24 high, colour: window desk\n"


def test_the_same_window_is_shown_anew_in_its_place(places: list[Handle], capsys: pytest.CaptureFixture[str]) -> None:
    for picture in (RED, BLACK, RED):
        cv2.imshow("desk", picture)
        assert cv2.waitKey(1) == -1
    [place] = places
    assert [bool(pixels(one).any()) for one in place.pictures] == [True, False, True]
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_several_windows_stand_beside_one_another(places: list[Handle], capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        cv2.imshow("one", RED)
        cv2.imshow("two", BLACK)
    assert [len(place.pictures) for place in places] == [2, 2]
    assert capsys.readouterr().out.splitlines() == [
        "Picture, 32 wide, 24 high, colour: window one",
        "Picture, 32 wide, 24 high, colour: window two",
    ]


def test_a_later_cell_leaves_the_earlier_picture_as_it_was(places: list[Handle], shell: Shell) -> None:
    cv2.imshow("desk", RED)
    shell.execution_count = 2
    cv2.imshow("desk", BLACK)
    assert [len(place.pictures) for place in places] == [1, 1]


def test_outside_a_notebook_there_is_a_line_for_each_picture(capsys: pytest.CaptureFixture[str]) -> None:
    cv2.imshow("desk", RED)
    cv2.imshow("desk", RED)
    assert capsys.readouterr().out == "Picture, 32 wide, 24 high, colour: window desk\n" * 2


def test_what_is_no_picture_is_refused_as_elsewhere() -> None:
    with pytest.raises(DojoError, match=r"NoneType.*cv2\.imread"):
        cv2.imshow("desk", None)


@pytest.mark.parametrize("end", [ord("q"), 27])
def test_a_loop_that_waits_for_a_key_ends(end: int) -> None:
    asked = 0
    while True:
        asked += 1
        if cv2.waitKey(0) & 0xFF == end:
            break
    assert asked <= 2


def test_looking_whether_a_key_is_down_finds_none() -> None:
    assert [cv2.waitKey(30), cv2.waitKeyEx(1), cv2.pollKey()] == [-1, -1, -1]


def test_a_loop_that_runs_while_its_window_is_open_ends() -> None:
    assert cv2.getWindowProperty("desk", cv2.WND_PROP_VISIBLE) < 1


def test_the_calls_around_a_window_do_nothing() -> None:
    cv2.moveWindow("desk", 10, 10)
    cv2.resizeWindow("desk", 320, 240)
    cv2.setWindowTitle("desk", "Desk")
    cv2.setMouseCallback("desk", lambda *event: None)
    cv2.destroyWindow("desk")
    cv2.destroyAllWindows()


@pytest.mark.parametrize("name", ["createTrackbar", "selectROI"])
def test_what_needs_a_hand_is_refused_in_a_sentence(name: str) -> None:
    with pytest.raises(DojoError, match=rf"cv2\.{name} needs a window.*write the value into the program"):
        getattr(cv2, name)("desk", RED)
