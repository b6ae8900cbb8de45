"""What leaves the instructor's machine: labs that work as before and give no answer away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import answer

from dojo import catalog, notebook
from dojo.catalog import Lab
from dojo.check import check
from dojo.course import new_course, release_lab
from dojo.errors import DojoError
from dojo.loop import next_hint, read_solution
from dojo.release import release_node, write_release
from dojo.run import Runner
from dojo.stick.released import write_course
from dojo.workspace import Workspace

ROOT = catalog.course_root()
LABS = catalog.labs(ROOT)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("released")
    write_course(folder)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("lab", LABS, ids=lambda lab: lab.name)
def test_a_released_lab_builds_the_same_notebook_and_the_same_hints(lab: Lab, course: Path, tmp_path: Path) -> None:
    copy = catalog.find_lab(lab.name, course)
    ours, theirs = write_release(lab, tmp_path / "ours"), write_release(copy, tmp_path / "theirs")
    assert theirs.read_bytes() == ours.read_bytes()
    assert catalog.exercises(copy) == catalog.exercises(lab)
    assert catalog.about(copy) == catalog.about(lab)


def _secrets(lab: Lab) -> Iterator[str]:
    """Each line that only the instructor may see: of solutions, hidden tests, model answers."""
    shown = _as_released(lab)
    for cell in catalog.read(lab).cells:
        regions = re.findall(r"### BEGIN (?:HIDDEN TESTS|SOLUTION)\n(.*?)### END", cell.source, re.S)
        whole = [cell.source] if cell.role == "answer" else []
        for line in "\n".join([*regions, *whole]).splitlines():
            if len(line.strip()) > 24 and line.strip() not in shown:
                yield line.strip()


def _as_released(lab: Lab) -> str:
    return notebook.to_text(release_node(lab)).encode().decode("unicode_escape", errors="replace")


def _texts(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix not in (".pyc", ".gguf", ".pt", ".onnx"):
            yield path.read_text(encoding="utf-8", errors="replace")


@pytest.mark.slow
@pytest.mark.parametrize("lab", LABS, ids=lambda lab: lab.name)
def test_no_line_that_only_the_instructor_may_see_is_in_the_copy_or_in_the_package(lab: Lab, course: Path) -> None:
    secrets = set(_secrets(lab))
    assert len(secrets) > 20
    copy, package = ([*_texts(folder)] for folder in (course / "labs" / lab.name, ROOT / "dojo"))
    assert [secret for secret in secrets if any(secret in text for text in copy)] == []
    # One alone may be anybody's: `except RuntimeError as error:`.
    assert [held for text in package if len(held := [one for one in secrets if one in text]) > 1] == []


@pytest.mark.slow
def test_only_what_students_may_have_is_copied(course: Path) -> None:
    names = {path.relative_to(course).parts[2] for path in course.glob("labs/*/*")}
    assert names == {"lab.py", "data"}
    assert catalog.released_only(course)
    assert not catalog.released_only(ROOT)


def test_a_copy_checks_with_the_visible_tests_and_says_so(
    kit: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, runner: Runner
) -> None:
    write_course(tmp_path / "copy")
    catalog.read.cache_clear()
    monkeypatch.setattr(catalog, "course_root", lambda: tmp_path / "copy")
    lab = catalog.find_lab("1")
    workspace = Workspace(tmp_path / "work")
    workspace.build()
    fresh = check(lab, workspace.lab_notebook(lab), runner)
    assert (fresh.points, fresh.possible) == (0, 10)
    answer(workspace.lab_notebook(lab), greet="def greet(name):\n    return 'Hello, Ada!'")
    report = check(lab, workspace.lab_notebook(lab), runner)
    assert report.points == 4
    assert "Your teacher has more" in report.notes[-1]
    assert "Look at the example." in next_hint(workspace, lab, catalog.exercises(lab)[0])
    with pytest.raises(DojoError, match="no solutions in it; your teacher has them"):
        read_solution(workspace, lab, catalog.exercises(lab)[0], lambda question: "all")
    with pytest.raises(DojoError, match="use a clone"):
        list(release_lab(new_course(tmp_path / "class"), lab))
