"""Pictures in a notebook: load one, show one with its line of text."""

import os
import re
import sys
from os import PathLike
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from dojo.errors import DojoError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["draw", "in_notebook", "load", "opencv", "show", "tell"]


def opencv() -> ModuleType:
    """OpenCV, the module `cv2`. Raises DojoError, with the remedy, where it cannot be imported."""
    # A file that can't be read is told by us, in a sentence; the log lines of OpenCV and of its decoders would stand
    # beside it.
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
    try:
        import cv2
    except ImportError as error:
        library = re.search(r"lib[\w.+-]*\.so[.\d]*", str(error))
        if library is None:
            raise DojoError(
                f"OpenCV cannot be imported ({error}): install it with: pip install opencv-python"
            ) from error
        raise DojoError(
            f"OpenCV needs {library[0]}, which this system lacks: "
            "on Debian or Ubuntu, install it with: sudo apt install libgl1 libglib2.0-0"
        ) from error
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_ERROR)
    module: ModuleType = cv2
    return module


def load(path: str | PathLike[str]) -> "NDArray[np.uint8]":
    """The picture in a file: (height, width, 3) BGR of uint8, whatever the file's own colours.

    Raises DojoError where there is no such file, or no picture in it; cv2.imread would answer None.
    """
    import numpy as np

    cv2 = opencv()
    try:
        data = Path(path).read_bytes()
    except FileNotFoundError as error:
        raise DojoError(
            f"There is no file {path}: check its name, and the folder you are in ({Path.cwd()})."
        ) from error
    except OSError as error:
        raise DojoError(f"{path} cannot be read ({error.strerror}): name a picture file.") from error
    # Not cv2.imread: on Windows it takes no accents in a path.
    try:
        image: NDArray[np.uint8] | None = (
            cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR) if data else None
        )
    except cv2.error:
        image = None
    if image is None:
        raise DojoError(f"{path} holds no picture that OpenCV can read ({len(data)} bytes): name a PNG or JPEG file.")
    return image


def show(image: "NDArray[Any] | str | PathLike[str]", alt: str) -> None:
    """Show a picture under the cell, and print a line that says what it is: for those who cannot see it, and for logs.

    `image` is a path, or an array: (h, w, 3) BGR or (h, w) grey of uint8, or a mask (h, w) of bool. `alt` says what
    the picture shows. Outside a notebook there is the line alone. Raises DojoError for anything else.
    """
    words = " ".join(str(alt).split())
    if not words:
        raise DojoError("show needs alt, some words for those who cannot see the picture: show(image, 'a red cup').")
    pixels = load(image) if isinstance(image, str | PathLike) else image
    line = tell(pixels, words)
    if in_notebook():
        from IPython.display import display

        display(draw(pixels, words))
    print(line)  # noqa: T201 - this line is the promise


def tell(pixels: "NDArray[Any]", words: str) -> str:
    """The line of text that stands for a picture. Raises DojoError for what is none."""
    kind = _kind(pixels)
    height, width = pixels.shape[:2]
    return f"Picture, {width} wide, {height} high, {kind}: {words}"


def draw(pixels: "NDArray[Any]", words: str) -> Any:
    """What IPython displays: the picture as a PNG, with its words."""
    import numpy as np
    from IPython.display import Image

    drawn = pixels.astype(np.uint8) * 255 if pixels.dtype == np.bool_ else pixels
    return Image(data=opencv().imencode(".png", drawn)[1].tobytes(), format="png", alt=words)


def in_notebook() -> bool:
    """Does a Jupyter kernel run this? Asked without importing IPython: where it runs, it is imported."""
    ipython = sys.modules.get("IPython")
    return ipython is not None and getattr(ipython.get_ipython(), "kernel", None) is not None


def _kind(pixels: object) -> str:
    """What sort of picture an array is: "colour", "grey" or "mask"; a DojoError where it is none."""
    import numpy as np

    if not isinstance(pixels, np.ndarray):
        hint = " (cv2.imread gives None when it finds no picture)" if pixels is None else ""
        raise DojoError(
            f"This is {type(pixels).__name__}{hint}, and show takes an array or a path: try dojo.vision.load."
        )
    shape, flat = pixels.shape, pixels.ndim == 2
    if pixels.size == 0:
        raise DojoError(f"This picture is empty, of shape {shape}: check the slice or the box that cut it out.")
    if pixels.dtype == np.bool_ and flat:
        return "mask"
    if pixels.dtype != np.uint8:
        raise DojoError(
            f"This picture is of {pixels.dtype}: scale it to 0 to 255 and convert it with .astype('uint8')."
        )
    if not (flat or (pixels.ndim == 3 and shape[2] == 3)):
        raise DojoError(f"This array has the shape {shape}: a picture is (height, width, 3) or (height, width).")
    return "grey" if flat else "colour"
