"""A course as students may have it: lessons, and labs without solutions, hidden tests, rubrics or teachers' pages.

Covered:
- a released lab is a text notebook again, so that all of the kit works on it: workspace, hints, `dojo check`
- the notebook that is built from it is byte for byte the one that is built from the instructor's lab
- only `lab.py`, `data/` and the lessons are copied; what else lies in a lab's folder stays with the instructor

Not covered:
- a check against hidden tests: the copy has the visible ones, and a check says so
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from dojo import catalog, notebook
from dojo.catalog import Lab, Lesson
from dojo.files import write_whole
from dojo.release import copy_data, release_node

__all__ = ["mark", "write_course", "write_lab"]

_STUB = re.compile(r"^([ \t]*)# YOUR CODE HERE\n\1raise NotImplementedError\(\)$|^([ \t]*)YOUR ANSWER HERE$", re.M)
_SKIPPED = shutil.ignore_patterns(".*", "__pycache__", "*.ipynb")


def write_course(folder: Path) -> list[str]:
    """Write every lab and lesson of this copy into `folder`, in place of what is there; gives their names back."""
    for kind in ("labs", "lessons"):
        shutil.rmtree(folder / kind, ignore_errors=True)
    labs, lessons = catalog.labs(), catalog.lessons()
    for lab in labs:
        write_lab(lab, folder / "labs" / lab.name)
    for lesson in lessons:
        _write_lesson(lesson, folder / "lessons" / lesson.name)
    mark(folder / "labs")
    return [f"lesson {one.name}" for one in lessons] + [f"lab {one.name}" for one in labs]


def mark(labs: Path) -> None:
    """Let the kit know a folder of labs as released ones."""
    write_whole(labs / catalog.RELEASED, "These labs have no solutions and no hidden tests.\n")


def write_lab(lab: Lab, folder: Path) -> None:
    """Write the lab's text as students may have it, with its data: `lab.py` and nothing else that stands beside one."""
    released = {cell["id"]: cell["source"] for cell in release_node(lab).cells}
    cells = [
        (cell, _kept(released[cell.name]) if cell.role in ("solution", "answer") else released[cell.name])
        for cell in catalog.read(lab).cells
    ]
    write_whole(folder / "lab.py", notebook.lab_text(cells))
    copy_data(lab, folder)


def _kept(source: str) -> str:
    """The cell's text with marks around what the release left, so that a second release leaves the same."""
    return _STUB.sub(lambda stub: _marked(stub[0], stub[1] or stub[2] or ""), source)


def _marked(stub: str, indent: str) -> str:
    return f"{indent}### BEGIN SOLUTION\n{stub}\n{indent}### END SOLUTION"


def _write_lesson(lesson: Lesson, folder: Path) -> None:
    shutil.copytree(lesson.folder, folder, ignore=_SKIPPED)
