"""For honest work our gradebook is nbgrader's own, field by field, after the first grading and after the next."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from class_of import PS1, RIGHT, Cell, hand_in, release, write_source
from here import HereMarker

from grader.results import Store
from grader.run import grade

pytestmark = pytest.mark.filterwarnings("ignore::Warning:nbgrader", "ignore:.*not in session:Warning")

SOLUTION = {"solution": True}
SECOND: list[Cell] = [
    ("markdown", "head", "# Second", {"locked": True}),
    ("code", "setup", "limit = 3", {"locked": True}),
    ("code", "open_code", "# your code, marked by a person", {"grade": True, "solution": True, "points": 1}),
    ("code", "clip", "def clip(n):\n    ### BEGIN SOLUTION\n    return min(n, limit)\n    ### END SOLUTION", SOLUTION),
    ("code", "test_clip", "assert clip(9) == limit", {"grade": True, "locked": True, "points": 2}),
    ("code", "test_free", "assert clip(1) == 1", {"grade": True, "locked": True, "points": 0}),
    ("code", "test_part", "0.25 * (clip(1) == 1)", {"grade": True, "locked": True, "points": 1}),
    ("markdown", "project", "Build something below.", {"task": True, "locked": True, "points": 5}),
    ("code", "loose", "shown = clip(2)", {}),
]
CLIP = {"clip": "def clip(n):\n    return min(n, 3)"}
CONFIG = """
from nbgrader.plugins import BasePlugin


class Half(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return score / 2


c = get_config()  # noqa: F821
c.AssignLatePenalties.plugin_class = Half
"""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    course = tmp_path_factory.mktemp("prepared") / "course"
    write_source(course, "p1", PS1)
    write_source(course, "p2", SECOND)
    (course / "nbgrader_config.py").write_text(CONFIG, encoding="utf-8")
    release(course)
    _due(course)
    hand_in(course, "right", {**RIGHT, **CLIP, "essay": "Mine.", "open_code": "x = 1"})
    hand_in(course, "wrong", {"double": "def double(n):\n    return 3", "thirds": "def third(n):\n    return 1"})
    hand_in(course, "blank")
    hand_in(course, "stops", {**RIGHT, "double": "1 / 0", "clip": "def clip(n):\n    return n"})
    hand_in(course, "broken", {"double": "def double(n:\n", "clip": "def clip(n):\n    return limit"})
    hand_in(course, "own", {**RIGHT, "clip": "clip = lambda n: least(n, 3)"}, _add_helper)
    (hand_in(course, "half", RIGHT) / "p2.ipynb").unlink()
    late = hand_in(course, "late", {**RIGHT, **CLIP})
    (late / "timestamp.txt").write_text("2026-02-03 10:00:00 UTC", encoding="utf-8")
    early = hand_in(course, "early", RIGHT)
    (early / "timestamp.txt").write_text("2026-01-03 10:00:00.25 UTC\n", encoding="utf-8")
    return course


@pytest.fixture
def course(prepared: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(prepared, tmp_path / "course"))


def _add_helper(content: dict[str, Any]) -> None:
    cell: dict[str, Any] = {"cell_type": "code", "id": "mine", "metadata": {}, "outputs": [], "execution_count": None}
    content["cells"].insert(1, {**cell, "source": "least = min"})


def _due(course: Path) -> None:
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        book.update_or_create_assignment("ps1", duedate="2026-02-01")


def _nbgrader(course: Path, *words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "nbgrader", "autograde", "ps1", *words],
        cwd=course,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def _ours(course: Path, again: bool = False) -> None:
    report = grade(course, "ps1", marker=HereMarker(Store(course).stage), again=again)
    assert [row.state for row in report.rows if row.state == "refused"] == []


def _person_marks(course: Path) -> None:
    """What an instructor does in the formgrader between two gradings."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        essay = book.find_grade("essay", "p1", "ps1", "right")
        essay.manual_score, essay.needs_manual_grade = 1.5, False
        book.find_comment("essay", "p1", "ps1", "right").manual_comment = "Well seen."
        double = book.find_grade("test_double", "p1", "ps1", "wrong")
        double.manual_score, double.extra_credit, double.needs_manual_grade = 2, 1, False
        project = book.find_grade("project", "p2", "ps1", "right")
        project.manual_score, project.needs_manual_grade = 5, False
        left = book.find_grade("test_clip", "p2", "ps1", "half")
        left.manual_score, left.needs_manual_grade = 1, False
        book.find_submission_notebook("p1", "ps1", "right").flagged = True
        book.db.commit()


def _everything(course: Path) -> dict[str, Any]:
    """Every field of every submission that grading may touch, and the totals."""
    from nbgrader.api import Gradebook

    found: dict[str, Any] = {}
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        for one in book.assignment_submissions("ps1"):
            notebooks = {}
            for notebook in one.notebooks:
                grades = {
                    grade.name: (grade.auto_score, grade.manual_score, grade.extra_credit, grade.needs_manual_grade)
                    for grade in notebook.grades
                }
                comments = {c.name: (c.auto_comment, c.manual_comment) for c in notebook.comments}
                notebooks[notebook.name] = (grades, comments, notebook.late_submission_penalty, notebook.flagged)
            totals = (one.score, one.max_score, one.needs_manual_grade, one.total_seconds_late, str(one.timestamp))
            found[one.student.id] = (totals, notebooks)
    return found


@pytest.mark.slow
def test_after_grading_marking_by_hand_and_grading_again_the_gradebook_is_nbgraders_own(
    course: Path, tmp_path: Path
) -> None:
    theirs = tmp_path / "theirs"
    shutil.copytree(course, theirs)
    _nbgrader(theirs)
    _ours(course)
    assert _everything(course) == _everything(theirs)
    assert _everything(course)["late"][1]["p1"][2] == 3.5
    _person_marks(theirs)
    _person_marks(course)
    _nbgrader(theirs, "--force")
    _ours(course, again=True)
    assert _everything(course) == _everything(theirs)


@pytest.mark.slow
def test_nbgraders_other_commands_go_on_from_where_we_leave_the_course(course: Path) -> None:
    _ours(course)
    for words in (["generate_feedback", "ps1"], ["export"]):
        done = subprocess.run(
            [sys.executable, "-P", "-m", "nbgrader", *words], cwd=course, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    assert (course / "feedback" / "right" / "ps1" / "p1.html").exists()
    # And nbgrader itself finds nothing left to do.
    before = (course / "autograded" / "right" / "ps1" / "p1.ipynb").read_bytes()
    _nbgrader(course)
    assert (course / "autograded" / "right" / "ps1" / "p1.ipynb").read_bytes() == before


def test_the_executed_notebook_is_valid_and_the_same_bytes_each_time(course: Path) -> None:
    import nbformat

    _ours(course)
    path = course / "autograded" / "own" / "ps1" / "p2.ipynb"
    first = path.read_bytes()
    nbformat.validate(nbformat.reads(first.decode(), as_version=4))
    shutil.rmtree(course / "autograded")
    shutil.rmtree(course / ".dojo")
    _ours(course)
    assert path.read_bytes() == first
