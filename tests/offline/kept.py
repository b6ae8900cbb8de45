"""ultralytics with keep_home: one picture, downloads of every sort, and models of every sort, good and bad."""

from __future__ import annotations

import os
import pickle
from functools import partial
from pathlib import Path
from typing import Any

from attempts import outcome

from dojo.offline import keep_home
from dojo.vision import load_model


class Program:
    """A pickle that leaves a file when it is opened."""

    def __reduce__(self) -> Any:
        return os.system, ("touch broken-in",)


def main(folder: Path) -> dict[str, Any]:
    keep_home(folder)
    import numpy as np
    from ultralytics import YOLO
    from ultralytics.utils.checks import check_font

    model = YOLO("yolo26n.yaml")
    model.predict(np.zeros((64, 64, 3), np.uint8), imgsz=64, verbose=False)
    model.save("made.pt")
    write_onnx("made.onnx", {"task": "detect"})
    return {
        "downloads": download_all(model),
        "fonts": [str(check_font(name)) for name in ("Arial.ttf", "Arial.Unicode.ttf", "nosuch.ttf")],
        "bad": {path: outcome(partial(load_model, path)) for path in write_bad_models()},
        "good": [load_model(Path("made.pt")).task, load_model("made.onnx").task, load_model("mute.onnx", "pose").task],
        "broken in": Path("broken-in").exists(),
    }


def download_all(model: Any) -> dict[str, list[str]]:
    """What is said to each attempt, by the name that was asked for."""
    from ultralytics import YOLO, download

    web = "https://example.org"
    classes = YOLO("yolo26n-cls.yaml")
    attempts = {
        "yolo26n.pt": lambda: YOLO("yolo26n.pt"),
        "mine.pt": lambda: YOLO("mine.pt"),
        "yolo26s.pt": lambda: model.load("yolo26s.pt"),
        "coco8.yaml": lambda: model.train(data="coco8.yaml", epochs=1),
        "coco128.yaml": lambda: model.val(data="coco128.yaml"),
        "imagenet": lambda: classes.train(data="imagenet", epochs=1),
        "imagenet10": lambda: classes.train(data="imagenet10", epochs=1),
        f"{web}/a.jpg": lambda: model.predict(f"{web}/a.jpg"),
        f"{web}/b.jpg": lambda: model.predict([f"{web}/b.jpg"]),
        f"{web}/stream": lambda: model.predict(f"{web}/stream"),
        f"{web}/best.pt": lambda: YOLO(f"{web}/best.pt?key=secret"),
        f"{web}/data.zip": lambda: download(f"{web}/data.zip"),
        "ul://someone/some/model": lambda: YOLO("ul://someone/some/model"),
    }
    return {name: outcome(attempt) for name, attempt in attempts.items()}


def write_bad_models() -> list[str]:
    """Files that are no models, or more than that; their names."""
    import torch

    torch.save({"model": Program()}, "zip.pt")
    torch.save({"model": Program()}, "old.pt", _use_new_zipfile_serialization=False)
    torch.save({"a": torch.zeros(3)}, "numbers.pt")
    written = {
        "plain.pt": pickle.dumps(Program()),
        "unknown.pt": b"cnosuchmodule\nThing\n(tR.",
        "half.pt": Path("made.pt").read_bytes()[:999],
        "text.pt": b"no model at all",
        "empty.pt": b"",
        "text.onnx": b"no model at all",
    }
    for name, content in written.items():
        Path(name).write_bytes(content)
    write_onnx("mute.onnx", {})
    return [*written, "zip.pt", "old.pt", "numbers.pt", "mute.onnx"]


def write_onnx(path: str, about: dict[str, str]) -> None:
    """A model that gives back what it gets."""
    from onnx import TensorProto, helper, save

    node = helper.make_node("Identity", ["x"], ["y"])
    ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [1]) for name in ("x", "y")]
    model = helper.make_model(
        helper.make_graph([node], "same", ends[:1], ends[1:]),
        opset_imports=[helper.make_opsetid("", 17)],
        ir_version=8,
    )
    helper.set_model_props(model, about)
    save(model, path)
