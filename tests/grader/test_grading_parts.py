"""The smaller parts of grading a class: what is kept, what a lab says, progress, and nbgrader's own button."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from class_of import PS1, RIGHT, hand_in, release, scores, write_source
from here import HereMarker

from dojo.errors import DojoError, UsageError
from grader.job import CellResult, Job, Limits, Result, Step
from grader.lab import bindings, data_files, read_notebook
from grader.plain import job_from, plain, result_from
from grader.progress import Live, Plain, Silent, progress_for
from grader.results import Store
from grader.rows import Report, Row

pytestmark = pytest.mark.filterwarnings("ignore::Warning:nbgrader", "ignore:.*not in session:Warning")
CELL = CellResult("a", "passed", ({"output_type": "stream"},), 1.5, parts=("a", "b", "c", "d"))
RESULT = Result((CELL,), ("n",), (("x", 1.0),))


def test_jobs_and_results_come_back_from_json_as_they_were() -> None:
    step = Step("a", "code", "solution", "x = 1", "student", None, ("x",), ("C",), "import os", True)
    job = Job("ps1", "p1", "ada", (step,), (("d.txt", "00"),), "kernel", Limits(cell_s=3))
    assert job_from(json.loads(json.dumps(plain(job)))) == job
    assert result_from(json.loads(json.dumps(plain(RESULT)))) == RESULT


def test_a_result_is_kept_by_its_digest_and_a_damaged_one_counts_as_missing(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert store.result("ab12") is None
    store.keep_result("ab12", RESULT)
    assert store.result("ab12") == RESULT
    assert store.result("ab13") is None
    [path] = (tmp_path / ".dojo" / "grading" / "results").rglob("*.json")
    whole = path.read_bytes()
    for damaged in (b"", whole[:-30], whole.replace(b"passed", b"failed"), b"[]", b"{}"):
        path.write_bytes(damaged)
        assert store.result("ab12") is None
    other = path.with_name("ab13.json")
    other.write_bytes(whole)
    assert store.result("ab13") is None


def test_students_with_odd_names_each_have_a_state_of_their_own(tmp_path: Path) -> None:
    store = Store(tmp_path)
    names = ["ada", "Ada", "a/da", "..", "x" * 400, "\u00e9t\u00e9", "ada\n"]
    for name in names:
        store.finish("ps1", name, {"name": name})
    assert [store.done("ps1", name) for name in names] == [{"name": name} for name in names]
    assert store.done("ps2", "ada") is None


def test_files_on_the_stage_are_named_by_their_content(tmp_path: Path) -> None:
    store = Store(tmp_path)
    (tmp_path / "a.txt").write_bytes(b"data")
    digest = store.keep_file(tmp_path / "a.txt")
    assert (store.stage / digest).read_bytes() == b"data"
    (store.stage / digest).write_bytes(b"dat")  # half a copy, from a time when files were not written whole
    assert store.keep_bytes(b"data") == digest
    assert (store.stage / digest).read_bytes() == b"data"
    assert [path.name for path in store.stage.iterdir()] == [digest]


def test_what_a_solution_binds_is_read_from_its_text() -> None:
    text = """%matplotlib inline
import numpy as np, os.path
from math import pi as tau
@wraps
def f(n: int): inner = 1
async def g(): ...
class C: x = 1
P = namedtuple("P", "x y")
a, (b, *c) = 1, (2, 3)
d[0] = e.f = 2
for i in range(3):
    j = i
if True:
    k = 1
else:
    def late(): ...
with open("x") as file: text = file.read()
try:
    m: int = 1
except Error as error:
    n = 2
!ls
"""
    own = bindings(text)
    assert own.names == ("f", "g", "C", "P", "a", "b", "c", "i", "j", "k", "late", "file", "text", "m", "n")
    assert own.defined == ("f", "g", "C", "P")
    assert own.classes == ("C", "P")
    assert own.imported == ("np", "os", "tau")
    assert own.imports == "import numpy as np, os.path\nfrom math import pi as tau"
    assert bindings("def broken(:").names == ()


def test_a_lab_for_another_language_or_that_can_not_be_read_is_refused(tmp_path: Path) -> None:
    from traitlets.config import Config

    path = write_source(tmp_path, "p1", PS1)
    path.write_text(
        path.read_text(encoding="utf-8").replace('"language": "python"', '"language": "R"'), encoding="utf-8"
    )
    with pytest.raises(DojoError, match="is a notebook for r; this grader runs Python"):
        read_notebook(path, {}, Config(), kernel_mode=False)
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(DojoError, match="can't be read"):
        read_notebook(path, {}, Config(), kernel_mode=False)


def test_data_files_are_those_that_nbgrader_would_copy(tmp_path: Path) -> None:
    for name in (
        "p1.ipynb",
        "data/cases.json",
        "helper.py",
        "__pycache__/x.pyc",
        ".ipynb_checkpoints/p1.ipynb",
        "deep/er/x.csv",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    found = [name for name, _ in data_files(tmp_path, [".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback"])]
    assert sorted(found) == ["data/cases.json", "deep/er/x.csv", "helper.py"]


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def _row(student: str, state: Any = "graded", **more: Any) -> Row:
    return Row(student, state, **{"points": 9.0, "max": 10.0, **more})


def test_in_a_pipe_each_submission_is_a_plain_line() -> None:
    stream = io.StringIO()
    progress = progress_for(stream)
    assert isinstance(progress, Plain)
    progress.begin(3, 1)
    progress.running(2)
    progress.finished(_row("ada", manual=True))
    progress.finished(_row("bob", "refused", points=None, notes=("p1.ipynb is not a notebook.",)))
    progress.end()
    assert stream.getvalue().splitlines() == [
        "3 submissions, 1 of them unchanged since they were graded.",
        "[2/3] ada: graded, 9 of 10, waits for a person",
        "[3/3] bob: refused (p1.ipynb is not a notebook.)",
    ]


def test_in_a_terminal_one_line_is_written_over_and_who_failed_stays() -> None:
    stream = _Terminal()
    assert isinstance(progress_for(stream), Live)
    times = iter([0.0, 10.0, 20.0, 30.0, 40.0])
    progress = Live(stream, clock=lambda: next(times), width=80)
    progress.begin(4, 0)
    progress.running(2)
    progress.finished(_row("ada"))
    progress.finished(_row("bob", "refused", points=None, notes=("broken.",)))
    progress.end()
    drawn = [line.strip() for line in stream.getvalue().replace("\n", "\r").split("\r") if line.strip()]
    assert drawn == [
        "0 of 4 done, 0 running, 4 waiting",
        "0 of 4 done, 2 running, 2 waiting",
        "1 of 4 done, 2 running, 1 waiting, about 30 s left",
        "bob: refused (broken.)",
        "2 of 4 done, 2 running, 0 waiting, about 20 s left, 1 refused",
    ]


def test_without_a_stream_progress_is_silent() -> None:
    assert isinstance(progress_for(None), Silent)


def test_a_report_is_a_table_and_json() -> None:
    rows = (_row("ada", notes=("Late.", "Odd.")), _row("bob", "refused", points=None, assurance="unsafe: no sandbox"))
    report = Report("ps1", rows)
    assert report.table()[1:] == [
        ("ada", "graded", "9/10", "", "Late. Odd."),
        ("bob", "refused", "-", "", "[unsafe: no sandbox]"),
    ]
    assert report.refused == (rows[1],)
    assert json.loads(json.dumps(report.to_json()))["rows"][1]["student"] == "bob"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    course = tmp_path_factory.mktemp("prepared") / "course"
    write_source(course, "p1", PS1)
    config = 'c = get_config()  # noqa: F821\nc.Autograde.exporter_class = "grader.nbgrader_app.GraderExporter"\n'
    (course / "nbgrader_config.py").write_text(config, encoding="utf-8")
    release(course)
    hand_in(course, "ada", RIGHT)
    hand_in(course, "bob")
    (hand_in(course, "eve") / "p1.ipynb").write_text("no JSON", encoding="utf-8")
    return course


@pytest.fixture
def course(prepared: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(prepared, tmp_path / "course"))


@pytest.fixture
def here(course: Path, monkeypatch: pytest.MonkeyPatch) -> HereMarker:
    """nbgrader's own step, with our grader behind it, marking in this process."""
    from grader import run

    marker = HereMarker(Store(course).stage)
    monkeypatch.setattr(run, "_marker", lambda *_: marker)
    monkeypatch.setattr(run, "_check_sandbox", lambda: None)
    return marker


def _api(course: Path) -> Any:
    from nbgrader.apps import NbGraderAPI
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config import Config

    config = Config()
    config.CourseDirectory.root = str(course)
    config.Autograde.exporter_class = "grader.nbgrader_app.GraderExporter"
    return NbGraderAPI(coursedir=CourseDirectory(config=config), config=config)


def test_the_formgraders_autograde_button_is_this_grader(course: Path, here: HereMarker) -> None:
    api = _api(course)
    done = api.autograde("ps1", "ada")
    assert done["success"], done
    assert "[1/1] ada: graded, 7 of 9" in done["log"]
    assert [job.student for job in here.done] == ["ada"]
    assert scores(course, "ada")["test_double"] == 4
    assert api.get_autograded_students("ps1") == {"ada"}
    failed = api.autograde("ps1", "eve")
    assert not failed["success"]
    assert "eve: p1.ipynb was not graded: it is not a whole notebook" in failed["log"]
    # The button is there to have a hand-in marked once more.
    api.autograde("ps1", "ada")
    assert [job.student for job in here.done] == ["ada", "ada"]


def test_nbgraders_own_choice_of_students_holds(course: Path, here: HereMarker) -> None:
    from nbgrader.converters import Autograde

    api = _api(course)
    api.coursedir.assignment_id, api.coursedir.student_id_exclude = "ps1", "eve, ada"
    Autograde(coursedir=api.coursedir, parent=api).start()
    assert [job.student for job in here.done] == ["bob"]


@pytest.mark.slow
def test_nbgrader_autograde_in_the_course_folder_is_this_grader(course: Path) -> None:
    from grader.probe import sandbox_reason

    if sandbox_reason():
        with (course / "nbgrader_config.py").open("a", encoding="utf-8") as file:
            file.write("c.Grader.unsafe = True\n")
    line = [sys.executable, "-P", "-m", "nbgrader", "autograde", "ps1"]
    done = subprocess.run(line, cwd=course, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "eve: p1.ipynb was not graded" in done.stderr
    assert "Traceback" not in done.stderr
    assert scores(course, "ada")["test_double"] == 4
    assert scores(course, "bob")["test_double"] == 0


def test_a_course_without_a_sandbox_is_told_how_to_go_on(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from grader import probe
    from grader.run import grade

    monkeypatch.setattr(probe, "sandbox_reason", lambda: "macOS has no sandbox for the grader; add --unsafe.")
    with pytest.raises(DojoError, match="macOS has no sandbox"):
        grade(course, "ps1")
    with pytest.raises(UsageError, match="did you mean ps1"):
        grade(course, "ps2")
