"""ultralytics as it comes, to see that the tracer sees; then keep_home after all, to see that it works late too."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from attempts import outcome


def main(folder: Path) -> dict[str, Any]:
    import numpy as np
    from online import wait_for_threads
    from ultralytics import YOLO
    from ultralytics.utils.events import events

    from dojo.downloads import allow_downloads
    from dojo.offline import keep_home

    picture = np.zeros((64, 64, 3), np.uint8)
    model = YOLO("yolo26n.yaml")
    model.predict(picture, imgsz=64, verbose=False)
    said = {"before": outcome(lambda: YOLO("yolo26n.pt"))}
    wait_for_threads()
    sys.audit("online.mark")

    keep_home(folder)
    events.t = 0.0  # or nothing would be reported anyway: two reports are half a minute apart
    model.predict(picture, imgsz=64, verbose=False)
    said["late"] = outcome(lambda: YOLO("yolo26n.pt"))
    said["late data"] = outcome(lambda: model.train(data="coco8.yaml", epochs=1))
    wait_for_threads()
    sys.audit("online.mark")

    allow_downloads()
    said["allowed"] = outcome(lambda: YOLO("yolo26n.pt"))
    return said
