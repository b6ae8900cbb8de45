"""What the tests of whole classes share: a course, its release, and hand-ins."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

Cell = tuple[str, str, str, dict[str, Any]]  # kind, name, text, nbgrader's flags

PS1: list[Cell] = [
    ("markdown", "intro", "# Problem set", {"locked": True}),
    (
        "code",
        "double",
        "def double(n):\n    ### BEGIN SOLUTION\n    return 2 * n\n    ### END SOLUTION",
        {"solution": True},
    ),
    (
        "code",
        "test_double",
        "assert double(2) == 4\n### BEGIN HIDDEN TESTS\nassert double(5) == 10\n### END HIDDEN TESTS",
        {"grade": True, "locked": True, "points": 4},
    ),
    (
        "code",
        "thirds",
        "def third(n):\n    ### BEGIN SOLUTION\n    return n / 3\n    ### END SOLUTION",
        {"solution": True},
    ),
    (
        "code",
        "test_thirds",
        "### BEGIN HIDDEN TESTS\nsum(third(n) == n / 3 for n in (1, 2, 3)) / 3 * 3\n### END HIDDEN TESTS",
        {"grade": True, "locked": True, "points": 3},
    ),
    ("markdown", "essay", "Write two sentences.", {"grade": True, "solution": True, "points": 2}),
]
RIGHT = {"double": "def double(n):\n    return n + n", "thirds": "def third(n):\n    return n / 3"}


def write_source(course: Path, name: str, cells: list[Cell], assignment: str = "ps1") -> Path:
    """An instructor's notebook in `source/`, as nbgrader's own toolbar would leave it."""
    node = new_notebook(metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}})
    for kind, cell, text, flags in cells:
        own = {"grade": False, "solution": False, "locked": False, "task": False, **flags}
        metadata = {"nbgrader": {**own, "grade_id": cell, "schema_version": 3, "cell_type": kind}} if flags else {}
        new = new_code_cell if kind == "code" else new_markdown_cell
        node.cells.append(new(text, id=cell, metadata=metadata))
    path = course / "source" / assignment / f"{name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(node, path)
    return path


def release(course: Path, assignment: str = "ps1") -> None:
    """nbgrader's own release, in this process; only the exchange is left out."""
    from nbgrader.apps import NbGraderAPI
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config import Config

    # nbgrader runs `alembic` from the PATH.
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    config = Config()
    config.CourseDirectory.root = str(course)
    api = NbGraderAPI(coursedir=CourseDirectory(config=config), config=config)
    done = api.generate_assignment(assignment)
    assert done["success"], done


def hand_in(
    course: Path,
    student: str,
    texts: Mapping[str, str] | None = None,
    change: Callable[[dict[str, Any]], None] | None = None,
    assignment: str = "ps1",
) -> Path:
    """A released copy with these answers, handed in; `change` may do anything to the notebook's JSON."""
    folder = course / "submitted" / student / assignment
    shutil.copytree(course / "release" / assignment, folder)
    for path in folder.glob("*.ipynb"):
        content = json.loads(path.read_text(encoding="utf-8"))
        for cell in content["cells"]:
            name = cell["metadata"].get("nbgrader", {}).get("grade_id", cell.get("id"))
            if name in (texts or {}):
                cell["source"] = (texts or {})[name]
        if change:
            change(content)
        path.write_text(json.dumps(content), encoding="utf-8")
    return folder


def scores(course: Path, student: str, assignment: str = "ps1") -> dict[str, float | None]:
    """The automatic points of each cell, as the gradebook has them."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        found = book.find_submission(assignment, student)
        return {grade.name: grade.auto_score for notebook in found.notebooks for grade in notebook.grades}
