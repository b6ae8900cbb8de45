"""Clips as files."""

import base64
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from dojo.desk import draw_clip, read_clip, write_clip
from dojo.errors import DojoError

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""


@pytest.fixture(scope="module")
def frames() -> list[NDArray[np.uint8]]:
    return [frame.image for frame in draw_clip(1, 12, size=(160, 120))]


@pytest.mark.parametrize("name", ["a.avi", "a.mkv", "a.webm", "A.AVI", "with spaces and é.avi"])
def test_a_clip_is_read_back_frame_by_frame(tmp_path: Path, frames: list[NDArray[np.uint8]], name: str) -> None:
    assert write_clip(tmp_path / name, frames) == 12
    back = list(read_clip(tmp_path / name))
    assert len(back) == 12
    for one, other in zip(back, frames, strict=True):
        assert one.shape == other.shape
        assert np.abs(one.astype(int) - other).mean() < 6
    assert [path.name for path in tmp_path.glob("*[aA]*.*")] == [name]


@pytest.mark.parametrize(("name", "lossless"), [("a.mkv", False), ("a.mkv", True), ("a.avi", True)])
def test_a_lossless_clip_gives_back_the_very_pixels(
    tmp_path: Path, frames: list[NDArray[np.uint8]], name: str, lossless: bool
) -> None:
    write_clip(tmp_path / name, frames, lossless=lossless)
    assert all(np.array_equal(one, other) for one, other in zip(read_clip(tmp_path / name), frames, strict=True))


def test_the_same_clip_is_written_to_the_same_bytes(tmp_path: Path, frames: list[NDArray[np.uint8]]) -> None:
    for name in ("a.avi", "b.avi"):
        write_clip(tmp_path / name, frames, lossless=True)
    assert (tmp_path / "a.avi").read_bytes() == (tmp_path / "b.avi").read_bytes()


def test_a_drawn_clip_is_written_as_it_is(tmp_path: Path) -> None:
    clip = draw_clip(2, 5, 10, (96, 64))
    assert write_clip(tmp_path / "a.mkv", clip, clip.fps) == 5
    capture = cv2.VideoCapture(str(tmp_path / "a.mkv"))
    assert capture.get(cv2.CAP_PROP_FPS) == 10
    capture.release()


def test_the_fourcc_of_an_avi_is_motion_jpeg(tmp_path: Path, frames: list[NDArray[np.uint8]]) -> None:
    write_clip(tmp_path / "a.avi", frames)
    assert b"MJPG" in (tmp_path / "a.avi").read_bytes()[:4096]


def test_writing_a_webm_says_nothing_on_the_screen(
    tmp_path: Path, frames: list[NDArray[np.uint8]], capfd: pytest.CaptureFixture[str]
) -> None:
    write_clip(tmp_path / "a.webm", frames)
    assert capfd.readouterr() == ("", "")


class NoWriter:
    """A writer that never opens, as OpenCV's does where a codec is missing."""

    def __init__(self, *arguments: object) -> None:
        pass

    @staticmethod
    def fourcc(*letters: str) -> int:
        return 0

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        return False

    def release(self) -> None:
        pass


class ShortWriter(NoWriter):
    """A writer that opens and writes nothing, as OpenCV's does on a full disk."""

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        return True

    def write(self, frame: object) -> None:
        pass


@pytest.mark.parametrize(
    ("writer", "words"), [(NoWriter, "cannot write MJPG into .avi"), (ShortWriter, r"not be written whole \(0 of 12")]
)
def test_a_writer_that_fails_silently_is_told_of_and_leaves_no_file(
    tmp_path: Path,
    frames: list[NDArray[np.uint8]],
    monkeypatch: pytest.MonkeyPatch,
    writer: type[NoWriter],
    words: str,
) -> None:
    (tmp_path / "a.avi").write_bytes(b"an older clip")
    monkeypatch.setattr(cv2, "VideoWriter", writer)
    with pytest.raises(DojoError, match=words):
        write_clip(tmp_path / "a.avi", frames)
    assert [path.read_bytes() for path in tmp_path.iterdir() if path.is_file()] == [b"an older clip"]


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
@pytest.mark.parametrize("name", ["a.avi", "a.mkv", "a.webm"])
def test_a_full_disk_is_told_of_in_a_sentence(tmp_path: Path, name: str) -> None:
    """A limit on the size of files stands for the full disk: both cut the file short."""
    code = (
        "import resource, signal, sys\n"
        "from dojo.desk import draw_clip, write_clip\n"
        "from dojo.errors import DojoError\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "try:\n"
        "    write_clip(sys.argv[1], draw_clip(1, 40))\n"
        "except DojoError as error:\n"
        "    print(error)\n"
    )
    ran = subprocess.run([sys.executable, "-c", code, str(tmp_path / name)], capture_output=True, text=True, check=True)
    assert "make room on the disk" in ran.stdout
    assert ran.stdout.count("\n") == 1
    assert not list(tmp_path.glob("*a.*"))


def spoilt(picture: Any, number: int) -> Iterator[Any]:
    """Frames of 96x64, the one of that number exchanged."""
    for i in range(4):
        yield picture if i == number else np.zeros((64, 96, 3), np.uint8)


@pytest.mark.parametrize(
    ("picture", "number", "words"),
    [
        (np.zeros((64, 98, 3), np.uint8), 2, "Frame 2 is 98x64 and those before it 96x64"),
        (np.zeros((64, 96), np.uint8), 1, r"Frame 1 is of uint8 and shape \(64, 96\)"),
        (np.zeros((64, 96, 3)), 0, "Frame 0 is of float64"),
        (None, 3, "Frame 3 is NoneType"),
        (np.zeros((63, 96, 3), np.uint8), 0, "96x63.*even"),
    ],
)
def test_a_frame_that_cannot_follow_is_refused_and_leaves_no_file(
    tmp_path: Path, picture: object, number: int, words: str
) -> None:
    with pytest.raises(DojoError, match=words):
        write_clip(tmp_path / "a.avi", spoilt(picture, number))
    assert not list(tmp_path.glob("*a.*"))


def test_no_frames_are_no_clip(tmp_path: Path) -> None:
    with pytest.raises(DojoError, match="no frames"):
        write_clip(tmp_path / "a.avi", [])


@pytest.mark.parametrize(
    ("name", "lossless", "words"),
    [("a.mp4", False, ".avi, .mkv or .webm"), ("a", False, "'a'"), ("a.webm", True, ".avi or .mkv, which can")],
)
def test_another_format_is_refused_before_anything_is_drawn(
    tmp_path: Path, name: str, lossless: bool, words: str
) -> None:
    with pytest.raises(DojoError, match=words):
        write_clip(tmp_path / name, iter([]), lossless=lossless)


def test_a_place_that_cannot_be_written_is_told_of(tmp_path: Path, frames: list[NDArray[np.uint8]]) -> None:
    with pytest.raises(DojoError, match="There is no folder"):
        write_clip(tmp_path / "no" / "a.avi", frames)
    (tmp_path / "a.avi").mkdir()
    with pytest.raises(DojoError, match=r"a\.avi cannot be written"):
        write_clip(tmp_path / "a.avi", frames)


def test_what_is_no_clip_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(DojoError, match="There is no clip"):
        next(read_clip(tmp_path / "a.avi"))
    (tmp_path / "a.avi").write_text("no clip")
    with pytest.raises(DojoError, match="holds no clip"):
        next(read_clip(tmp_path / "a.avi"))


@pytest.mark.slow
@pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed (Debian: apt install chromium)")
def test_a_webm_plays_in_chromium(tmp_path: Path) -> None:
    from playwright.sync_api import sync_playwright

    clip = draw_clip(3, 50, story="door")
    write_clip(tmp_path / "a.webm", clip, clip.fps)
    data = base64.b64encode((tmp_path / "a.webm").read_bytes()).decode()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.set_content(f'<video muted src="data:video/webm;base64,{data}"></video>')
        told = page.evaluate(
            """async () => {
                const video = document.querySelector('video');
                await video.play();
                await new Promise((done, failed) => { video.onended = done; video.onerror = failed; });
                return [video.videoWidth, video.videoHeight, video.duration, video.currentTime];
            }"""
        )
        browser.close()
    assert told[:2] == [320, 240]
    assert told[2] == pytest.approx(2.0, abs=0.1)
    assert told[3] == pytest.approx(2.0, abs=0.1)
