"""Is this machine ready? Each finding says what was looked at, what was seen and, where it matters, the remedy."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata

from dojo import catalog
from dojo.errors import DojoError

__all__ = ["Finding", "examine"]

_GB = 1e9


@dataclass(frozen=True)
class Finding:
    """One look: `state` is ok, note (works, but know this) or mend (something will not work)."""

    what: str
    state: str
    said: str
    remedy: str = ""


def examine() -> list[Finding]:
    """Look at everything; a look that itself fails is a finding, never a traceback."""
    looks: list[Callable[[], Finding]] = [_python, _packages, _opencv, _torch, _memory, _disk, _model]
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
    import psutil

    total, free = psutil.virtual_memory().total / _GB, psutil.virtual_memory().available / _GB
    said = f"{total:.1f} GB, {free:.1f} GB of it free"
    if total < 7:
        return Finding(
            "Memory", "note", said, "All labs can be solved and checked; local models of 1 GB and more will be slow."
        )
    return Finding("Memory", "ok", said)


def _disk() -> Finding:
    free = shutil.disk_usage(catalog.course_root()).free / _GB
    if free < 1:
        return Finding("Disk", "mend", f"{free:.1f} GB free", "Free at least 1 GB, or notebooks can't be saved.")
    if free < 5:
        return Finding("Disk", "note", f"{free:.1f} GB free", "The three small models of lab 1 need about 4 GB.")
    return Finding("Disk", "ok", f"{free:.0f} GB free")


def _model() -> Finding:
    from dojo.door.who import who_answers

    try:
        answer = who_answers()
    except DojoError as problem:
        return Finding("Model", "mend", str(problem))
    return Finding("Model", "ok" if answer.models else "note", answer.sentence)


def _has(name: str) -> bool:
    return bool(_version(name))


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""
