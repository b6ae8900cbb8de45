"""Is this machine ready? Each finding says what was looked at, what was seen and, where it matters, the remedy."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from typing import TYPE_CHECKING

from dojo import catalog, machine, menu
from dojo.errors import DojoError

if TYPE_CHECKING:
    from dojo.door.who import Answer

__all__ = ["Finding", "examine"]


@dataclass(frozen=True)
class Finding:
    """One look: `state` is ok, note (works, but know this) or mend (something will not work)."""

    what: str
    state: str
    said: str
    remedy: str = ""


def examine() -> list[Finding]:
    """Look at everything; a look that itself fails is a finding, never a traceback."""
    looks: list[Callable[[], Finding]] = [
        _python,
        _packages,
        _opencv,
        _torch,
        _memory,
        _disk,
        _graphics,
        _camera,
        _model,
        _fitting,
    ]
    found = []
    for look in looks:
        try:
            found.append(look())
        except Exception as error:
            found.append(Finding(look.__name__.strip("_"), "note", f"could not be examined ({error})"))
    return found


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        return Finding("Python", "mend", version, "The kit runs on Python 3.11 to 3.13; make its environment with one.")
    return Finding("Python", "ok", f"{version} at {sys.executable}")


def _packages() -> Finding:
    wanted = ("jupyterlab", "nbgrader", "ollama", "numpy", "ultralytics")
    versions, missing = [], []
    for name in wanted:
        try:
            versions.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            missing.append(name)
    if missing:
        return Finding(
            "Packages", "mend", f"missing: {', '.join(missing)}", "Run `make setup` (Windows: py start.py setup)."
        )
    return Finding("Packages", "ok", ", ".join(versions))


def _opencv() -> Finding:
    installed = [name for name in ("opencv-python", "opencv-python-headless") if _has(name)]
    if len(installed) == 2:
        return Finding(
            "OpenCV",
            "mend",
            "opencv-python and opencv-python-headless are both installed and overwrite each other's files",
            "pip uninstall -y opencv-python opencv-python-headless, then pip install opencv-python",
        )
    try:
        import cv2
    except ImportError as error:
        remedy = "On Debian or Ubuntu: sudo apt install libgl1 libglib2.0-0. Elsewhere: make setup"
        return Finding("OpenCV", "mend", f"can't be imported ({error})", remedy)
    return Finding("OpenCV", "ok", str(cv2.__version__))


def _torch() -> Finding:
    """Versions only: importing torch takes seconds, and a mismatch shows in the versions."""
    torch, vision = _version("torch"), _version("torchvision")
    if not torch or not vision:
        return Finding("PyTorch", "mend", "torch or torchvision is missing", "Run `make setup` again.")
    if ("+cpu" in torch) != ("+cpu" in vision) and "+" in torch + vision:
        return Finding(
            "PyTorch",
            "mend",
            f"torch {torch} and torchvision {vision} come from two places",
            "Delete .venv, make setup.",
        )
    return Finding("PyTorch", "ok", f"torch {torch}, torchvision {vision}")


def _memory() -> Finding:
    found = _machine()
    said = f"{found.ram_gb:.1f} GB, {found.free_ram_gb:.1f} GB of it free"
    if found.ram_gb < 7:
        remedy = "All labs can be solved and checked; local models of 1 GB and more will be slow."
        return Finding("Memory", "note", said, remedy)
    return Finding("Memory", "ok", said)


def _disk() -> Finding:
    free = _machine().free_disk_gb
    if free < 1:
        return Finding("Disk", "mend", f"{free:.1f} GB free", "Free at least 1 GB, or notebooks can't be saved.")
    if free < 5:
        return Finding("Disk", "note", f"{free:.1f} GB free", "The three small models of lab 1 need about 4 GB.")
    return Finding("Disk", "ok", f"{free:.0f} GB free")


def _graphics() -> Finding:
    found = _machine()
    if not found.gpu:
        return Finding("Graphics", "ok", "no card that models use was found; every lab runs without one")
    return Finding("Graphics", "ok", f"{found.gpu}, {found.gpu_gb:.1f} GB")


def _camera() -> Finding:
    return Finding("Camera", "ok", _machine().camera or "none found; labs use the clip they bring")


def _model() -> Finding:
    """Who answers, proved by one reply. An engine that was started for this look ends with it."""
    from dojo.door.process import find_door, stop_door
    from dojo.door.who import choose_host

    try:
        before = find_door()
        answer = choose_host()
        try:
            return Finding("Model", "ok" if answer.models else "note", answer.sentence, _first_words(answer))
        finally:
            if answer.embedded and before is None:
                stop_door()
    except DojoError as problem:
        return Finding("Model", "mend", str(problem))


def _first_words(answer: Answer) -> str:
    """How long one token of the first model takes, or why there is none."""
    from dojo.door.who import time_reply

    if not answer.chatting:
        return ""
    name = answer.chatting[0]
    try:
        return f"One token of {name}, its loading included: {time_reply(answer, name):.1f} s."
    except (OSError, ValueError) as error:
        return f"But {name} does not answer ({error})."


def _fitting() -> Finding:
    """The largest model of each kind that fits, with size, licence and the exact command."""
    found = _machine()
    models = menu.fitting(found.ram_gb, found.gpu_gb)
    if not models:
        return Finding("Models that fit", "note", "none of the course's menu; labs are solved and checked without one")
    rows = [f"{one.kind:<10}dojo pull {one.tag:<18} {one.size_gb:>4} GB  {one.licence}" for one in models]
    checked = menu.read_menu().checked
    said = f"by a rule of thumb, from a table of {checked}; sizes and licences may have changed"
    return Finding("Models that fit", "ok", said, "\n        ".join(rows))


def _machine() -> machine.Machine:
    return machine.look(catalog.course_root())


def _has(name: str) -> bool:
    return bool(_version(name))


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""
