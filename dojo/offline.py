"""Keep `ultralytics`, and ONNX Runtime below it, at home: they report to nobody and leave their files in one folder.

Covered, from `keep_home` or `go_home` on, which `%load_ext dojo` and `load_model` call, in this process and in those it
starts:
* no look-up and no contact when it is imported or used: no "am I online", no statistics, no newer version, no pip;
  ONNX Runtime, which reports from 1.29 on, writes no number for this machine into the home and sends nothing;
* its settings, fonts and caches, and those of matplotlib and torch, lie in `.config` of the folder; what it makes
  without being told where, in `runs`, `datasets` and `weights` of the folder;
* plots and labels find a font, so none is fetched; a .pt that is more than a model is not opened;
* downloads are refused (dojo/downloads.py, which says what that covers; of this alone a started process knows nothing
  unless it calls `keep_home` too).

Not covered:
* what a person set on purpose: a variable that is in the environment stands as it is; who sets YOLO_CONFIG_DIR sees to
  the settings, fonts and caches; project= and the other arguments name places of their own;
* ONNX Runtime on Windows, which leaves reports to the system's own tracing;
* `labels.cache` beside the labels of a data set that is read, and an exported model beside its .pt.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import sys
import tempfile
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from dojo.downloads import guard
from dojo.errors import DojoError
from dojo.files import full_path, write_whole

__all__ = ["environment", "go_home", "keep_home", "switch_off"]

_SWITCHES = {
    "YOLO_OFFLINE": "1",
    "YOLO_AUTOINSTALL": "0",
    "ULTRALYTICS_SAFE_LOAD": "1",
    "ORT_DISABLE_TELEMETRY": "1",
}
_FONTS = ("Arial.ttf", "Arial.Unicode.ttf")  # the names under which ultralytics looks for one
_turned: tuple[str, ...] = ()  # what the environment said when the switches were last turned
_OFF = ("clearml", "comet", "dvc", "mlflow", "raytune", "tensorboard", "wandb", "vscode_msg", "openvino_msg")


def keep_home(folder: Path) -> None:
    """Keep ultralytics at home in `folder`, for this process and those it starts; call it as often as you like.

    A variable of the environment that is set already, by a person or by the process that started this one, stands. In
    the settings that lie in the folder, `sync` and the three folders are put right each time (a workspace may have
    moved); whatever else a person changed there stands. A folder that cannot be written is replaced by a temporary
    one, since the first cell of a notebook has better things to say. What ultralytics imported before the call has its
    switches turned in memory, and its files stay where they were.
    """
    switch_off()
    if "YOLO_CONFIG_DIR" in os.environ:
        return
    try:
        found = environment(folder)
    except (OSError, DojoError):
        folder = _passing_folder()
        found = environment(folder)
    for name, value in found.items():
        os.environ.setdefault(name, value)
    utils = sys.modules.get("ultralytics.utils")
    if utils is not None:
        # dict's own update: the settings' would write the file, and that is the person's.
        dict.update(utils.SETTINGS, {"sync": False, **_folders(folder)})


def go_home() -> None:
    """Keep ultralytics at home in the workspace, or where there is none in a folder that ends with this process."""
    from dojo.workspace import open_workspace

    if "YOLO_CONFIG_DIR" in os.environ:  # a person, or the process that started this one, has said where
        switch_off()
        return
    with suppress(DojoError):
        if (root := open_workspace().root).is_dir():
            keep_home(root)
            return
    keep_home(_passing_folder())


def switch_off() -> None:
    """Turn the switches and refuse downloads, for a program that has no folder of the kit: no file is written."""
    for name, value in _SWITCHES.items():
        os.environ.setdefault(name, value)
    guard()
    _turn_late()


def environment(folder: Path) -> dict[str, str]:
    """The variables that keep ultralytics at home in `folder`, for a process to be started; their files are put there.

    Raises OSError or DojoError where the folder cannot be written.
    """
    config = full_path(folder) / ".config"
    config.mkdir(parents=True, exist_ok=True)
    _put_settings(config / "Ultralytics" / "settings.json", full_path(folder))
    _put_fonts(config / "Ultralytics")
    places = {"YOLO_CONFIG_DIR": "", "MPLCONFIGDIR": "matplotlib", "TORCHINDUCTOR_CACHE_DIR": "torch"}
    return {**_SWITCHES, **{name: str(config / part) for name, part in places.items()}}


def _passing_folder() -> Path:
    """A folder of ours that is removed when this process ends."""
    folder = Path(tempfile.mkdtemp(prefix="dojo-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _folders(folder: Path) -> dict[str, Any]:
    return {f"{name}_dir": str(full_path(folder) / name) for name in ("runs", "datasets", "weights")}


def _put_settings(path: Path, folder: Path) -> None:
    """Write the settings as ultralytics would, so that it finds nothing to create, to correct or to announce."""
    wanted = {
        "settings_version": "0.0.8",
        "uuid": "0" * 64,  # its own would be made from the network card's address
        "api_key": "",
        "openai_api_key": "",
        **dict.fromkeys(_OFF, False),
    }
    try:
        there = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        there = {}
    kept = there if isinstance(there, dict) else {}
    settings = {**wanted, **kept, "sync": False, **_folders(folder)}
    if settings != there:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, json.dumps(settings, indent=2) + "\n")


def _put_fonts(folder: Path) -> None:
    # Looked for without importing matplotlib, which takes half a second.
    spec = find_spec("matplotlib")
    font = Path(spec.origin).parent / "mpl-data" / "fonts" / "ttf" / "DejaVuSans.ttf" if spec and spec.origin else None
    for name in _FONTS:
        if font is not None and font.exists() and not (folder / name).exists():
            part = folder / f".{name}-{os.getpid()}"
            try:
                part.symlink_to(font)
            except OSError:
                # Windows lets few people make links.
                shutil.copyfile(font, part)
            part.replace(folder / name)


def _turn_late() -> None:
    """Turn the switches of libraries that were imported before, and have read the environment already."""
    global _turned
    said = tuple(os.environ[name] for name in _SWITCHES)
    if said == _turned:
        # What was imported since has read the same environment. In a process that shares its memory with others, a
        # look at every module would also copy thousands of pages.
        return
    _turned = said
    offline, manual, safe, quiet = (os.environ[name] == value for name, value in _SWITCHES.items())
    turns = (("ONLINE", False, offline), ("AUTOINSTALL", False, manual), ("SAFE_LOAD", True, safe))
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "ultralytics":
            for switch, value, wanted in turns:
                if wanted and switch in vars(module):
                    setattr(module, switch, value)
    events = sys.modules.get("ultralytics.utils.events")
    if events is not None and offline:
        events.events.enabled = False
    runtime = sys.modules.get("onnxruntime")
    if runtime is not None and quiet:
        runtime.disable_telemetry_events()
