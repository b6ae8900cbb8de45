"""A student's notebook, rebuilt: the lab's own cells in the lab's order, with the student's text put in.

Covered: nothing but text of answer cells, of unlocked cells and of the student's own cells counts; metadata, tags,
kernels, points, outputs, attachments and edits to the lab's cells do not. Cells that were copied, taken from another
lab, retyped, moved, edited or removed are put right and named in a note. Files that are no notebook, too large or too
deep are refused in a sentence.

Not covered: what the text does when it runs; see `grader.sandbox`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from dojo.errors import DojoError
from grader.job import Step
from grader.lab import THEIRS, UNNAMED, LabCell, LabNotebook

__all__ = ["Rebuilt", "rebuild"]

_LARGEST = 64_000_000  # bytes; pictures in outputs make a notebook large, text never does
_MOST_NESTED = 2_000_000  # lists and objects in one file; a guard against a small file that fills the memory
_MOST_CELLS = 5_000
_LONGEST = 1_000_000  # characters of one cell


@dataclass(frozen=True)
class Rebuilt:
    """The steps to run, and what else the executed notebook shows.

    `shown` are outputs that the student's own machine made, of live cells, by step name, as they were handed in.
    `notes` are sentences for the instructor; `remarks` are sentences for the student, by step name.
    """

    steps: tuple[Step, ...]
    shown: dict[str, Any]
    notes: tuple[str, ...]
    remarks: dict[str, str]
    missing: tuple[str, ...]  # names of answer cells that are gone


@dataclass
class _Found:
    """What the walk over the student's cells has found so far."""

    texts: dict[str, str] = field(default_factory=dict)
    by_id: set[str] = field(default_factory=set)  # answers whose cell still had the lab's own id
    extra: dict[str, list[tuple[str, str, bool]]] = field(default_factory=dict)  # (kind, text, runs) after a lab cell
    shown: dict[str, Any] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)
    copies: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    retyped: list[str] = field(default_factory=list)
    edited: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, at: str, kind: str, text: str, runs: bool = True) -> None:
        if text.strip():
            self.extra.setdefault(at, []).append((kind, text, runs))


def rebuild(lab: LabNotebook, content: bytes) -> Rebuilt:
    """Rebuild the notebook that was handed in as `content`; `DojoError` in one sentence where it is none."""
    notebook, cells = _cells(content)
    found = _Found()
    major = notebook.get("nbformat")
    if major not in (3, 4):
        found.notes.append(f"It says that it is of notebook format {_short(major)}; its text was read all the same.")
    owned = {cell.name: cell for cell in lab.cells}
    at = ""
    for cell in cells:
        at = _sort(cell, at, owned, found)
    _match_plain(lab, found)
    return _put_together(lab, found)


def _sort(cell: dict[str, Any], at: str, owned: dict[str, LabCell], found: _Found) -> str:
    """Note what one cell of the student's is; gives the lab cell that the next one follows."""
    kind, text = _kind(cell), _text(cell)
    if len(text) > _LONGEST:
        found.notes.append(f"A cell of {len(text):,} characters was set aside; a cell may hold {_LONGEST:,}.")
        return at
    name, identity = _grade_id(cell, owned), cell.get("id")
    if not name:
        own = owned.get(identity) if isinstance(identity, str) else None
        if own is None or own.role not in UNNAMED or identity in found.texts:
            found.add(at, kind, text, runs=not _is_live(cell))
            return at
        found.texts[own.name] = text
        if own.role == "live":
            found.shown[own.name] = cell.get("outputs")
        if own.kind != "code" and text != own.text:
            found.add(own.name, kind, text, runs=False)
        return own.name
    own = owned.get(name)
    if own is None or own.role in UNNAMED:
        found.foreign.append(name)
        found.add(at, kind, text, runs=False)
        return at
    found.seen.append(own.name)
    if own.role not in THEIRS:
        if text not in own.released:
            found.edited.append(own.name)
        elif kind != own.kind:
            found.retyped.append(own.name)
        return own.name
    if own.name in found.texts:
        _copy(own, text, identity, found)
        return own.name
    if kind != own.kind:
        found.retyped.append(own.name)
    found.texts[own.name] = text
    if identity == own.name:
        found.by_id.add(own.name)
    return own.name


def _copy(own: LabCell, text: str, identity: Any, found: _Found) -> None:
    """One of two cells with the same name is a copy: the one without the lab's own id, else the later one; but an
    answer that was never begun gives way to one that was."""
    found.copies.append(own.name)
    first = found.texts[own.name]
    better = identity == own.name or first in own.released or not first.strip()
    if better and own.name not in found.by_id:
        found.texts[own.name], text = text, first
    found.add(own.name, own.kind, text, runs=False)


def _match_plain(lab: LabNotebook, found: _Found) -> None:
    """Give unlocked lab cells without an id of their own their text back from the cells that stand in their place."""
    before = ""
    for cell in lab.cells:
        if cell.role in ("", "live") and cell.name not in found.texts:
            waiting = found.extra.get(before, [])
            twin = next((one for one in waiting if one[1] == cell.text), None)
            if twin:
                # What followed the twin follows the lab's cell now.
                here = waiting.index(twin)
                found.extra[before], later = waiting[:here], waiting[here + 1 :]
                found.texts[cell.name] = twin[1]
                found.extra.setdefault(cell.name, [])[:0] = later
                before = cell.name
        else:
            before = cell.name


def _put_together(lab: LabNotebook, found: _Found) -> Rebuilt:
    steps: list[Step] = []
    steps += _extra_steps("", found)
    missing: list[str] = []
    for cell in lab.cells:
        text = cell.text
        if cell.role in ("solution", "answer"):
            text = found.texts.get(cell.name, "")
            missing += [cell.name] if cell.name not in found.texts else []
        elif cell.kind == "code" and cell.role in UNNAMED:
            if cell.name not in found.texts:
                continue  # the student deleted it, or wrote something else in its place
            text = found.texts[cell.name]
        steps.append(
            Step(
                name=cell.name,
                kind=cell.kind,
                role=cell.role,
                text=text,
                who=cell.who if text.strip() else "nobody",
                points=cell.points if cell.role == "tests" else None,
                gives=cell.gives,
                classes=cell.classes,
                imports=cell.imports,
                hidden=cell.hidden,
            )
        )
        steps += _extra_steps(cell.name, found)
    notes, remarks = _notes(lab, found, missing)
    return Rebuilt(tuple(steps), found.shown, tuple(notes), remarks, tuple(missing))


def _extra_steps(after: str, found: _Found) -> Iterator[Step]:
    for number, (kind, text, runs) in enumerate(found.extra.get(after, ()), start=1):
        yield Step(
            name=f"{after or 'top'}+{number}",
            kind="code" if kind == "code" else "raw" if kind == "raw" else "markdown",
            role="extra",
            text=text,
            who="student" if runs and kind == "code" else "nobody",
        )


def _notes(lab: LabNotebook, found: _Found, missing: list[str]) -> tuple[list[str], dict[str, str]]:
    """Sentences for the instructor, and those for the student by step name."""
    notes, remarks = list(found.notes), dict[str, str]()
    order = {cell.name: number for number, cell in enumerate(lab.cells)}
    where = [order[name] for name in dict.fromkeys(found.seen)]
    lost = [cell.name for cell in lab.cells if cell.role in ("tests", "task") and cell.name not in found.seen]
    for names, told, said in (
        (found.copies, "{} stood there twice; the copy was set aside.", "There were two of this cell; one was used."),
        (found.foreign, "{} is a cell of another notebook; it was set aside.", ""),
        (found.retyped, "{} had been turned into another kind of cell and was turned back.", ""),
        (
            found.edited,
            "{} had been changed; the lab's own was used.",
            "This cell had been changed; the lab's own ran.",
        ),
        (missing, "{} had been removed; there is no answer in it.", "This cell was not in your notebook."),
        (lost, "{} had been removed; the lab's own was put back.", ""),
    ):
        unique = list(dict.fromkeys(names))
        if unique:
            notes.append(told.format(_listed(unique)))
        if said:
            remarks |= dict.fromkeys(unique, said)
    if where != sorted(where):
        notes.append("Cells had been moved; the lab's own order was used.")
    return notes, remarks


def _listed(names: list[str]) -> str:
    shown = ", ".join(repr(_short(name)) for name in names[:3])
    return shown + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _short(value: Any) -> str:
    return re.sub(r"[^\x20-\x7e]", "?", str(value)[:60])


def _cells(content: bytes) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The notebook's content and its cells; a `DojoError` says why there are none."""
    if len(content) > _LARGEST:
        raise DojoError(f"It holds {len(content) / 1e6:.0f} MB, more than {_LARGEST / 1e6:.0f}; clear its outputs.")
    if not content.strip():
        raise DojoError("It is an empty file; ask for it again.")
    if content.count(b"[") + content.count(b"{") > _MOST_NESTED:
        raise DojoError("It holds more lists than any notebook does; ask for it again.")
    try:
        # -sig: some Windows editors put a mark in front of the text.
        notebook = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise DojoError("It is not a whole notebook (not JSON), perhaps half saved; ask for it again.") from None
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if cells is None and isinstance(notebook, dict):
        # Notebook format 3 kept cells in worksheets.
        sheets = notebook.get("worksheets")
        if isinstance(sheets, list) and sheets and isinstance(sheets[0], dict):
            cells = sheets[0].get("cells")
    if not isinstance(cells, list):
        raise DojoError("It holds no cells, so it is not a notebook; ask for it again.")
    if len(cells) > _MOST_CELLS:
        raise DojoError(f"It has {len(cells):,} cells, more than {_MOST_CELLS:,}; ask for it again.")
    return notebook, [cell for cell in cells if isinstance(cell, dict)]


def _kind(cell: dict[str, Any]) -> str:
    kind = cell.get("cell_type")
    return kind if kind in ("code", "raw") else "markdown"


def _text(cell: dict[str, Any]) -> str:
    """A cell's text, one string or a list of lines ("input" in notebook format 3), fit for UTF-8."""
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    text = source if isinstance(source, str) else ""
    return text.encode("utf-8", "replace").decode("utf-8")


def _nbgrader(cell: dict[str, Any]) -> dict[str, Any]:
    metadata = cell.get("metadata")
    own = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    return own if isinstance(own, dict) else {}


def _grade_id(cell: dict[str, Any], owned: Mapping[str, LabCell]) -> str:
    """The name that nbgrader gave the cell; none for one that it neither grades, locks nor takes an answer from."""
    own = _nbgrader(cell)
    name = own.get("grade_id")
    if not isinstance(name, str):
        return ""
    ours = name in owned and owned[name].role not in UNNAMED
    return name if ours or any(own.get(key) is True for key in ("grade", "solution", "locked", "task")) else ""


def _is_live(cell: dict[str, Any]) -> bool:
    """Whether it is a copy of a live cell, which nobody runs; a cut and pasted cell has lost its id, not its tag."""
    metadata = cell.get("metadata")
    tags = metadata.get("tags") if isinstance(metadata, dict) else None
    return isinstance(tags, list) and "skip-execution" in tags
