"""What a student's notebook adds to a lab: the text of its answer cells and of the student's own cells, nothing else.

Rebuilt, not cleaned: the cells that run are the lab's own, in the lab's order. Of the student's file only text is used;
its metadata, tags, outputs and edits to the lab's cells count for nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dojo.errors import DojoError
from dojo.notebook import Cell

__all__ = ["Submission", "merged", "read_submission"]

_LARGEST = 20_000_000  # bytes; a lab's notebook with its pictures stays below one million


@dataclass(frozen=True)
class Submission:
    """Texts by cell name, the student's own code cells by the name of the lab cell they follow, and remarks."""

    answers: dict[str, str]
    extra: dict[str, list[str]]
    notes: tuple[str, ...]


def read_submission(path: Path, lab_cells: tuple[Cell, ...]) -> Submission:
    """Read a student's `.ipynb`. One that can't be read is a `DojoError` in one sentence."""
    owned = {cell.name: cell for cell in lab_cells}
    answers: dict[str, str] = {}
    extra: dict[str, list[str]] = {}
    notes: list[str] = []
    at = lab_cells[0].name if lab_cells else ""
    for cell in _cells(path):
        name, source = _name(cell), _source(cell)
        if name in owned:
            at = name
            if owned[name].role not in ("", "solution", "answer"):
                continue
            if name not in answers:
                answers[name] = source
                continue
            notes.append(f"There are two cells {name!r}; the first is used, the copy counts as a cell of your own.")
        if cell.get("cell_type") == "code" and source.strip() and not _is_live(cell):
            extra.setdefault(at, []).append(source)
    missing = [cell.name for cell in lab_cells if cell.role == "solution" and cell.name not in answers]
    notes += [f"The cell {name!r} is gone from your notebook; `dojo reset` gives a fresh copy." for name in missing]
    return Submission(answers, extra, tuple(notes))


def merged(lab_cells: tuple[Cell, ...], submission: Submission, newer: Mapping[str, str]) -> list[tuple[str, str]]:
    """(name, source) of the code cells to run: the lab's, with the student's answers and own cells in their places.

    `newer` holds texts that the student has run but not saved yet, by cell name.
    """
    answers = {**submission.answers, **newer}
    cells: list[tuple[str, str]] = []
    for cell in lab_cells:
        if cell.kind == "code" and cell.role != "live":
            theirs = cell.role in ("", "solution")
            source = answers.get(cell.name, "raise NotImplementedError()") if theirs else cell.source
            cells.append((cell.name, source))
        for number, source in enumerate(submission.extra.get(cell.name, ()), start=1):
            cells.append((f"{cell.name}+{number}", source))
    return cells


def _cells(path: Path) -> list[dict[str, Any]]:
    try:
        size = path.stat().st_size
        # -sig: some Windows editors put a mark in front of the text.
        text = path.read_text(encoding="utf-8-sig") if size <= _LARGEST else ""
    except FileNotFoundError:
        raise DojoError(f"There is no notebook {path}; `dojo lab` puts a fresh one there.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise DojoError(f"{path} can't be read ({error}); save it again from JupyterLab.") from None
    if size > _LARGEST:
        raise DojoError(f"{path} holds {size / 1e6:.0f} MB; clear its outputs in JupyterLab (Edit menu) and save it.")
    if not text.strip():
        raise DojoError(f"{path} is empty; save it again from JupyterLab, or take a fresh copy with `dojo reset`.")
    try:
        content = json.loads(text)
        cells = content["cells"]
    except (ValueError, RecursionError):
        raise DojoError(f"{path} is not a whole notebook, perhaps half saved; save it again from JupyterLab.") from None
    except (KeyError, TypeError):
        cells = None
    if not isinstance(cells, list):
        raise DojoError(f"{path} holds no cells, so it is not a notebook; take a fresh copy with `dojo reset`.")
    return [cell for cell in cells if isinstance(cell, dict)]


def _name(cell: dict[str, Any]) -> str:
    """nbgrader's grade_id, or the cell's id where it has no role."""
    metadata = cell.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    return str(name or cell.get("id") or "")


def _is_live(cell: dict[str, Any]) -> bool:
    """Whether it is a copy of a live cell, which no check runs; a cut and pasted cell has lost its id, not its tag."""
    metadata = cell.get("metadata")
    tags = metadata.get("tags") if isinstance(metadata, dict) else None
    return isinstance(tags, list) and "skip-execution" in tags


def _source(cell: dict[str, Any]) -> str:
    """A cell's text: one string, or a list of lines."""
    source = cell.get("source", "")
    return "".join(map(str, source)) if isinstance(source, list) else str(source)
