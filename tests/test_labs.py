"""Every lab and lesson of the course, proved as its author proves it, and marked by plain nbgrader."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import answer

from dojo import author, catalog
from dojo.catalog import Lab, Lesson
from dojo.course import new_course, release_lab
from dojo.run import Runner
from grader.probe import sandbox_reason

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("lab", catalog.labs(), ids=lambda lab: lab.name)
def test_the_lab_is_proved(lab: Lab, runner: Runner) -> None:
    assert [finding.text for finding in author.prove_lab(lab, [runner]) if not finding.fine] == []


@pytest.mark.parametrize("lesson", catalog.lessons(), ids=lambda lesson: lesson.name)
def test_the_lesson_runs_from_top_to_bottom(lesson: Lesson, runner: Runner) -> None:
    assert [finding.text for finding in author.prove_lesson(lesson, runner) if not finding.fine] == []


def test_every_lab_has_its_lesson() -> None:
    assert [lab.name for lab in catalog.labs()] == [lesson.name for lesson in catalog.lessons()]


@pytest.mark.skipif(sys.platform == "win32", reason="nbgrader's exchange does not run on Windows")
@pytest.mark.parametrize("engine", ["nbgrader alone", "the course's grader"])
@pytest.mark.parametrize("lab", catalog.labs(), ids=lambda lab: lab.name)
def test_nbgraders_own_commands_mark_the_lab_as_they_should(lab: Lab, engine: str, tmp_path: Path) -> None:
    course = new_course(tmp_path / "class")
    if engine == "nbgrader alone":
        config = course / "nbgrader_config.py"
        lines = config.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith(("c.Autograde.", "c.GenerateFeedback."))]
        assert len(kept) < len(lines)
        config.write_text("".join(kept), encoding="utf-8")
    elif reason := sandbox_reason():
        pytest.skip(reason)
    list(release_lab(course, lab))
    solved = {cell.name: cell.source for cell in catalog.read(lab).cells if cell.role == "solution"}
    for student, texts in (("solved", {**solved, "written": "I would show ..."}), ("released", {})):
        folder = course / "submitted" / student / lab.name
        shutil.copytree(course / "release" / lab.name, folder)
        answer(folder / f"{lab.name}.ipynb", **texts)
    for words in (["autograde", lab.name], ["generate_feedback", lab.name], ["export"]):
        command = [sys.executable, "-m", "nbgrader", *words]
        done = subprocess.run(command, cwd=course, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    with (course / "grades.csv").open(encoding="utf-8") as file:
        scores = {row["student_id"]: (float(row["score"]), float(row["max_score"])) for row in csv.DictReader(file)}
    assert scores == {"solved": (10.0, 14.0), "released": (0.0, 14.0)}

    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        assert gradebook.find_submission(lab.name, "solved").needs_manual_grade
