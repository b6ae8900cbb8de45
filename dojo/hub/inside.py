"""The first program of a person's server, behind the wall: puts the lessons into a student's home, becomes Jupyter."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from dojo import catalog
from dojo.errors import DojoError
from dojo.workspace import Workspace

__all__ = ["main"]


def main(words: list[str]) -> None:
    """Become `jupyterhub-singleuser` with these words."""
    if os.environ.get("DOJO_HUB") == "student":
        # A full home is no reason to keep somebody out of it, who would want to make room.
        with suppress(OSError, DojoError):
            put_lessons(Workspace(Path(os.environ["HOME"])))
    program = str(Path(sys.prefix) / "bin" / "jupyterhub-singleuser")
    os.execv(program, [program, *words])


def put_lessons(workspace: Workspace) -> None:
    """Build each lesson that is not there yet."""
    for lesson in catalog.lessons():
        if not workspace.lesson_notebook(lesson).exists():
            workspace.put_lesson(lesson)


if __name__ == "__main__":
    main(sys.argv[1:])
