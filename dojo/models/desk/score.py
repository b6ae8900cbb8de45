"""What the weights can do, in figures, on drawn pictures that no training showed.

Covered:
* every figure is of the shipped .onnx, through ONNX Runtime, on whole square pictures of IMGSZ;
* "tidy" is what lessons, labs and clips show; "mixed" is a quarter tidy, and else wild: things half hidden, near and
  far, in any light, blurred, noisy, down to three tenths of themselves;
* line crossings are counted from tracks that ByteTrack made, and stand beside the true ones.

Not covered:
* photographs: nobody has tried, and drawn things are all it knows.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dojo.models.desk import IMGSZ, IOU
from dojo.models.desk.plan import TEST_SEED

__all__ = ["STYLES", "draw_tests", "figures", "speed"]

STYLES = ("tidy", "mixed")
_MEASURES = {"box": "boxes", "seg": "masks", "pose": "joints"}  # ultralytics' names and ours


def draw_tests(folder: Path, task: str, style: str, count: int, say: Callable[[str], None]) -> Path:
    """Draw a test set of so many pictures, or what is missing of it; the yaml that ultralytics reads."""
    from dojo.desk import write_dataset
    from dojo.desk.labels import yaml_lines

    home = folder / f"{task}-{style}-{count}"
    say(f"Drawing {count} {style} test pictures in {home} ...")
    write_dataset(home, task, train=0, val=0, test=count, seed=TEST_SEED, style=style)
    # Ultralytics wants to hear of pictures to train on, also where it shall only measure.
    splits = [f"{split}: images/test" for split in ("train", "val", "test")]
    yaml = folder / f"{home.name}.yaml"
    yaml.write_text("\n".join([f"path: {home.resolve()}", *splits, *yaml_lines(task), ""]), encoding="utf-8")
    return yaml


def figures(weights: Path, task: str, yaml: Path, folder: Path) -> dict[str, Any]:
    """mAP50 and mAP50-95 of boxes, and of masks or joints where the task has them, over all classes and for each."""
    from ultralytics import YOLO

    found = YOLO(str(weights), task=task).val(
        data=str(yaml), split="test", imgsz=IMGSZ, batch=1, rect=False, conf=0.001, iou=IOU, device="cpu", workers=0,
        plots=False, verbose=False, project=str(folder), name="val", exist_ok=True,
    )  # fmt: skip
    scores: dict[str, Any] = {}
    for theirs, ours in _MEASURES.items():
        measure = getattr(found, theirs, None)
        if measure is not None:
            classes = {
                found.names[int(number)]: {"mAP50": _share(measure.ap50[row]), "mAP50-95": _share(measure.ap[row])}
                for row, number in enumerate(measure.ap_class_index)
            }
            scores[ours] = {"mAP50": _share(measure.map50), "mAP50-95": _share(measure.map), "classes": classes}
    return scores


def speed(weights: Path, rounds: int = 60) -> dict[str, float]:
    """Milliseconds of one core for a picture: the network alone in ONNX Runtime, and in OpenCV; medians."""
    import cv2
    import numpy as np
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])
    net = cv2.dnn.readNetFromONNX(str(weights))
    blob = np.random.default_rng(0).random((1, 3, IMGSZ, IMGSZ), dtype=np.float32)
    threads = cv2.getNumThreads()
    cv2.setNumThreads(1)
    try:
        net.setInput(blob)
        return {
            "ONNX Runtime": _median_ms(lambda: session.run(None, {"images": blob}), rounds),
            "OpenCV": _median_ms(lambda: net.forward(net.getUnconnectedOutLayersNames()), rounds),
        }
    finally:
        cv2.setNumThreads(threads)


def _median_ms(work: Callable[[], object], rounds: int) -> float:
    seconds = []
    for _ in range(rounds):
        began = time.process_time()  # what else runs on the machine counts for little
        work()
        seconds.append(time.process_time() - began)
    return round(statistics.median(seconds) * 1000, 1)


def _share(value: Any) -> float:
    return round(float(value), 4)
