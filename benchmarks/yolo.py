"""Milliseconds of the processor for YOLO on a picture of 320 pixels: torch, ONNX Runtime and OpenCV's dnn, in one run.

    python benchmarks/yolo.py

The three shipped desk weights. "predict" is ultralytics from a drawn 320 x 240 picture to the list of things, through
torch (.pt) and through ONNX Runtime (.onnx); "net" is the network alone, in each of the three. The ways take turns, so
that whatever else the machine does falls on all of them; medians of the processor's time. All keep to one thread but
"predict, ONNX": there ultralytics lets ONNX Runtime take a thread for each core, which on two cores costs more.
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

ROUNDS = 5
ROW = 12


def main() -> int:
    from dojo.offline import keep_home

    os.environ["OMP_NUM_THREADS"] = "1"
    with tempfile.TemporaryDirectory() as folder:
        keep_home(Path(folder))
        report = measure()
    print(report)  # noqa: T201 - a benchmark's product
    return 0


def measure() -> str:
    import cv2
    import onnxruntime
    import torch
    import ultralytics

    from dojo.models.desk import TASKS

    ultralytics.utils.LOGGER.setLevel("ERROR")
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    lines = [
        f"{date.today().isoformat()}, {os.cpu_count()} CPUs, {platform.platform(terse=True)}, "
        f"Python {platform.python_version()}",
        f"ultralytics {ultralytics.__version__}, torch {torch.__version__}, onnxruntime {onnxruntime.__version__}, "
        f"OpenCV {cv2.__version__}; CPU ms a picture, median of {ROUNDS * ROW}",
        "         predict, torch  predict, ONNX    net, torch     net, ONNX   net, OpenCV",
    ]
    for task in TASKS:
        found = medians(ways(task))
        lines.append(f"{task:<8} " + "".join(f"{one:14.1f}" for one in found))
    return "\n".join(lines)


def ways(task: str) -> list[Callable[[], object]]:
    """The five ways to look at a picture with the weights of a task."""
    import cv2
    import numpy as np
    import onnxruntime
    import torch
    from ultralytics import YOLO
    from ultralytics.nn.tasks import load_checkpoint

    from dojo.desk import draw_scene
    from dojo.models.desk import IMGSZ, weights

    picture = draw_scene(1, (320, 240)).image
    asked: dict[str, Any] = {"imgsz": IMGSZ, "rect": False, "device": "cpu", "verbose": False}
    pt, onnx = YOLO(str(weights(task, "pt"))), YOLO(str(weights(task)), task=task)
    model = load_checkpoint(str(weights(task, "pt")))[0].float().eval().fuse(verbose=False)
    model = model.to(memory_format=torch.channels_last)  # as ultralytics itself does
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(weights(task)), options, providers=["CPUExecutionProvider"])
    net = cv2.dnn.readNetFromONNX(str(weights(task)))
    names = net.getUnconnectedOutLayersNames()
    square = draw_scene(1, (IMGSZ, IMGSZ)).image
    blob = np.ascontiguousarray(square[None, ..., ::-1].transpose(0, 3, 1, 2), np.float32) / 255
    tensor = torch.from_numpy(blob).to(memory_format=torch.channels_last)

    def by_torch() -> object:
        with torch.inference_mode():
            return model(tensor)

    def by_opencv() -> object:
        net.setInput(blob)
        return net.forward(names)

    return [
        lambda: pt.predict(picture, **asked),
        lambda: onnx.predict(picture, **asked),
        by_torch,
        lambda: session.run(None, {"images": blob}),
        by_opencv,
    ]


def medians(works: list[Callable[[], object]]) -> list[float]:
    """Milliseconds of each, a few in a row and then the next: at every single one each would find the caches cold."""
    seconds: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for place, work in enumerate(works):
            work()
            for _ in range(ROW):
                began = time.process_time()
                work()
                seconds[place].append(time.process_time() - began)
    return [statistics.median(one) * 1000 for one in seconds]


if __name__ == "__main__":
    sys.exit(main())
