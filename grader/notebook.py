"""The executed notebook for `autograded/`: the lab's cells with the student's text, outputs and verdicts.

Equal results give equal bytes. The formgrader shows this file in the instructor's browser, so markup that a student
wrote or printed is made inert.
"""

from __future__ import annotations

import html
import json
import re
from typing import Any

from grader.job import CellResult, Result, Step
from grader.lab import LabCell, LabNotebook
from grader.marks import Mark
from grader.rebuild import Rebuilt

__all__ = ["executed", "inert", "shown_outputs", "to_bytes"]

_JOINER = "\u2060"  # shows nothing and takes no room
_SAFE_LINKS = ("http:", "https:", "mailto:", "attachment:", "data:image/png;", "data:image/jpeg;", "data:image/gif;")
_LIVE_LIMIT = 2_000_000  # characters of what one live cell showed
_WORDS = {
    "timed out": ("TimeLimit", "The cell ran longer than its time limit; is there a loop that never ends?"),
    "died": ("ProcessEnded", "The cell ended its Python process; does it call os._exit?"),
    "memory": ("MemoryLimit", "The cell used more memory than a submission may."),
    "not run": ("NotRun", "The cell was not run: the time for the whole notebook was used up."),
}


def executed(
    lab: LabNotebook, rebuilt: Rebuilt, result: Result, marks: list[Mark], mode: str, unsafe: bool
) -> dict[str, Any]:
    """The notebook as plain JSON values, notebook format 4.5."""
    came = {cell.name: cell for cell in result.cells}
    earned = {mark.name: mark for mark in marks}
    ours = {cell.name: cell for cell in lab.cells}
    cells = []
    ids: set[str] = set()
    count = 0
    for step in rebuilt.steps:
        cell = came.get(step.name)
        ran = step.kind == "code" and cell is not None and cell.verdict != "not run"
        count += ran
        outputs = _outputs(step, cell, rebuilt)
        node = _node(step, ours.get(step.name), outputs, count if ran else None)
        node["id"] = _id(step.name, ids)
        node["metadata"]["dojo"] = _verdict(step, cell, earned.get(step.name), ours.get(step.name), rebuilt)
        cells.append(node)
    remarks = [rebuilt.remarks[name] for name in rebuilt.missing if name in rebuilt.remarks]
    metadata = {**lab.metadata, "dojo": {"notes": sorted(set(remarks)), "mode": mode, "unsafe": unsafe}}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def to_bytes(notebook: dict[str, Any]) -> bytes:
    """The text of the `.ipynb`, laid out as Jupyter does."""
    return (json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode("utf-8", "replace")


def inert(text: str) -> str:
    """Markdown that shows what it showed, but for HTML, which shows as text, and links that would run something."""
    text = re.sub(r"<(?=[A-Za-z/!?])", "<" + _JOINER, text)
    text = re.sub(r"\\(?=href\b|require\b|style\b|class\b|cssId\b|html\w*\b)", "\\\\" + _JOINER, text)
    return re.sub(r"(\]\(\s*<?|\]:\s*<?)([^\s)]*)", _harmless_link, text)


def shown_outputs(outputs: Any, limit: int = _LIVE_LIMIT) -> list[dict[str, Any]]:
    """What a student's machine showed, as text and PNG alone; anything that is no such output is left out."""
    kept: list[dict[str, Any]] = []
    for output in outputs if isinstance(outputs, list) else []:
        clean = _clean(output) if isinstance(output, dict) else None
        limit -= len(json.dumps(clean)) if clean else 0
        if limit < 0:
            kept.append({"output_type": "stream", "name": "stdout", "text": "(The rest was too long to keep.)\n"})
            break
        if clean:
            kept.append(clean)
    return kept


def _harmless_link(match: re.Match[str]) -> str:
    target = html.unescape(html.unescape(match[2]))
    target = re.sub(r"[\x00-\x20\\]", "", target).lower()
    scheme = re.match(r"[a-z][a-z0-9+.-]*:", target)
    if scheme and not target.startswith(_SAFE_LINKS):
        return f"{match[1]}{_JOINER}{match[2]}"
    return match[0]


def _outputs(step: Step, cell: CellResult | None, rebuilt: Rebuilt) -> list[dict[str, Any]]:
    if step.role == "live":
        return shown_outputs(rebuilt.shown.get(step.name))
    if cell is None:
        return []
    outputs = [dict(output) for output in cell.outputs]
    if any(output.get("output_type") == "error" for output in outputs) or cell.verdict == "passed":
        return outputs
    name, said = _WORDS.get(cell.verdict, (cell.error or "Error", cell.message))
    lines = [f"{name}: {said}"] if said else [name]
    return [*outputs, {"output_type": "error", "ename": name, "evalue": said, "traceback": lines}]


def _node(step: Step, ours: LabCell | None, outputs: list[dict[str, Any]], count: int | None) -> dict[str, Any]:
    text = step.text
    # What the student wrote; code is shown as code, which nothing reads as markup.
    if step.kind != "code" and step.role in ("solution", "answer", "extra"):
        text = inert(text)
    node: dict[str, Any] = {
        "cell_type": step.kind,
        "metadata": {**(ours.metadata if ours else {})},
        "source": text.splitlines(keepends=True),
    }
    if step.kind == "code":
        node |= {"execution_count": count, "outputs": [_lines(output, count) for output in outputs]}
    return node


def _verdict(
    step: Step, cell: CellResult | None, mark: Mark | None, ours: LabCell | None, rebuilt: Rebuilt
) -> dict[str, Any]:
    """What feedback reads of a cell."""
    return {
        "role": step.role,
        "verdict": cell.verdict if cell else "",
        "error": cell.error if cell else "",
        "message": cell.message if cell else "",
        "parts": list(cell.parts) if cell and cell.parts else None,
        "points": mark.auto if mark and mark.graded else None,
        "max": ours.points if ours else None,
        "hidden": step.hidden,
        "note": rebuilt.remarks.get(step.name, ""),
    }


def _id(name: str, taken: set[str]) -> str:
    """A cell id as the format wants it: 1 to 64 letters, digits, - or _, used once."""
    stem = re.sub(r"[^A-Za-z0-9_-]", "-", name)[:56] or "cell"
    one, number = stem, 1
    while one in taken:
        number += 1
        one = f"{stem}-{number}"
    taken.add(one)
    return one


def _clean(output: dict[str, Any]) -> dict[str, Any] | None:
    kind = output.get("output_type")
    if kind == "stream":
        return {"output_type": "stream", "name": "stdout", "text": _plain(output.get("text"))}
    if kind == "error":
        name, said = _plain(output.get("ename")), _plain(output.get("evalue"))
        return {"output_type": "error", "ename": name, "evalue": said, "traceback": [f"{name}: {said}"]}
    data = output.get("data")
    if kind not in ("display_data", "execute_result") or not isinstance(data, dict):
        return None
    shown: dict[str, Any] = {"text/plain": _plain(data.get("text/plain"))} if data.get("text/plain") else {}
    picture = data.get("image/png")
    picture = "".join(map(str, picture)) if isinstance(picture, list) else picture
    if isinstance(picture, str) and re.fullmatch(r"[A-Za-z0-9+/=\s]+", picture):
        shown["image/png"] = picture
    return {"output_type": "display_data", "data": shown, "metadata": {}} if shown else None


def _plain(value: Any) -> str:
    """A text, or a list of lines, without what a terminal would obey."""
    text = "".join(map(str, value)) if isinstance(value, list) else str(value if value is not None else "")
    text = re.sub(r"\x1b\[[0-9;]*[A-Za-z]|[\x00-\x08\x0b-\x1f\x7f]", "", text)
    return text.encode("utf-8", "replace").decode("utf-8")


def _lines(output: dict[str, Any], count: int | None) -> dict[str, Any]:
    """An output as a file holds it: long texts as lists of lines."""
    one = dict(output)
    if one.get("output_type") == "stream":
        one["text"] = _split(one.get("text", ""))
    if "data" in one:
        one["data"] = {kind: value if kind == "image/png" else _split(value) for kind, value in one["data"].items()}
        one.setdefault("metadata", {})
    if one.get("output_type") == "execute_result":
        one["execution_count"] = count
    return one


def _split(value: Any) -> list[str]:
    return "".join(value if isinstance(value, list) else [str(value)]).splitlines(keepends=True)
