"""The parts of an assignment, by the headings of its notebooks, and the code that it gives to students."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.classbook import Released
from grader.coursefolder import CourseFolder
from grader.graded_cell import list_of, nbgrader_of, role_of, source_of
from grader.lab import bindings
from grader.page_build import build_page
from grader.scores import Score, Scores

__all__ = ["Cell", "Part", "given_code", "parts_of"]

Cell = tuple[str, str]  # notebook, cell


@dataclass(frozen=True)
class Part:
    """An exercise or a written question: all its cells that carry points, and those among them that are tests."""

    title: str
    cells: tuple[Cell, ...]
    tests: tuple[Cell, ...]


def parts_of(course: CourseFolder, released: Released) -> tuple[str, list[Part]]:
    """The assignment's title and its parts, from the instructor's notebooks; names alone where these are gone."""
    title, found = "", []
    left = dict(released.cells)
    for notebook in sorted({notebook for notebook, _ in released.cells}):
        grades = {cell: Score(0.0, most) for (owner, cell), most in released.cells.items() if owner == notebook}
        content = _content(course.path("source", ".", released.name) / f"{notebook}.ipynb")
        page = build_page(content, Scores(released.name, notebook, "", grades, {}))
        title = title or page.title
        for section in page.sections:
            # A page shortens long names; such a cell is told by itself below.
            tests = tuple(cell for one in section.tests if (cell := (notebook, one.name)) in left)
            cells = (*tests, *(cell for one in section.written if (cell := (notebook, one.name)) in left))
            found.append(Part(section.title.replace("Your notebook", notebook, 1), cells, tests))
            left = {cell: most for cell, most in left.items() if cell not in cells}
    found += [Part(name, ((notebook, name),), ()) for notebook, name in left]
    return title or released.name, found


def given_code(course: CourseFolder, assignment: str) -> tuple[list[str], set[str]]:
    """The code cells that students got, and the names that these define for them."""
    texts: list[str] = []
    names: set[str] = set()
    for cell in _code_cells(course, assignment):
        text, role = source_of(cell), role_of(cell)
        texts.append(text)
        if role in ("locked", "solution"):
            bound = bindings(text)
            names |= {*bound.imported, *bound.defined}
    return texts, names


def _code_cells(course: CourseFolder, assignment: str) -> Iterator[dict[str, Any]]:
    """Of the release where it is there; else the instructor's own, without the solutions."""
    release = course.path("release", ".", assignment)
    whole = any(release.glob("*.ipynb"))
    for path in sorted((release if whole else course.path("source", ".", assignment)).glob("*.ipynb")):
        for cell in list_of(_content(path).get("cells")):
            code = isinstance(cell, dict) and cell.get("cell_type") == "code"
            if code and (whole or not nbgrader_of(cell).get("solution")):
                yield cell


def _content(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8", errors="replace"))
    except (OSError, ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}
