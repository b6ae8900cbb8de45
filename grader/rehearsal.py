"""What libraries load, compile or look up at their first use, used once in the nursery, so that no child pays for it.

Nothing of a lab's is run here and no thread stays behind: the nursery's children are forks.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import Any

__all__ = ["use_libraries"]


def use_libraries() -> None:
    """Use those that are imported."""
    for name, use in (("cv2", _use_cv2), ("torch", _use_torch), ("PIL.Image", _use_pillow)):
        module = sys.modules.get(name)
        if module is not None:
            # A library that lacks something here will say so to whoever asks it for that.
            with suppress(Exception):
                use(module)


def _use_cv2(cv2: Any) -> None:
    import numpy as np

    image = np.zeros((64, 64, 3), np.uint8)
    for font in range(8):
        cv2.putText(image, "a", (1, 20), font, 0.5, (255, 255, 255), 1, cv2.LINE_AA)  # its fonts lie packed in it
    cv2.getTextSize("a", cv2.FONT_HERSHEY_SIMPLEX, 0.5, 1)
    cv2.rectangle(image, (1, 1), (9, 9), (1, 2, 3), 1)
    for kind in (".png", ".jpg"):
        _, data = cv2.imencode(kind, image)
        cv2.imdecode(data, cv2.IMREAD_COLOR)
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    cv2.cvtColor(image, cv2.COLOR_BGR2HSV)
    cv2.resize(cv2.GaussianBlur(image, (3, 3), 0), (32, 32))
    cv2.connectedComponentsWithStats(cv2.inRange(grey, 1, 255))
    cv2.findContours(grey, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)


def _use_torch(torch: Any) -> None:
    with torch.no_grad():
        pixels = torch.zeros(1, 3, 32, 32)
        torch.nn.functional.conv2d(pixels, torch.zeros(4, 3, 3, 3)).relu().flatten(1).sum().item()
        torch.zeros(8, 8) @ torch.zeros(8, 8)


def _use_pillow(image: Any) -> None:
    image.init()  # finds what can be opened and saved
