"""Trained models: open one safely, and find those that the kit ships.

A .pt file is a pickle: the usual way to open one runs whatever program stands in it.

Covered:
* a .pt is opened only if it holds numbers, and layers that ultralytics and torch know; anything else is refused before
  it runs, also where ultralytics was imported with its own settings;
* an .onnx holds no program, and is tried before it is used;
* a file that is missing, damaged or of another kind is told in one sentence, and nothing is downloaded for it.

Not covered:
* a file made to eat memory or time, or to attack the libraries that read it: open a stranger's file in a sandbox.
"""

from os import PathLike
from pathlib import Path
from typing import Any

from dojo.errors import DojoError

__all__ = ["load_model", "weights"]

_TASKS = ("detect", "segment", "pose", "classify", "obb")


def load_model(path: str | PathLike[str], task: str | None = None) -> Any:
    """The ultralytics model in a .pt or .onnx file, a `YOLO`.

    `task` is "detect", "segment", "pose", "classify" or "obb", for an .onnx that does not say so itself. Raises
    DojoError for a file that is not there, holds no model, holds more than one, or is for another task. What the model
    writes without being told where lies in the workspace. The first call takes seconds: it imports torch.
    """
    from dojo.offline import go_home

    if not isinstance(path, str | PathLike) or (task is not None and task not in _TASKS):
        raise DojoError(
            f"load_model({path!r}, {task!r}) names no file or no task: give a path, and a task, if any, "
            f"of {', '.join(_TASKS)}."
        )
    file = Path(path)
    if not file.is_file():
        raise DojoError(
            f"There is no model {str(path)!r}: check its name and the folder you are in ({Path.cwd()}), "
            "or take one of the kit's, dojo.weights('detect')."
        )
    kind = file.suffix.lower()
    if kind not in (".pt", ".onnx"):
        raise DojoError(f"{file.name} is no model that can be opened safely: name a .pt or an .onnx file.")
    go_home()
    model = _open_onnx(file, task) if kind == ".onnx" else _open_checkpoint(file, task)
    if task is not None and model.task != task:
        raise DojoError(f"{file.name} is a model to {model.task}, not to {task}: leave the task out, or name another.")
    return model


def weights(task: str = "detect", kind: str = "onnx") -> Path:
    """The path of the model that the kit ships for a task, trained on pictures of the desk.

    `task` is "detect", "segment" or "pose"; `kind` is "onnx", or "pt" to train on. Raises DojoError for any other.
    """
    from dojo.models import desk

    return desk.weights(task, kind)


def _open_checkpoint(file: Path, task: str | None) -> Any:
    """The model in a .pt: looked through first, and no further than the names in it, which runs nothing of it."""
    import pickle

    from ultralytics import YOLO
    from ultralytics.nn import tasks

    if not tasks._SafeLoad.SUPPORTED:
        raise DojoError(
            f"{file.name} cannot be opened safely with this torch: install torch 2.6 or newer, or name an .onnx file."
        )
    # For this process, whatever it was when ultralytics was imported: YOLO() reads by it.
    tasks.SAFE_LOAD = True
    try:
        return YOLO(str(file), task=task)
    except Exception as error:
        # torch and ultralytics raise six kinds for a bad file; what was refused shows in the cause alone.
        if isinstance(error.__cause__ or error, pickle.UnpicklingError | ModuleNotFoundError):
            raise DojoError(
                f"{file.name} is refused: it holds other things than the numbers and layers of a model, "
                "and opening it could run a program; ask for the model as .onnx, which holds none."
            ) from error
        raise DojoError(
            f"{file.name} holds no model that ultralytics can open: save it or copy it once more."
        ) from error


def _open_onnx(file: Path, task: str | None) -> Any:
    """The model in an .onnx, tried with ONNX Runtime first: YOLO() itself reads it only when it is used."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4  # what is wrong is told by us
    try:
        session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
    except Exception as error:
        # ONNX Runtime has a family of exceptions of its own, with no common ancestor but this one.
        raise DojoError(f"{file.name} holds no model that ONNX Runtime can open: export it once more.") from error
    said = session.get_modelmeta().custom_metadata_map.get("task")
    if said is None and task is None:
        raise DojoError(f"{file.name} does not say what it is for: name it, load_model({file.name!r}, 'detect').")
    from ultralytics import YOLO

    return YOLO(str(file), task=said or task)
