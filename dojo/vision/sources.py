"""One way to walk over pictures, wherever they come from: a camera, a clip, a folder, or a list that a test made up.

Covered:
* each picture is (height, width, 3) BGR of uint8, whatever the source;
* the camera or the clip is let go when the loop ends, also early, by break or by an error;
* a source that is not there is told in one sentence, and nothing else is printed.

Not covered:
* a browser's camera: where the notebook runs on another machine, there is no camera 0 on it;
* addresses (rtsp://, http://): give their pictures as an iterable of your own.
"""

import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dojo.errors import DojoError
from dojo.vision.pictures import load, opencv

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Picture = NDArray[np.uint8]

__all__ = ["frames"]

_PICTURES = {".bmp", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp"}
# The system's own way to its cameras: left to choose, OpenCV tries others too, and they print.
_BACKENDS = {"linux": "CAP_V4L2", "darwin": "CAP_AVFOUNDATION", "win32": "CAP_DSHOW"}


def frames(
    source: "int | str | PathLike[str] | Iterable[Any]", limit: int | None = None
) -> "Iterator[NDArray[np.uint8]]":
    """The pictures of a source one after another, at most `limit` of them; a camera has no end of its own.

    `source` is a camera's number (0 is the first), the path of a clip, of a picture or of a folder of pictures (in the
    order of their names), or an iterable of arrays or of a clip's frames. Nothing is opened before the first picture
    is asked for. Raises DojoError for a source that is not there, or is none of these.
    """
    if limit is not None and (isinstance(limit, bool) or not isinstance(limit, int) or limit < 0):
        raise DojoError(f"frames cannot stop after {limit!r} pictures: limit is a whole number, or left out.")
    return _first(_open(source), limit)


def _first(pictures: "Iterator[Picture]", limit: int | None) -> "Iterator[Picture]":
    # Not islice alone: the source is closed with us, not when the collector comes round to it.
    try:
        yield from islice(pictures, limit)
    finally:
        if hasattr(pictures, "close"):
            pictures.close()


def _open(source: Any) -> "Iterator[Picture]":
    if isinstance(source, int) and not isinstance(source, bool):
        return _camera(source)
    if isinstance(source, str | PathLike):
        return _path(Path(source))
    if hasattr(source, "shape"):
        raise DojoError(f"This is one array, of shape {source.shape}: put it into a list, frames([picture]).")
    if isinstance(source, Iterable):
        return _arrays(source)
    raise DojoError(
        f"frames cannot read {type(source).__name__}: give a camera's number, a path, or a list of pictures."
    )


def _camera(number: int) -> "Iterator[Picture]":
    if number < 0:
        raise DojoError(f"There is no camera {number}: the first one is 0.")
    cv2 = opencv()
    capture = cv2.VideoCapture(number, getattr(cv2, _BACKENDS.get(sys.platform, "CAP_ANY")))
    try:
        if not capture.isOpened():
            raise DojoError(
                f"Camera {number} does not open: plug it in, close other programs that use it, allow Python the camera "
                "in the system's settings, or give the path of a clip in place of the number."
            )
        count = 0
        while True:
            there, picture = capture.read()
            if not there:
                break
            count += 1
            yield picture
        if not count:
            raise DojoError(f"Camera {number} opens and gives no picture: close other programs that use it.")
    finally:
        capture.release()


def _path(path: Path) -> "Iterator[Picture]":
    from dojo.desk.video import read_clip

    if path.is_dir():
        return _folder(path)
    if path.suffix.lower() in _PICTURES:
        return (load(one) for one in [path])
    if str(path).isdecimal() and not path.exists():
        raise DojoError(f"There is no clip {str(path)!r}: a camera's number stands without quotes, frames({path}).")
    return read_clip(path)


def _folder(folder: Path) -> "Iterator[Picture]":
    names = sorted(one for one in folder.iterdir() if one.suffix.lower() in _PICTURES and not one.name.startswith("."))
    if not names:
        raise DojoError(f"The folder {folder} holds no pictures: name one with .png or .jpg files, or a clip.")
    yield from map(load, names)


def _arrays(source: Iterable[Any]) -> "Iterator[Picture]":
    import numpy as np

    for number, one in enumerate(source):
        picture = getattr(one, "image", one)  # a frame of a drawn clip carries its picture
        if not isinstance(picture, np.ndarray):
            raise DojoError(f"Picture {number} is {type(one).__name__}: a picture is an array, (height, width, 3).")
        if picture.dtype != np.uint8 or picture.ndim != 3 or picture.shape[2] != 3:
            raise DojoError(
                f"Picture {number} is of {picture.dtype} and shape {picture.shape}: "
                "a picture is (height, width, 3) of uint8."
            )
        yield picture
