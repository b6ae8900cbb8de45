"""Which grader this is: a name that changes whenever equal work could come out differently."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from importlib import metadata
from pathlib import Path

__all__ = ["engine"]

# What labs compute with; another version may compute something else.
_PACKAGES = ("ipython", "numpy", "ollama", "opencv-python", "pillow", "pydantic", "torch", "torchvision", "ultralytics")


@cache
def engine(unsafe: bool = False) -> str:
    """16 hex digits of this package's and dojo's text and of the versions of Python and the packages that labs use."""
    import dojo

    digest = hashlib.sha256(f"{sys.version}\n{unsafe}\n".encode())
    for package in _PACKAGES:
        try:
            version = metadata.version(package)
        except metadata.PackageNotFoundError:
            version = "none"
        digest.update(f"{package} {version}\n".encode())
    for folder in (Path(__file__).parent, Path(str(dojo.__file__)).parent):
        for path in sorted(folder.rglob("*.py")):
            digest.update(path.name.encode() + b"\n" + path.read_bytes())
    return digest.hexdigest()[:16]
