"""An assignment as it is graded: the lab's own cells, read from `source/`, with the tests that the gradebook released.

nbgrader keeps a copy of every graded and locked cell in the gradebook when an assignment is released; that copy is what
runs. Order, prose, unlocked cells and what the lab's own solutions bind come from the notebook in `source/`.
"""

from __future__ import annotations

import ast
import fnmatch
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from dojo.errors import DojoError
from grader.job import Who

__all__ = [
    "THEIRS",
    "UNNAMED",
    "Bindings",
    "LabCell",
    "LabNotebook",
    "ReleasedCell",
    "bindings",
    "data_files",
    "read_notebook",
]

Kind = Literal["code", "markdown", "raw"]
# What a student may write into; everything else of the lab stays as the lab has it.
UNNAMED = ("", "live")
_CLASS_MAKERS = {
    "namedtuple",
    "NamedTuple",
    "TypedDict",
    "make_dataclass",
    "Enum",
    "IntEnum",
    "StrEnum",
    "Flag",
    "type",
}
THEIRS = (*UNNAMED, "solution", "answer")


@dataclass(frozen=True)
class ReleasedCell:
    """A cell as the gradebook keeps it. `points` are None for one that is not graded."""

    kind: str
    text: str
    checksum: str
    points: float | None


@dataclass(frozen=True)
class LabCell:
    """One cell of the lab. `metadata` is what the executed notebook shows; `released` are the texts that students may
    have got for it, which tells an edit from an honest copy; the other fields are those of `grader.job.Step`."""

    name: str
    kind: Kind
    role: str
    text: str
    who: Who
    points: float | None
    gives: tuple[str, ...]
    classes: tuple[str, ...]
    imports: str
    hidden: bool
    checksum: str
    released: tuple[str, ...]
    metadata: dict[str, Any]


@dataclass(frozen=True)
class Bindings:
    """Names that a cell binds: `names` by def, class or assignment, `defined` by def or class, `classes` by class,
    `imported` by import; `imports` are its import statements as text."""

    names: tuple[str, ...]
    defined: tuple[str, ...]
    classes: tuple[str, ...]
    imported: tuple[str, ...]
    imports: str


@dataclass(frozen=True)
class LabNotebook:
    """One notebook of the assignment; `metadata` is the notebook's own, kernel and language. `stale` names cells that
    were changed in `source/` after the release."""

    name: str
    cells: tuple[LabCell, ...]
    metadata: dict[str, Any]
    stale: tuple[str, ...] = ()


def read_notebook(path: Path, released: Mapping[str, ReleasedCell], config: Any, kernel_mode: bool) -> LabNotebook:
    """Read one notebook of `source/`; `DojoError` in a sentence where it can't be graded as it stands."""
    node = _prepared(path, config)
    language = _language(node.metadata)
    if language != "python":
        raise DojoError(f"{path} is a notebook for {language}; this grader runs Python, nbgrader itself the others.")
    regions = _Regions(config)
    cells: list[LabCell] = []
    stale: list[str] = []
    taken: set[str] = {name for cell in node.cells if (name := _graded_name(cell))}
    for number, cell in enumerate(node.cells, start=1):
        name = _graded_name(cell)
        if not name:
            name = cell.get("id") or f"cell-{number}"
            while name in taken:
                name += "-"
            taken.add(name)
        cells.append(_lab_cell(name, cell, released.get(name), regions, kernel_mode))
        if cells[-1].role in ("tests", "locked") and cells[-1].text != cell.source and "AUTOTEST" not in cell.source:
            stale.append(name)
    _check(path, cells, released)
    metadata = {key: node.metadata[key] for key in ("kernelspec", "language_info") if key in node.metadata}
    return LabNotebook(path.stem, _given_names(cells), metadata, tuple(stale))


def data_files(folder: Path, ignore: list[str]) -> Iterator[tuple[str, Path]]:
    """(relative path, path) of each file beside the assignment's notebooks, as nbgrader copies them."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(one for one in folders if not any(fnmatch.fnmatch(one, pattern) for pattern in ignore))
        for name in sorted(names):
            if not any(fnmatch.fnmatch(name, pattern) for pattern in [*ignore, "*.ipynb"]):
                path = Path(place) / name
                yield path.relative_to(folder).as_posix(), path


def bindings(text: str) -> Bindings:
    """What a cell binds when it runs; nothing where its text is no Python."""
    tree = _tree(text)
    imported = [node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))]
    names = [(alias.asname or alias.name).split(".")[0] for node in imported for alias in node.names]
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    classes = [name for node in tree.body if (name := _class_name(node))]
    return Bindings(
        names=tuple(dict.fromkeys(_bound(tree.body))),
        defined=tuple([node.name for node in tree.body if isinstance(node, functions)] + classes),
        classes=tuple(classes),
        imported=tuple(dict.fromkeys(names)),
        imports="\n".join(ast.unparse(node) for node in imported),
    )


class _Regions:
    """Where hidden tests and mark schemes begin and end, in this course's words."""

    def __init__(self, config: Any) -> None:
        tests, scheme = config.get("ClearHiddenTests", {}), config.get("ClearMarkScheme", {})
        self.tests = (
            tests.get("begin_test_delimeter", "BEGIN HIDDEN TESTS"),
            tests.get("end_test_delimeter", "END HIDDEN TESTS"),
        )
        self.scheme = (
            scheme.get("begin_mark_scheme_delimeter", "BEGIN MARK SCHEME"),
            scheme.get("end_mark_scheme_delimeter", "END MARK SCHEME"),
        )

    def hides(self, text: str) -> bool:
        return self.tests[0] in text

    def released(self, text: str) -> str:
        """The text without its regions: what students got."""
        for begin, end in (self.tests, self.scheme):
            kept: list[str] = []
            inside = False
            for line in text.split("\n"):
                if begin in line:
                    inside = True
                elif end in line:
                    inside = False
                elif not inside:
                    kept.append(line)
            text = "\n".join(kept)
        return text


def _prepared(path: Path, config: Any) -> Any:
    """The notebook after those steps of nbgrader's release that need no gradebook and lose no text."""
    import nbformat
    from nbgrader.nbgraderformat import MetadataValidator
    from nbgrader.preprocessors import LockCells

    try:
        node = nbformat.read(path, as_version=4)
        header = config.get("IncludeHeaderFooter", {})
        before, after = (_cells_of(header.get(key, ""), path) for key in ("header", "footer"))
        node.cells = [*before, *node.cells, *after]
        MetadataValidator().upgrade_notebook_metadata(node)
        return LockCells(config=config).preprocess(node, {})[0]
    # The validators of two libraries have their own exceptions each.
    except Exception as error:
        said = str(error).strip().splitlines()
        raise DojoError(
            f"{path} can't be read ({said[0] if said else type(error).__name__}); open and save it."
        ) from None


def _cells_of(name: str, path: Path) -> list[Any]:
    """The cells of the course's header or footer notebook; its path counts from the course folder."""
    import nbformat

    if not name:
        return []
    place = next((folder for folder in path.parents if (folder / name).exists()), Path())
    return list(nbformat.read(place / name, as_version=4).cells)


def _language(metadata: Any) -> str:
    kernel, language = metadata.get("kernelspec", {}), metadata.get("language_info", {})
    return str(kernel.get("language") or language.get("name") or "python").lower()


def _graded_name(cell: Any) -> str:
    """nbgrader's grade_id of a cell that it grades, locks or takes an answer from."""
    own = cell.metadata.get("nbgrader", {})
    has_role = any(own.get(key) for key in ("grade", "solution", "locked", "task"))
    return str(own.get("grade_id", "")) if has_role else ""


def _role(cell: Any) -> str:
    own = cell.metadata.get("nbgrader", {})
    if own.get("task"):
        return "task"
    if own.get("grade"):
        return "answer" if own.get("solution") else "tests"
    if own.get("solution"):
        return "solution"
    if own.get("locked"):
        return "locked"
    return "live" if "skip-execution" in cell.metadata.get("tags", []) else ""


def _who(role: str, kind: str, kernel_mode: bool) -> Who:
    if kind != "code" or role in ("live", "task"):
        return "nobody"
    if kernel_mode or role in ("", "solution", "answer"):
        return "student"
    return "both" if role == "locked" else "examiner"


def _lab_cell(name: str, cell: Any, released: ReleasedCell | None, regions: _Regions, kernel_mode: bool) -> LabCell:
    role = _role(cell)
    text = released.text if released else cell.source
    own = bindings(cell.source if role == "solution" and cell.cell_type == "code" else "")
    metadata = {
        key: cell.metadata[key] for key in ("deletable", "editable", "nbgrader", "tags") if key in cell.metadata
    }
    if released:
        metadata["nbgrader"] = {**metadata["nbgrader"], "checksum": released.checksum, "cell_type": released.kind}
    points = None
    if role in ("tests", "answer", "task"):
        points = float(cell.metadata["nbgrader"].get("points", 0))
    return LabCell(
        name=name,
        kind=cell.cell_type,
        role=role,
        text=text,
        who=_who(role, cell.cell_type, kernel_mode),
        points=points,
        gives=own.names,
        classes=own.classes,
        imports=own.imports,
        hidden=role == "tests" and regions.hides(text),
        checksum=released.checksum if released else "",
        released=(text, regions.released(text)),
        metadata=metadata,
    )


def _given_names(cells: list[LabCell]) -> tuple[LabCell, ...]:
    """The cells, with those names taken out of `gives` that a locked cell imports or defines."""
    kept: set[str] = set()
    for cell in cells:
        if cell.role == "locked" and cell.kind == "code":
            own = bindings(cell.text)
            kept |= {*own.imported, *own.defined}
    return tuple(
        replace(
            cell,
            gives=tuple(name for name in cell.gives if name not in kept),
            classes=tuple(name for name in cell.classes if name not in kept),
        )
        for cell in cells
    )


def _check(path: Path, cells: list[LabCell], released: Mapping[str, ReleasedCell]) -> None:
    """The cells that the gradebook knows must be those that stand in the notebook, with the same points."""
    ours = {cell.name: cell for cell in cells if cell.role not in UNNAMED}
    if len(ours) != sum(cell.role not in UNNAMED for cell in cells):
        raise DojoError(f"{path} has two cells with one name; nbgrader's Validate names them.")
    again = f"run `nbgrader generate_assignment {path.parent.name} --force`"
    for name in sorted(set(ours) ^ set(released)):
        where = "the notebook" if name in ours else "the gradebook"
        raise DojoError(f"{path} is not what was released: only {where} has the cell {name!r}; {again}.")
    for name, cell in ours.items():
        if released[name].points is not None and released[name].points != cell.points:
            was, now = released[name].points, cell.points
            raise DojoError(f"{path} is not what was released: {name!r} had {was:g} points, now {now:g}; {again}.")


def _without_magics(text: str) -> str:
    """The text as plain Python, as IPython would run it."""
    if not re.search(r"^\s*[%!?]|\?\s*$|= *[%!]", text, re.M):
        return text
    from IPython.core.inputtransformer2 import TransformerManager

    return str(TransformerManager().transform_cell(text))


def _tree(text: str) -> ast.Module:
    try:
        return ast.parse(_without_magics(text))
    except (SyntaxError, ValueError, RecursionError):
        return ast.Module([], [])


def _class_name(node: ast.stmt) -> str:
    """The name of the class that a statement makes, by `class` or as `Point = namedtuple(...)`; else nothing."""
    if isinstance(node, ast.ClassDef):
        return node.name
    if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and isinstance(node.targets[0], ast.Name):
        called = node.value.func
        maker = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        return node.targets[0].id if maker in _CLASS_MAKERS else ""
    return ""


def _bound(body: list[ast.stmt]) -> Iterator[str]:
    """Names that these statements bind in their own scope, but for imports."""
    for node in body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield node.name
            continue
        if isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.For, ast.AsyncFor)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                yield from _names_in(target)
        if isinstance(node, (ast.With, ast.AsyncWith)):
            for item in node.items:
                if item.optional_vars:
                    yield from _names_in(item.optional_vars)
        for field in ("body", "orelse", "finalbody"):
            yield from _bound(getattr(node, field, []))
        for handler in getattr(node, "handlers", []):
            yield from _bound(handler.body)
        for case in getattr(node, "cases", []):
            yield from _bound(case.body)


def _names_in(target: ast.expr) -> Iterator[str]:
    for node in ast.walk(target):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
