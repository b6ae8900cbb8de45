"""Clips as files, written and read back.

OpenCV's writer never complains: a file it cannot open, a frame of another size, a full disk all end in a missing or
short file. Here each of them is a sentence.

Covered:
* a file has as many frames as were given, each of their size, or it is not there;
* .avi (Motion JPEG) opens in OpenCV everywhere, .webm (VP8) plays in a browser too;
* .mkv, and .avi with lossless=True (both FFV1), give back the very pixels that went in.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dojo.desk.clip import Frame
from dojo.errors import DojoError
from dojo.vision import opencv

Picture = NDArray[np.uint8]

_CODECS = {".avi": "MJPG", ".mkv": "FFV1", ".webm": "VP80"}


def write_clip(
    path: str | os.PathLike[str], frames: Iterable[Frame | Picture], fps: float = 25, *, lossless: bool = False
) -> int:
    """Write frames, those of a clip or arrays of (height, width, 3) BGR uint8, to a file; returns how many.

    The name's ending chooses the format: .avi, .mkv or .webm. A file of that name is replaced once the new one is
    whole. Width and height must be even. Raises DojoError for what cannot be written, and then leaves no file.
    """
    target = Path(path)
    codec = _choose_codec(target, lossless)
    if not target.parent.is_dir():
        raise DojoError(f"There is no folder {target.parent} to write {target.name} to: make it first.")
    part = target.with_name(f".{target.stem}.part{target.suffix}")
    try:
        size, count = _write(part, codec, frames, fps)
        _verify(part, size, count, target)
        part.replace(target)
    except OSError as error:
        raise DojoError(f"{target} cannot be written ({error.strerror or error}): name another file.") from error
    finally:
        part.unlink(missing_ok=True)
    return count


def read_clip(path: str | os.PathLike[str]) -> Iterator[Picture]:
    """The frames of a clip's file, (height, width, 3) BGR of uint8. Raises DojoError where OpenCV cannot open it."""
    cv2 = opencv()
    if not Path(path).is_file():
        raise DojoError(f"There is no clip {path}: check its name, and the folder you are in ({Path.cwd()}).")
    capture = cv2.VideoCapture(str(path))
    try:
        if not capture.isOpened():
            raise DojoError(f"{path} holds no clip that OpenCV can read: name an .avi, .mkv or .webm file.")
        while True:
            there, frame = capture.read()
            if not there:
                return
            yield frame
    finally:
        capture.release()


def _choose_codec(target: Path, lossless: bool) -> str:
    codec = _CODECS.get(target.suffix.lower())
    if codec is None or (lossless and codec == "VP80"):
        known = ".avi or .mkv, which can be lossless" if lossless else ".avi, .mkv or .webm"
        raise DojoError(f"A clip cannot be written as {target.name!r}: give a name that ends in {known}.")
    return "FFV1" if lossless else codec


def _write(part: Path, codec: str, frames: Iterable[Frame | Picture], fps: float) -> tuple[tuple[int, int], int]:
    """Write the frames; returns their (width, height), and how many they are."""
    size, count, writer = (0, 0), 0, None
    try:
        for frame in frames:
            picture = frame.image if isinstance(frame, Frame) else frame
            height, width = _check(picture, count, size)
            if writer is None:
                size = (width, height)
                writer = _open(part, codec, fps, size)
            writer.write(picture)
            count += 1
    finally:
        if writer is not None:
            writer.release()
    if not count:
        raise DojoError("There are no frames: a clip needs one or more.")
    return size, count


def _check(picture: object, number: int, size: tuple[int, int]) -> tuple[int, int]:
    """Height and width of a frame that can follow frames of `size`; OpenCV would drop any other without a word."""
    if not isinstance(picture, np.ndarray):
        raise DojoError(
            f"Frame {number} is {type(picture).__name__}: a frame is an array, (height, width, 3) of uint8."
        )
    if picture.dtype != np.uint8 or picture.ndim != 3 or picture.shape[2] != 3:
        raise DojoError(
            f"Frame {number} is of {picture.dtype} and shape {picture.shape}: a frame is (height, width, 3) of uint8."
        )
    height, width = picture.shape[:2]
    if number and (width, height) != size:
        raise DojoError(
            f"Frame {number} is {width}x{height} and those before it {size[0]}x{size[1]}: make them of one size."
        )
    if width % 2 or height % 2 or not width * height:
        raise DojoError(f"Frame {number} is {width}x{height}: clips need an even width and height.")
    return height, width


def _open(part: Path, codec: str, fps: float, size: tuple[int, int]) -> Any:
    cv2 = opencv()
    with part.open("wb"):  # the reason why it cannot be written is told here; OpenCV knows none
        pass
    with _hushed():
        writer = cv2.VideoWriter(str(part), cv2.VideoWriter.fourcc(*codec), float(fps), size)
    if not writer.isOpened():
        raise DojoError(
            f"This OpenCV cannot write {codec} into {part.suffix} at {fps} frames a second: name an .avi file."
        )
    return writer


def _verify(part: Path, size: tuple[int, int], count: int, target: Path) -> None:
    """Read the file back: a full disk cuts it short, and nothing else says so."""
    found = 0
    try:
        for frame in read_clip(part):
            found += frame.shape[:2] == size[::-1]
    except DojoError:
        found = 0
    if found != count:
        raise DojoError(
            f"{target} could not be written whole ({found} of {count} frames can be read back): "
            "make room on the disk, or name a file elsewhere."
        )


@contextmanager
def _hushed() -> Iterator[None]:
    """No words from OpenCV's C code: opening a .webm, it complains of a tag on the screen, and then does well."""
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
