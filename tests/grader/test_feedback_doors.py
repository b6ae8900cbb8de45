"""The page comes out of every door: our command, `nbgrader generate_feedback`, and the formgrader's button."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from feedback_sample import fill_in

from dojo.catalog import Lab
from dojo.course import new_course, release_lab
from dojo.errors import DojoError, UsageError
from grader.feedback import feedback

OURS = """
c.GenerateFeedback.exporter_class = "grader.feedback_exporter.PageExporter"
c.GenerateFeedback.preprocessors = []
"""
HIDDEN = "Grace Hopper"  # stands in the kit's hidden test alone
SOLVED = {"greet": "def greet(n):\n    return f'Hello, {n}!'", "written": "My neighbour. <script>alert(1)</script>"}
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="nbgrader's exchange does not run on Windows"),
]


def _nbgrader(course: Path, *words: str) -> str:
    command = [sys.executable, "-m", "nbgrader", *words]
    done = subprocess.run(command, cwd=course, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class of two, graded by nbgrader: ada has half of it, grace nothing; grace's hand-in came without a secret."""
    root = tmp_path_factory.mktemp("graded")
    lab = Lab(1, "01-greeting", Path(__file__).parents[1] / "kit" / "labs" / "01-greeting")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(root))
        patch.setenv("JUPYTER_PLATFORM_DIRS", "1")
        folder = new_course(root / "my class")
        list(release_lab(folder, lab))
        for student, texts in (("ada", SOLVED), ("grace", {})):
            handed_in = folder / "submitted" / student / lab.name
            shutil.copytree(folder / "release" / lab.name, handed_in)
            fill_in(handed_in / f"{lab.name}.ipynb", texts)
        (folder / "submitted" / "ada" / lab.name / "submission_secret.txt").write_text("s3cret" * 8)
        (folder / "submitted" / "ada" / lab.name / "timestamp.txt").write_text("2026-11-24 09:30:00.000000 UTC")
        _graded_by_nbgrader(folder, lab)
    return folder


@pytest.fixture
def course(graded: Path, kit: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that class for one test, its configuration as `dojo course new` writes it."""
    monkeypatch.setenv("JUPYTER_PLATFORM_DIRS", "1")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    folder = tmp_path / "my class"
    shutil.copytree(graded, folder)
    config = folder / "nbgrader_config.py"
    if "PageExporter" not in config.read_text(encoding="utf-8"):
        config.write_text(config.read_text(encoding="utf-8") + OURS, encoding="utf-8")
    return folder


def _graded_by_nbgrader(course: Path, lab: Lab) -> None:
    """nbgrader's own steps, whatever the course's configuration would put in their place."""
    plain = course / "plain.py"
    plain.write_text(
        "from nbgrader.converters import Autograde\nfrom nbgrader.coursedir import CourseDirectory\n"
        f"Autograde(coursedir=CourseDirectory(root={str(course)!r}, assignment_id={lab.name!r})).start()\n"
    )
    done = subprocess.run([sys.executable, str(plain)], cwd=course, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    plain.unlink()


def _comment(course: Path, lab: Lab, text: str) -> None:
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        gradebook.find_comment("written", lab.name, lab.name, "ada").manual_comment = text
        grade = gradebook.find_grade("written", lab.name, lab.name, "ada")
        grade.manual_score, grade.needs_manual_grade = 3, False
        gradebook.db.commit()


def _page(course: Path, lab: Lab, student: str) -> str:
    return (course / "feedback" / student / lab.name / f"{lab.name}.html").read_text(encoding="utf-8")


def test_our_command_writes_a_page_for_each_and_nbgrader_releases_them(course: Path, lab: Lab) -> None:
    _comment(course, lab, "Say *why*. <img src=x onerror=alert(1)>")
    done = feedback(course, "1")
    assert [(row.student, row.state, row.points, row.possible) for row in done.rows] == [
        ("ada", "written", 7.0, 14.0),
        ("grace", "written", 0.0, 14.0),
    ]
    page = _page(course, lab, "ada")
    assert "Say <em>why</em>. &lt;img" in page
    assert "My neighbour. &lt;script&gt;" in page
    assert HIDDEN not in page
    _nbgrader(course, "release_feedback", lab.name)
    released = list((course / "exchange" / "my-class" / "feedback").glob("*.html"))
    assert {path.read_text(encoding="utf-8") for path in released} == {page, _page(course, lab, "grace")}


def test_the_same_again_writes_nothing_and_a_named_student_is_the_only_one(course: Path, lab: Lab) -> None:
    feedback(course, lab.name)
    before = (course / "feedback" / "ada" / lab.name / f"{lab.name}.html").stat().st_mtime_ns
    assert [row.state for row in feedback(course, lab.name).rows] == ["same", "same"]
    assert (course / "feedback" / "ada" / lab.name / f"{lab.name}.html").stat().st_mtime_ns == before
    named = feedback(course, lab.name, ["grace", "nobody"])
    assert [(row.student, row.state) for row in named.rows] == [("grace", "same"), ("nobody", "not graded")]
    assert named.lines()[-1] == f"{lab.name}: 1 pages in feedback/."


def test_nbgraders_own_command_makes_the_very_same_page(course: Path, lab: Lab) -> None:
    feedback(course, lab.name)
    ours = _page(course, lab, "ada")
    shutil.rmtree(course / "feedback")
    _nbgrader(course, "generate_feedback", lab.name)
    assert _page(course, lab, "ada") == ours
    _nbgrader(course, "release_feedback", lab.name)
    assert len(list((course / "exchange" / "my-class" / "feedback").glob("*.html"))) == 2


def test_the_formgraders_button_makes_it_too(course: Path, lab: Lab) -> None:
    program = course / "button.py"
    program.write_text(
        "import json\nfrom nbgrader.apps import NbGrader\n"
        "from nbgrader.apps.api import NbGraderAPI\nfrom traitlets.config.loader import PyFileConfigLoader\n"
        "from nbgrader.coursedir import CourseDirectory\nfrom nbgrader.auth import Authenticator\n"
        "config = PyFileConfigLoader('nbgrader_config.py', path='.').load_config()\n"
        "one = CourseDirectory(config=config)\n"
        f"print(json.dumps(NbGraderAPI(one, Authenticator(), config=config).generate_feedback({lab.name!r})))\n"
    )
    done = subprocess.run([sys.executable, str(program)], cwd=course, capture_output=True, text=True, check=False)
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    assert said["success"], said
    assert "Content-Security-Policy" in _page(course, lab, "ada")
    assert HIDDEN not in _page(course, lab, "ada")


def test_one_unreadable_notebook_costs_one_row(course: Path, lab: Lab) -> None:
    broken = course / "autograded" / "ada" / lab.name / f"{lab.name}.ipynb"
    broken.chmod(0o644)
    broken.write_text("{")
    (course / "autograded" / "grace" / lab.name / f"{lab.name}.ipynb").unlink()
    done = feedback(course, lab.name)
    assert [(row.student, row.state) for row in done.rows] == [("ada", "refused"), ("grace", "missing")]
    assert "grade it again" in done.rows[0].note
    assert not done.fine


def test_what_is_not_there_yet_is_one_sentence(lab: Lab, tmp_path: Path) -> None:
    course = new_course(tmp_path / "empty")
    with pytest.raises(
        UsageError, match=r"Lab 01-greeting was never released in .*; do it with `dojo course release 1`"
    ):
        feedback(course, "1")
    with pytest.raises(UsageError, match="has no assignments yet; release one with"):
        feedback(course, "ps9")
    (course / "source" / lab.name).mkdir()
    (course / "source" / lab.name / f"{lab.name}.ipynb").write_text("{}")
    with pytest.raises(DojoError, match="has no gradebook yet; grade it first with `dojo course grade 01-greeting`"):
        feedback(course, "1")
    with pytest.raises(UsageError, match=r"There is no assignment '01-greetin' in .*; did you mean 01-greeting"):
        feedback(course, "01-greetin")
