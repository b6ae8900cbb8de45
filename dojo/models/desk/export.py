"""From a checkpoint to the two files that are shipped, .pt and .onnx, with nothing of the maker's machine in them.

Covered:
* both hold the weights, the classes' names, the task and the licence; no path, no date, no commit;
* the .pt loads with ULTRALYTICS_SAFE_LOAD=1, and keeps its weights in halves (fp16);
* the .onnx takes one picture, (1, 3, IMGSZ, IMGSZ) of float32, and is read by ONNX Runtime and by OpenCV's dnn;
* the .onnx gives what the network says of every place, (1, 4 + classes + more, places): NMS is left to who asks, so
  that it can be taught, and so that OpenCV reads the file.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from dojo.models.desk import IMGSZ

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["differences", "write_onnx", "write_pt"]

LICENCE = "AGPL-3.0-or-later"
_OPSET = 17
_KEPT = ("stride", "task", "head", "batch", "imgsz", "names", "channels", "end2end", "kpt_shape", "kpt_names")


def write_pt(checkpoint: Path, task: str, out: Path) -> None:
    """Write the .pt: the averaged weights of the checkpoint, in halves, and what it takes to use them."""
    import torch
    import ultralytics
    from ultralytics.nn.tasks import load_checkpoint

    model: Any = load_checkpoint(str(checkpoint))[0]
    asked = {"task": task, "imgsz": IMGSZ, "model": f"desk-{task}.yaml"}
    model.args = asked
    model.yaml = {**model.yaml, "yaml_file": f"desk-{task}.yaml"}
    model.criterion = None
    for name in ("pt_path", "loss"):
        vars(model).pop(name, None)
    for weight in model.parameters():
        weight.requires_grad = False
    torch.save(
        {
            "epoch": -1,
            "model": model.half().to(memory_format=torch.contiguous_format),
            "train_args": asked,
            "version": ultralytics.__version__,
            "license": LICENCE,
        },
        out,
    )


def write_onnx(weights: Path, task: str, out: Path) -> None:
    """Write the .onnx of a .pt, in float32."""
    import onnx
    from ultralytics import YOLO

    with TemporaryDirectory(dir=out.parent) as folder:
        # Ultralytics writes beside the .pt: in a folder of its own nothing is in the way.
        copy = Path(folder) / weights.name
        shutil.copyfile(weights, copy)
        made = YOLO(str(copy)).export(format="onnx", imgsz=IMGSZ, opset=_OPSET, simplify=True, device="cpu")
        model = onnx.load(str(made))
    said = {one.key: one.value for one in model.metadata_props if one.key in _KEPT}
    said |= {"license": LICENCE, "description": f"The desk world, {task}: a small network of the YOLO26 family"}
    model.doc_string = ""
    del model.metadata_props[:]
    for key, value in said.items():
        model.metadata_props.add(key=key, value=value)
    for node in model.graph.node:
        node.doc_string = ""
        del node.metadata_props[:]
    onnx.save(model, str(out))


def differences(pt: Path, onnx: Path, pictures: list[NDArray[np.uint8]]) -> dict[str, float]:
    """The largest difference from torch's raw first output: in ONNX Runtime, and in OpenCV's dnn.

    `pictures` are (IMGSZ, IMGSZ, 3) BGR. Rows are x, y, width and height of boxes in pixels, then scores, and then what
    the task adds: the difference is over all of them.
    """
    import cv2
    import numpy as np
    import onnxruntime
    import torch
    from ultralytics.nn.tasks import load_checkpoint

    model = load_checkpoint(str(pt))[0].float().eval()
    session = onnxruntime.InferenceSession(str(onnx), providers=["CPUExecutionProvider"])
    net = cv2.dnn.readNetFromONNX(str(onnx))
    first = session.get_outputs()[0].name
    found = {"ONNX Runtime": 0.0, "OpenCV": 0.0}
    for picture in pictures:
        blob = np.ascontiguousarray(picture[None, ..., ::-1].transpose(0, 3, 1, 2), np.float32) / 255
        with torch.no_grad():
            said: Any = model(torch.from_numpy(blob))
        while not isinstance(said, torch.Tensor):
            said = said[0]
        truth = said.numpy()
        net.setInput(blob)
        for name, output in (
            ("ONNX Runtime", session.run([first], {"images": blob})[0]),
            ("OpenCV", net.forward(first)),
        ):
            found[name] = max(found[name], float(np.abs(output - truth).max()))
    return found
