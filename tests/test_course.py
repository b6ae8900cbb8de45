"""An instructor's course folder, from new to marks, with nbgrader's own commands."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import answer

from dojo import notebook
from dojo.catalog import Lab
from dojo.course import find_course, new_course, release_lab
from dojo.errors import DojoError, UsageError
from dojo.release import release_node
from grader.probe import sandbox_reason

SOLVED = {"greet": "def greet(n):\n    return f'Hello, {n}!'", "double": "def double(n):\n    return n + n"}


@pytest.fixture
def course(kit: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    # nbgrader keeps its exchange cache under the home; Jupyter warns about its own old paths on stderr.
    monkeypatch.setenv("JUPYTER_PLATFORM_DIRS", "1")
    return new_course(tmp_path / "my class")


def _nbgrader(course: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *words], cwd=course, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def test_a_course_inside_the_clone_is_refused(kit: Path) -> None:
    with pytest.raises(UsageError, match="is inside the clone, where students' work could be committed"):
        new_course(kit / "labs" / "class")


def test_a_folder_that_is_not_empty_is_left_alone(kit: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(DojoError, match="not empty; nothing was changed"):
        new_course(tmp_path / "full")
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["thesis.txt"]


def test_the_course_is_found_from_inside_it(course: Path) -> None:
    assert find_course(course / "source") == course


@pytest.mark.skipif(sys.platform == "win32", reason="nbgrader's exchange does not run on Windows")
def test_a_release_is_nbgraders_and_equal_to_the_self_paced_students_copy(course: Path, lab: Lab) -> None:
    steps = list(release_lab(course, lab))
    assert "It is in the exchange" in steps[-1]
    released = course / "release" / lab.name / f"{lab.name}.ipynb"
    assert released.read_text(encoding="utf-8").rstrip() == notebook.to_text(release_node(lab)).rstrip()
    assert (released.parent / "data" / "names.txt").exists()
    assert (course / "exchange" / "my-class" / "outbound" / lab.name).is_dir()
    assert lab.name in _nbgrader(course, "list")


@pytest.mark.skipif(sys.platform == "win32", reason="nbgrader's exchange does not run on Windows")
def test_an_instructors_own_version_of_a_lab_is_kept(course: Path, lab: Lab) -> None:
    list(release_lab(course, lab))
    source = course / "source" / lab.name / f"{lab.name}.ipynb"
    source.write_text(source.read_text(encoding="utf-8").replace("You build a greeter.", "We build a greeter."))
    assert "has changes of yours; they are used and kept" in next(iter(release_lab(course, lab)))
    list(release_lab(course, lab))
    released = course / "release" / lab.name / f"{lab.name}.ipynb"
    assert "We build a greeter." in released.read_text(encoding="utf-8")


def test_what_nbgrader_refuses_is_one_sentence_that_names_the_log(course: Path, lab: Lab) -> None:
    list(release_lab(course, lab))
    source = course / "source" / lab.name / f"{lab.name}.ipynb"
    source.write_text("{}", encoding="utf-8")
    with pytest.raises(DojoError, match=r"nbgrader generate_assignment stopped: .*nbgrader\.log"):
        list(release_lab(course, lab))


@pytest.mark.parametrize("grader", ["nbgrader alone", pytest.param("the kit's", marks=pytest.mark.slow)])
def test_solved_earns_all_released_none_and_the_written_answer_waits_for_a_person(
    course: Path, lab: Lab, grader: str
) -> None:
    list(release_lab(course, lab))
    config = course / "nbgrader_config.py"
    text = config.read_text(encoding="utf-8")
    if grader == "nbgrader alone":
        ours = ("c.Autograde.", "c.GenerateFeedback.")
        text = "\n".join(line for line in text.splitlines() if not line.startswith(ours))
    elif sandbox_reason():
        text += "c.Grader.unsafe = True\n"
    config.write_text(text, encoding="utf-8")
    # Right answers that also warn, log and write to stderr: nbgrader alone would give them nothing.
    warn = "    import logging, sys, warnings\n    warnings.warn('a')\n"
    noise = warn + "    logging.warning('b')\n    print('c', file=sys.stderr)\n"
    noisy = {name: text.replace("\n", "\n" + noise, 1) for name, text in SOLVED.items()}
    answers: tuple[tuple[str, dict[str, str]], ...]
    answers = (("ada", {**SOLVED, "written": "My neighbour."}), ("grace", {}), ("noisy", noisy))
    for student, texts in answers:
        folder = course / "submitted" / student / lab.name
        shutil.copytree(course / "release" / lab.name, folder)
        answer(folder / f"{lab.name}.ipynb", **texts)
    _nbgrader(course, "autograde", lab.name, "--create")
    _nbgrader(course, "generate_feedback", lab.name)
    _nbgrader(course, "export")
    with (course / "grades.csv").open(encoding="utf-8") as file:
        scores = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    assert scores == {"ada": 10.0, "grace": 0.0, "noisy": 10.0}
    assert (course / "feedback" / "ada" / lab.name / f"{lab.name}.html").exists()

    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        waiting = {one.student.id: one.needs_manual_grade for one in gradebook.assignment_submissions(lab.name)}
        # nbgrader gives an answer that was left as released 0 points without asking a person.
        assert waiting == {"ada": True, "grace": False, "noisy": False}
        [written] = [
            grade
            for grade in gradebook.find_submission(lab.name, "ada").notebooks[0].grades
            if grade.cell.name == "written"
        ]
        assert (written.needs_manual_grade, written.max_score) == (True, 4)


def test_a_name_that_nbgrader_takes_for_a_pattern_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nbgrader takes for a pattern"):
        new_course(tmp_path / "ai [2026]")
    assert not list(tmp_path.glob("ai*"))
