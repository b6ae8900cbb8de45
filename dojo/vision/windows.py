"""OpenCV's windows, without windows: programs written for a screen run in a notebook, in a check and in a grader.

Each of the real calls that touch a window ends the whole process on a machine without a display; no try and no except
can stop it.

Covered:
* imshow shows the picture under the cell; the same window again, in the same cell, replaces it instead of adding one;
* a loop that waits for a key ends: waitKey(0), which waits for as long as it takes, answers q and Esc in turn;
* the calls around them do nothing, and a window that is asked for is not there.

Not covered:
* waitKey(1) and the like, which only look whether a key is down: none is, so an endless loop over a camera is ended by
  its limit or by the notebook's stop button;
* what needs a hand on the window: sliders (createTrackbar) and selectROI.
"""

import sys
from itertools import cycle
from typing import TYPE_CHECKING, Any

from dojo.errors import DojoError
from dojo.vision.pictures import draw, in_notebook, opencv, tell

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["replace_imshow"]

_IDLE = (
    "namedWindow",
    "destroyWindow",
    "destroyAllWindows",
    "moveWindow",
    "resizeWindow",
    "setWindowTitle",
    "setWindowProperty",
    "setMouseCallback",
    "startWindowThread",
    "displayOverlay",
    "displayStatusBar",
)
_BY_HAND = ("createTrackbar", "getTrackbarPos", "setTrackbarPos", "selectROI", "selectROIs")
_KEYS = (ord("q"), 27)  # the two that programs end on


def replace_imshow() -> None:
    """Make cv2.imshow show pictures under the cell, and see to the calls around it, as the top of this file says."""
    cv2: Any = opencv()
    shown: dict[str, tuple[int, Any]] = {}
    keys = cycle(_KEYS)

    def imshow(winname: str, mat: "NDArray[Any]") -> None:
        words = f"window {winname}"
        line, run = tell(mat, words), _run()
        there = shown.get(winname)
        if there is not None and there[0] == run:
            there[1].update(draw(mat, words))
            return
        if in_notebook():
            from IPython.display import display

            handle = display(draw(mat, words), display_id=True)
            if handle is not None:
                shown[winname] = (run, handle)
        print(line)  # noqa: T201 - for those who cannot see the picture, and for logs

    def wait_key(delay: int = 0) -> int:
        return next(keys) if delay <= 0 else -1

    def nothing(*arguments: object, **named: object) -> None:
        return None

    cv2.imshow, cv2.waitKey, cv2.waitKeyEx = imshow, wait_key, wait_key
    cv2.pollKey = lambda: -1
    cv2.getWindowProperty = lambda winname, prop_id: -1.0
    for name in _IDLE:
        setattr(cv2, name, nothing)
    for name in _BY_HAND:
        setattr(cv2, name, _refuser(name))


def _refuser(name: str) -> Any:
    def refuse(*arguments: object, **named: object) -> None:
        raise DojoError(f"cv2.{name} needs a window, and there is none here: write the value into the program.")

    return refuse


def _run() -> int:
    """The number of the cell's run: a window of an earlier one stays as it was."""
    ipython = sys.modules.get("IPython")
    return int(getattr(ipython.get_ipython(), "execution_count", 0)) if ipython is not None else 0
