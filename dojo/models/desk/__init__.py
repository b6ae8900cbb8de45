"""The desk weights: small detectors of the desk world's things, trained here from nothing. A card stands beside each.

`python -m dojo.models.desk all --task detect --out DIR` makes one again: pictures, weights, ONNX file and figures.
"""

from __future__ import annotations

from pathlib import Path

from dojo.errors import DojoError

__all__ = ["CONF", "IMGSZ", "IOU", "TASKS", "weights"]

TASKS = ("detect", "segment", "pose")
IMGSZ = 320  # the side of the square picture that the ONNX files take, in pixels
CONF = 0.25  # the least score of what is shown
IOU = 0.7  # two boxes of one kind that overlap more are one thing

_KINDS = ("onnx", "pt")


def weights(task: str, kind: str = "onnx") -> Path:
    """The path of the shipped weights for a task: "detect", "segment" or "pose"; `kind` is "onnx" or "pt".

    Raises DojoError for any other task or kind, and where the file was taken away.
    """
    for name, value, known in (("task", task, TASKS), ("kind", kind, _KINDS)):
        if value not in known:
            raise DojoError(f"There are no desk weights of {name} {value!r}: take one of {', '.join(known)}.")
    path = Path(__file__).with_name(f"desk-{task}.{kind}")
    if not path.is_file():
        raise DojoError(f"The desk weights {path.name} are not in this copy of the kit: install it again.")
    return path
