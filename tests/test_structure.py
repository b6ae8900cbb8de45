"""The arrows of the design: who may import whom, and that importing costs nothing."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# `python -m dojo` is the command line itself.
MODULES = sorted(path for path in (ROOT / "dojo").rglob("*.py") if path != ROOT / "dojo" / "__main__.py")
# The command may import all; a verb for teachers runs the grader.
COMMAND = ROOT / "dojo" / "cli"
OTHERS = [path for path in MODULES if COMMAND not in path.parents]
# Scripts in a data folder are their authors' own: they measure what the lab then shows, and no student runs them.
LABS = sorted(
    path for kind in ("labs", "lessons") for path in (ROOT / kind).rglob("*.py") if path.parent.name != "data"
)


def _imports(path: Path) -> set[str]:
    """Every module that a file imports, anywhere in it, as dotted names."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{name.name}" for name in node.names} | {node.module or ""}
    return found


def _reaches(path: Path, *names: str) -> list[str]:
    return sorted(one for one in _imports(path) if any(one == name or one.startswith(name + ".") for name in names))


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_imports_the_command_line(path: Path) -> None:
    assert _reaches(path, "dojo.cli") == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_the_notebook_module_imports_jupytext_and_nbformat(path: Path) -> None:
    if path.name != "notebook.py":
        assert _reaches(path, "jupytext", "nbformat") == []


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_a_student_uses_imports_the_grader(path: Path) -> None:
    assert _reaches(path, "grader") == []


@pytest.mark.parametrize("path", LABS, ids=lambda path: str(path.relative_to(ROOT)))
def test_labs_use_only_what_the_package_lists(path: Path) -> None:
    """A lab says `from dojo import ...`; the modules behind those names may move. The desk is a package of its own."""
    deep = [one for one in _reaches(path, "dojo") if one.count(".") > 1 and not one.startswith("dojo.desk.")]
    assert deep == []


def test_every_public_name_exists() -> None:
    import dojo

    for name in dojo.__all__:
        assert getattr(dojo, name) is not None
    with pytest.raises(AttributeError, match="dojo has no 'fake_cat'; it has"):
        dojo.fake_cat  # noqa: B018  # the look-up is the test
