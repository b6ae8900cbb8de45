"""Each lab through handles gives, for each of its cells, the very verdict that one process gives."""

from __future__ import annotations

import ast
import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from pair import pairing

from dojo import catalog, notebook
from dojo.catalog import Lab
from dojo.notebook import Cell
from dojo.run import Outcome, Runner

# What a nursery imports, so that no child pays for it.
WARM = ("ollama", "cv2", "numpy", "dojo.verdict", "dojo.fakes", "dojo.vision", "IPython.display")
# A message may tell the time that the student's code took.
TIME = re.compile(r"\d+\.\d+(e-\d+)?")


def labs() -> list[Lab]:
    return [lab for lab in catalog.labs() if (lab.folder / "mistakes.py").exists()]


def gives(source: str) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """The names that a solution binds, those of classes, and its imports."""
    names, classes, imports = [], [], []
    for node in ast.parse(source).body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.append(node.name)
            classes += [node.name] if isinstance(node, ast.ClassDef) else []
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            imports.append(ast.unparse(node))
        elif isinstance(node, ast.Assign):
            names += [one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)]
    return tuple(names), tuple(classes), "\n".join(imports)


def answers(lab: Lab) -> dict[str, dict[str, str]]:
    """Solved, as released, with each mistake and with each alternative: texts by cell, by the case's name."""
    cells = catalog.read(lab).cells
    cut = re.compile(r"( *)### BEGIN SOLUTION.*?### END SOLUTION", re.S)
    released = {c.name: cut.sub(r"\1raise NotImplementedError()", c.source) for c in cells if c.role == "solution"}
    cases = {"solved": {}, "released": released}
    plain = {cell.name: "" for cell in cells if not cell.role}
    for key in ("mistake", "alternative"):
        for one in notebook.read_variants(lab.folder / f"{key}s.py", key):
            cases[f"{key} {one.name}"] = {**plain, one.exercise: one.source}
    return cases


def by_handles(cells: list[Cell], texts: dict[str, str]) -> dict[str, dict[str, Any]]:
    results = {}
    with pairing() as pair:
        for cell in cells:
            text = texts.get(cell.name, cell.source)
            if cell.role == "locked":
                pair.locked(text)
            elif cell.role == "tests":
                results[cell.name] = pair.tests(text)
            else:
                given = gives(cell.source) if cell.role == "solution" else ((), (), "")
                results[cell.name] = pair.answer(text, *given)
    return results


def told(error: str, message: str) -> tuple[str, str]:
    return error, TIME.sub("0.0", message)


def differences(outcomes: dict[str, Outcome], results: dict[str, dict[str, Any]], cells: list[Cell]) -> list[str]:
    found = []
    for cell in cells:
        if cell.name in results:
            one, other = outcomes[cell.name], results[cell.name]
            same = one.state == other["verdict"]
            if cell.role == "tests":
                same = same and told(one.error, one.message) == told(other["error"], other["message"])
            if not same:
                found.append(f"{cell.name}: {one.error} {one.message} / {other['error']} {other['message']}")
    return found


def compare(lab: Lab, every: int, tmp_path: Path, runner: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib

    for name in WARM:
        importlib.import_module(name)
    cells = [cell for cell in catalog.read(lab).cells if cell.kind == "code" and cell.role != "live"]
    found: list[str] = []
    for number, (case, texts) in enumerate(answers(lab).items()):
        if number % every and case not in ("solved", "released"):
            continue
        place = tmp_path / str(number)
        shutil.copytree(lab.folder, place)
        outcomes = runner.run([(cell.name, texts.get(cell.name, cell.source)) for cell in cells], lab.folder)
        monkeypatch.chdir(place)
        results = by_handles(cells, texts)
        os.chdir(tmp_path)
        found += [f"{case}, {line}" for line in differences({one.name: one for one in outcomes}, results, cells)]
    assert found == []


@pytest.mark.parametrize("lab", labs(), ids=lambda lab: lab.name)
def test_a_sample_of_each_lab_is_judged_as_in_one_process(
    lab: Lab, tmp_path: Path, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    compare(lab, 60, tmp_path, runner, monkeypatch)


@pytest.mark.slow
@pytest.mark.parametrize("lab", labs(), ids=lambda lab: lab.name)
def test_many_cases_of_each_lab_are_judged_as_in_one_process(
    lab: Lab, tmp_path: Path, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A quarter of them; all with DOJO_EVERY_CASE=1, which takes a quarter of an hour on two cores."""
    compare(lab, 1 if os.environ.get("DOJO_EVERY_CASE") else 4, tmp_path, runner, monkeypatch)
