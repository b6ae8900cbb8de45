"""Text notebooks in, Jupyter notebooks out. The only module that imports jupytext and nbformat.

A lab's text is a percent notebook whose cells carry one of six roles; a lesson's is a Markdown notebook. Equal texts
give equal bytes: ids come from names, never from chance.
"""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dojo.errors import DojoError

__all__ = [
    "ROLES",
    "Cell",
    "Notebook",
    "Variant",
    "build",
    "lab_text",
    "read_lab",
    "read_lesson",
    "read_variants",
    "round_trip",
    "to_node",
    "to_text",
]

# What nbgrader's own sidebar writes for each menu entry, schema 3 (a test compares this with the sidebar).
ROLES: dict[str, dict[str, bool]] = {
    "solution": {"grade": False, "locked": False, "solution": True, "task": False},
    "tests": {"grade": True, "locked": True, "solution": False, "task": False},
    "answer": {"grade": True, "locked": False, "solution": True, "task": False},
    "task": {"grade": False, "locked": True, "solution": False, "task": True},
    "locked": {"grade": False, "locked": True, "solution": False, "task": False},
    "live": {},
}
WITH_POINTS = {"tests", "answer", "task"}
_CODE_ONLY = {"solution", "tests", "live"}
_NAME = re.compile(r"[A-Za-z0-9_-]{1,48}\Z")
# What jupytext notes for itself so that a save gives the same text back.
_JUPYTEXT_OWN = {"cell_marker", "lines_to_next_cell", "lines_to_end_of_cell_marker"}
# Blocks of these languages are shown, and Python's are run; jupytext would make a cell that runs of many others.
_LESSON_LANGUAGES = {"python", "console", "text", "json", "csv", "toml", "xml"}
_KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


@dataclass(frozen=True)
class Cell:
    """One cell. `number` counts from 1; `name` is its id and, where it has a role, nbgrader's grade_id."""

    number: int
    kind: str
    source: str
    name: str
    role: str = ""
    points: int = 0


@dataclass(frozen=True)
class Notebook:
    """A lab or a lesson as read from its text."""

    path: Path
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Variant:
    """Another answer to one exercise: a known mistake, or a right answer written another way."""

    name: str
    exercise: str
    source: str


def read_lab(path: Path) -> Notebook:
    """Read `lab.py`. A cell that breaks a rule is a `DojoError` with file, cell number and what to write instead."""
    return _checked(path, _read(path, "py:percent"), set(ROLES))


def read_lesson(path: Path) -> Notebook:
    """Read `lesson.md`; the only role a lesson's cell may have is `live`, and the only language that runs is Python."""
    cells = _read(path, "md")
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        fence = re.match(r"`{3,}\s*\{?([A-Za-z]\w*)", line)
        if fence and fence[1] not in _LESSON_LANGUAGES:
            raise DojoError(
                f"{path}, line {number}: a {fence[1]} block would run; begin it with ```text or ```console."
            )
    return _checked(path, cells, {"live"})


def read_variants(path: Path, key: str) -> list[Variant]:
    """Read `mistakes.py` (key "mistake") or `alternatives.py` (key "alternative"); no file means none."""
    if not path.exists():
        return []
    found: list[Variant] = []
    for number, cell in enumerate(_read(path, "py:percent"), start=1):
        if cell.cell_type != "code":
            continue
        keys = {name: value for name, value in cell.metadata.items() if name not in _JUPYTEXT_OWN}
        if set(keys) != {key, "exercise"}:
            raise _problem(path, number, f'it needs exactly {key}="name" exercise="name"')
        if any(variant.name == keys[key] for variant in found):
            raise _problem(path, number, f"the name {keys[key]!r} is used twice; every {key} needs its own")
        found.append(Variant(str(keys[key]), str(keys["exercise"]), cell.source))
    return found


def build(notebook: Notebook, target: Path) -> Path:
    """Write the notebook as `.ipynb`, outputs empty, and give its path back."""
    text = to_text(to_node(notebook))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8", newline="\n")
    return target


def round_trip(path: Path, form: str) -> str:
    """The text that JupyterLab would write if this file were opened as a notebook there and saved."""
    jupytext, _ = _libraries()
    from jupytext.config import load_jupytext_configuration_file

    config = load_jupytext_configuration_file(str(Path(__file__).parent.parent / "pyproject.toml"))
    fmt = {"extension": path.suffix, "format_name": form.partition(":")[2] or "markdown"}
    node = jupytext.reads(path.read_text(encoding="utf-8"), fmt=fmt, config=config)
    return str(jupytext.writes(node, fmt=fmt, config=config))


def lab_text(cells: Iterable[tuple[Cell, str]]) -> str:
    """A lab's percent text again, from its cells and what shall stand in each."""
    jupytext, nbformat = _libraries()
    kinds = {"code": nbformat.v4.new_code_cell, "raw": nbformat.v4.new_raw_cell}
    node = nbformat.v4.new_notebook(metadata={"jupytext": {"notebook_metadata_filter": "-all", "cell_markers": '"""'}})
    for cell, source in cells:
        points = {"points": cell.points} if cell.points else {}
        keys = {cell.role: cell.name, **points} if cell.role else {}
        node.cells.append(kinds.get(cell.kind, nbformat.v4.new_markdown_cell)(source, metadata=keys))
    return str(jupytext.writes(node, fmt="py:percent"))


def to_text(node: Any) -> str:
    """A notebook node as the text of an `.ipynb`."""
    _, nbformat = _libraries()
    return str(nbformat.writes(node)) + "\n"


def to_node(notebook: Notebook) -> Any:
    """The notebook as an nbformat node, with nbgrader's metadata and nbclient's tag on live cells."""
    _, nbformat = _libraries()
    kinds = {"code": nbformat.v4.new_code_cell, "raw": nbformat.v4.new_raw_cell}
    cells = []
    for cell in notebook.cells:
        new = kinds.get(cell.kind, nbformat.v4.new_markdown_cell)
        cells.append(new(source=cell.source, id=cell.name, metadata=_metadata(cell)))
    metadata = {"kernelspec": dict(_KERNEL), "language_info": {"name": "python"}}
    node = nbformat.v4.new_notebook(cells=cells, metadata=metadata)
    node.nbformat_minor = 5
    nbformat.validate(node)
    return node


def _metadata(cell: Cell) -> dict[str, Any]:
    if cell.role == "live":
        return {"tags": ["skip-execution"]}
    if not cell.role:
        return {}
    points = {"points": cell.points} if cell.role in WITH_POINTS else {}
    return {"nbgrader": {**ROLES[cell.role], **points, "grade_id": cell.name, "schema_version": 3}}


def _libraries() -> tuple[Any, Any]:
    """jupytext and nbformat, without the second that jsonschema spends on compiling a grammar nobody uses here."""
    missing = object()
    before = sys.modules.get("rfc3987_syntax", missing)
    if before is missing:
        sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]  # None makes its import fail, which is allowed
    try:
        import jupytext
        import nbformat
    finally:
        if before is missing:
            del sys.modules["rfc3987_syntax"]
    return jupytext, nbformat


def _read(path: Path, form: str) -> list[Any]:
    jupytext, _ = _libraries()
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DojoError(f"{path} can't be read ({error}); save it as UTF-8 text.") from None
    return list(jupytext.reads(text, fmt=form).cells)


def _checked(path: Path, cells: list[Any], allowed: set[str]) -> Notebook:
    done: list[Cell] = []
    names: dict[str, int] = {}
    last, since = "top", 0
    for number, cell in enumerate(cells, start=1):
        role, name, points = _role(path, number, cell, allowed)
        if role:
            if name in names:
                raise _problem(path, number, f"the name {name!r} is used by cell {names[name]} too; choose another")
            names[name] = number
            last, since = name, 0
        else:
            since += 1
            name = f"{last}-{since}"
        done.append(Cell(number, cell.cell_type, cell.source, name, role, points))
    for one in done:
        if not one.role and one.name in names:
            raise _problem(path, names[one.name], f"the name {one.name!r} is kept for unnamed cells; choose another")
    return Notebook(path, tuple(done))


def _role(path: Path, number: int, cell: Any, allowed: set[str]) -> tuple[str, str, int]:
    """The cell's role, name and points, or a `DojoError`."""
    keys = {key: value for key, value in cell.metadata.items() if key not in _JUPYTEXT_OWN}
    for key in keys:
        if key not in allowed | ({"points"} if allowed & WITH_POINTS else set()):
            near = difflib.get_close_matches(key, allowed, n=1)
            hint = f"did you mean {near[0]}?" if near else f"write one of {', '.join(sorted(allowed))}, or no key"
            raise _problem(path, number, f"the key {key!r} is unknown; {hint}")
    roles = [key for key in keys if key in ROLES]
    if len(roles) > 1:
        raise _problem(path, number, f"it has two roles, {' and '.join(roles)}; keep one, or split the cell")
    if not roles:
        if "points" in keys:
            raise _problem(path, number, 'points stand beside tests="name", answer="name" or task="name"')
        return "", "", 0
    role, name, points = roles[0], keys[roles[0]], keys.get("points")
    if not isinstance(name, str) or not _NAME.match(name):
        raise _problem(path, number, f'{role}="name" needs up to 48 letters, digits, - or _, not {name!r}')
    if role in WITH_POINTS and (not isinstance(points, int) or isinstance(points, bool) or points < 1):
        raise _problem(path, number, f'{role}="{name}" needs points, a whole number from 1, such as points=2')
    if role not in WITH_POINTS and points is not None:
        raise _problem(path, number, f'{role}="{name}" carries no points; put them on its tests cell')
    if role in _CODE_ONLY and cell.cell_type != "code":
        raise _problem(path, number, f"{role} belongs to a code cell; begin the cell with # %% and no [markdown]")
    if role == "task" and cell.cell_type != "markdown":
        raise _problem(path, number, "task belongs to a prose cell; begin the cell with # %% [markdown]")
    return role, name, points or 0


def _problem(path: Path, number: int, text: str) -> DojoError:
    return DojoError(f"{path}, cell {number}: {text}.")
