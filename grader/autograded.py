"""What grading puts into `autograded/<student>/<assignment>/`: executed notebooks, the time, pictures that they show.

Nothing else that a student handed in gets there: the formgrader serves this folder to the instructor's browser.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from dojo.errors import DojoError
from grader.submitted import pictures, read_file

__all__ = ["unchanged", "write_autograded"]

_PERMISSIONS = 0o444  # as nbgrader leaves them: a hand-in is not edited by accident


def write_autograded(
    folder: Path,
    notebooks: Mapping[str, bytes],
    shown: str,
    sources: tuple[Path, ...],
    moment: datetime | None,
    keep: tuple[str, ...] = (),
) -> dict[str, str]:
    """Write the files of one submission; gives the sha256 of each notebook by its file's name.

    `shown` is the text in which pictures are named; they are looked for in `sources`, the lab's
    folder and the hand-in's, and the first that has one wins.
    `keep` are file names to leave alone, although nothing is written there now.
    """
    folder.mkdir(parents=True, exist_ok=True)
    digests = {}
    for name, content in notebooks.items():
        _put(folder / name, content)
        digests[name] = hashlib.sha256(content).hexdigest()
    for path in folder.glob("*.ipynb"):
        if path.name not in digests and path.name not in keep:
            path.unlink()
    if moment is None:
        with suppress(FileNotFoundError):
            (folder / "timestamp.txt").unlink()
    else:
        _put(folder / "timestamp.txt", f"{moment.isoformat(sep=' ')} UTC\n".encode())
    with suppress(DojoError, FileNotFoundError):
        # nbgrader's release of feedback finds its way by it.
        _put(folder / "submission_secret.txt", read_file(sources[-1], "submission_secret.txt", largest=1000))
    for source in reversed(sources):
        for name, content in pictures(source, shown).items():
            _put(folder / name, content)
    return digests


def unchanged(folder: Path, digests: Mapping[str, Any]) -> bool:
    """Whether the notebooks are still as they were written."""
    try:
        return all(hashlib.sha256((folder / name).read_bytes()).hexdigest() == one for name, one in digests.items())
    except OSError:
        return False


def _put(path: Path, content: bytes) -> None:
    """Write a file whole, over one that is read-only too; one that is there already with this content stays."""
    with suppress(OSError):
        if not path.is_symlink() and path.read_bytes() == content:
            return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name[:100]}-{os.getpid()}")
    try:
        part.write_bytes(content)
        part.chmod(_PERMISSIONS)
        if os.name == "nt" and path.exists():
            path.chmod(0o666)  # Windows replaces no read-only file
        part.replace(path)
    finally:
        with suppress(OSError):
            part.unlink()
