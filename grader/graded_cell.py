"""One cell of a graded notebook as feedback reads it, whatever stands in it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate
from typing import Any

from grader.inert import clean, picture
from grader.page import Shown

__all__ = [
    "dojo_of",
    "is_prose",
    "list_of",
    "name_of",
    "nbgrader_of",
    "note_of",
    "role_of",
    "shown_outputs",
    "source_of",
]

_SHOWN = 4_000_000  # characters of one cell's outputs, pictures included


def shown_outputs(cell: dict[str, Any], errors: bool) -> tuple[Shown, ...]:
    """A cell's outputs as text and pictures; errors as their last line alone, since a traceback quotes other cells."""
    found: list[Shown] = []
    for output in list_of(cell.get("outputs"))[:50]:
        if not isinstance(output, dict):
            continue
        kind, data = output.get("output_type"), output.get("data")
        if kind == "stream":
            found.append(Shown("text", clean(_joined(output.get("text")))))
        elif kind == "error" and errors:
            found.append(Shown("error", clean(f"{output.get('ename')}: {output.get('evalue')}", 1_000)))
        elif isinstance(data, dict):
            address = picture(_joined(data.get("image/png")))
            text = clean(_joined(data.get("text/plain")))
            found.append(Shown("picture", address) if address else Shown("text", text))
    sizes = accumulate(len(one.text) for one in found)
    return tuple(one for one, size in zip(found, sizes, strict=True) if one.text.strip() and size <= _SHOWN)


def role_of(cell: Mapping[str, Any]) -> str:
    """The cell's role by nbgrader's own flags, which are the lab's; by the grader's note where it has none.

    In a notebook that plain nbgrader graded, our note may be the student's own invention."""
    flags = nbgrader_of(cell)
    if flags.get("task"):
        return "task"
    if flags.get("grade"):
        return "answer" if flags.get("solution") else "tests"
    role = dojo_of(cell).get("role")
    if isinstance(role, str):
        return role
    return "solution" if flags.get("solution") else "locked" if flags.get("locked") else ""


def name_of(cell: Mapping[str, Any]) -> str:
    return str(nbgrader_of(cell).get("grade_id") or cell.get("id") or "")


def is_prose(cell: Mapping[str, Any]) -> bool:
    """Whether it is text of the lab, whose heading names what follows."""
    return cell.get("cell_type") == "markdown" and role_of(cell) in ("", "locked", "task")


def source_of(cell: Mapping[str, Any]) -> str:
    return _joined(cell.get("source"))


def _joined(value: Any) -> str:
    return "".join(line for line in value if isinstance(line, str)) if isinstance(value, list) else str(value or "")


def note_of(cell: Mapping[str, Any]) -> str:
    return clean(dojo_of(cell).get("note"), 1_000)


def dojo_of(node: Mapping[str, Any]) -> dict[str, Any]:
    return _dict(_dict(node.get("metadata")).get("dojo"))


def nbgrader_of(cell: Mapping[str, Any]) -> dict[str, Any]:
    return _dict(_dict(cell.get("metadata")).get("nbgrader"))


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def list_of(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
