"""Grading a class: one state a submission, nothing lost, nothing done twice, whatever was handed in."""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
import threading
import time
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from class_of import PS1, RIGHT, hand_in, release, scores, write_source
from here import HereMarker, mark_here

from dojo.errors import DojoError, UsageError
from grader.job import CellResult, Job, Result
from grader.lock import course_lock
from grader.results import Store
from grader.rows import Report, Row
from grader.run import grade
from grader.submitted import pictures

pytestmark = pytest.mark.filterwarnings("ignore::Warning:nbgrader", "ignore:.*not in session:Warning")
FULL = {"test_double": 4.0, "test_thirds": 3.0, "essay": None}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    course = tmp_path_factory.mktemp("prepared") / "course"
    write_source(course, "p1", PS1)
    (course / "source" / "ps1" / "cases.json").write_text("[1, 2]", encoding="utf-8")
    (course / "nbgrader_config.py").write_text("c = get_config()  # noqa: F821\n", encoding="utf-8")
    release(course)
    return course


@pytest.fixture
def course(prepared: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(prepared, tmp_path / "course"))


def _grade(course: Path, marker: Any = None, **more: Any) -> Report:
    return grade(course, "ps1", marker=marker or HereMarker(Store(course).stage), **more)


def _row(report: Report, student: str) -> Row:
    return next(row for row in report.rows if row.student == student)


def test_every_kind_of_bad_hand_in_is_a_row_and_the_rest_is_graded(course: Path) -> None:
    hand_in(course, "ada", {**RIGHT, "essay": "Mine."})
    for student, content in (("text", b"no JSON"), ("empty", b""), ("large", b" " * 64_000_001)):
        (hand_in(course, student) / "p1.ipynb").write_bytes(content)
    linked = hand_in(course, "linked") / "p1.ipynb"
    linked.unlink()
    linked.symlink_to(course / "submitted" / "ada" / "ps1" / "p1.ipynb")
    (course / "submitted" / "twin").symlink_to(course / "submitted" / "ada")
    piped = hand_in(course, "piped") / "p1.ipynb"
    piped.unlink()
    os.mkfifo(piped)
    folder = hand_in(course, "folder") / "p1.ipynb"
    folder.unlink()
    folder.mkdir()
    other = hand_in(course, "other", RIGHT)
    (other / "p1.ipynb").rename(other / "mine.ipynb")
    report = _grade(course)
    assert {row.student: row.state for row in report.rows} == {
        "ada": "graded",
        "empty": "refused",
        "folder": "refused",
        "large": "refused",
        "linked": "refused",
        "other": "graded with a note",
        "piped": "refused",
        "text": "refused",
        "twin": "refused",
    }
    assert scores(course, "ada") == FULL
    assert _row(report, "other").notes == (
        "p1.ipynb was not handed in; it earns 0.",
        "Handed in besides, and not used: mine.ipynb.",
    )
    assert (
        _row(report, "linked").note == "p1.ipynb was not graded: it is a link to somewhere else, which is not followed."
    )
    assert _row(report, "large").note == "p1.ipynb was not graded: it holds 64 MB, more than 64; clear its outputs."
    assert all("\n" not in row.note for row in report.rows)
    json.dumps(report.to_json())
    assert report.table()[1] == ("ada", "graded", "7/9", "waits", "")


def test_an_unchanged_class_is_not_run_again_and_a_changed_hand_in_alone_is(course: Path) -> None:
    hand_in(course, "ada", RIGHT)
    hand_in(course, "bob", {**RIGHT, "double": "def double(n): return 0"})
    _grade(course)
    marker = HereMarker(Store(course).stage)
    report = _grade(course, marker)
    assert marker.done == []
    assert [(row.student, row.points, row.fresh) for row in report.rows] == [("ada", 7, False), ("bob", 3, False)]
    shutil.rmtree(course / "submitted" / "bob")
    hand_in(course, "bob", {**RIGHT, "double": "def double(n): return n * 2"})
    report = _grade(course, marker)
    assert [job.student for job in marker.done] == ["bob"]
    assert _row(report, "bob").points == 7


def test_equal_notebooks_are_run_once(course: Path) -> None:
    for student in ("ada", "bob", "cyd"):
        hand_in(course, student, RIGHT)
    marker = HereMarker(Store(course).stage)
    assert [row.points for row in _grade(course, marker).rows] == [7, 7, 7]
    assert len(marker.done) == 1


def test_again_runs_what_has_not_changed(course: Path) -> None:
    hand_in(course, "ada", RIGHT)
    _grade(course)
    marker = HereMarker(Store(course).stage)
    assert _grade(course, marker, again=True).rows[0].fresh
    assert len(marker.done) == 1


@pytest.mark.parametrize("lost", ["autograded", "gradebook", "marks", ".dojo", "damaged"])
def test_what_was_lost_since_is_made_again(course: Path, lost: str) -> None:
    hand_in(course, "ada", RIGHT)
    _grade(course)
    path = course / "autograded" / "ada" / "ps1" / "p1.ipynb"
    before = path.read_bytes()
    if lost == "marks":
        with sqlite3.connect(course / "gradebook.db") as database:
            database.execute("update grade set auto_score = 1")
    elif lost == "gradebook":
        with sqlite3.connect(course / "gradebook.db") as database:
            for table in ("grade", "comment", "submitted_notebook", "submitted_assignment", "student"):
                database.execute(f"delete from {table}")
    elif lost == "damaged":
        for kept in (course / ".dojo").rglob("*.json"):
            kept.write_text(kept.read_text(encoding="utf-8").replace("passed", "failed")[:-20], encoding="utf-8")
        path.unlink()
    else:
        shutil.rmtree(course / lost)
    assert _row(_grade(course), "ada").points == 7
    assert path.read_bytes() == before
    assert scores(course, "ada")["test_double"] == 4


class _Killed(BaseException):
    """Stands for kill -9: nothing catches it."""


class _DyingMarker(HereMarker):
    """Marks a few jobs, then the whole process is gone."""

    def __init__(self, stage: Path, after: int) -> None:
        super().__init__(stage)
        self._left = after

    def submit(self, job: Job) -> Future[Result]:
        if not self._left:
            raise _Killed
        self._left -= 1
        return super().submit(job)


def test_a_run_that_was_killed_goes_on_where_it_stopped(course: Path) -> None:
    for number in range(6):
        hand_in(
            course, f"s{number}", {**RIGHT, "essay": str(number), "double": f"def double(n): return n * 2  # {number}"}
        )
    done = 0
    for _ in range(5):
        dying = _DyingMarker(Store(course).stage, 2)
        with pytest.raises(_Killed):
            _grade(course, dying)
        done += len(dying.done)
        if done >= 4:
            break
    marker = HereMarker(Store(course).stage)
    report = _grade(course, marker)
    assert [row.points for row in report.rows] == [7] * 6
    assert done + len(marker.done) < 12
    assert all(scores(course, f"s{number}") == FULL for number in range(6))


class _BrokenMarker(HereMarker):
    """Fails for one student, in a way of its own."""

    def __init__(self, stage: Path, error: Exception) -> None:
        super().__init__(stage)
        self._error = error

    def submit(self, job: Job) -> Future[Result]:
        if job.student != "bad":
            return super().submit(job)
        future: Future[Result] = Future()
        future.set_exception(self._error)
        return future


@pytest.mark.parametrize("error", [DojoError("the grader's own process ended 3 times"), RuntimeError("boom\nboom")])
def test_a_submission_that_breaks_the_grader_is_refused_and_tried_again_next_time(
    course: Path, error: Exception
) -> None:
    hand_in(course, "ada", RIGHT)
    hand_in(course, "bad", {**RIGHT, "essay": "Mine."})
    report = _grade(course, _BrokenMarker(Store(course).stage, error))
    assert [(row.student, row.state) for row in report.rows] == [("ada", "graded"), ("bad", "refused")]
    assert "\n" not in _row(report, "bad").note
    assert _row(_grade(course), "bad").points == 7


def test_a_refused_hand_in_leaves_the_marks_of_the_earlier_one(course: Path) -> None:
    folder = hand_in(course, "ada", RIGHT)
    _grade(course)
    (folder / "p1.ipynb").write_text("half sav", encoding="utf-8")
    row = _row(_grade(course), "ada")
    assert (row.state, row.points) == ("refused", 7)
    assert "The marks of an earlier hand-in stand." in row.notes
    assert scores(course, "ada")["test_double"] == 4


class _TellingMarker(HereMarker):
    """Gives the results that the test wants."""

    def __init__(self, stage: Path, **cells: CellResult) -> None:
        super().__init__(stage)
        self._cells = cells

    def submit(self, job: Job) -> Future[Result]:
        future: Future[Result] = Future()
        came = mark_here(job, self.stage)
        future.set_result(Result(tuple(self._cells.get(cell.name, cell) for cell in came.cells), ("Odd.",)))
        return future


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        ("timed out", "'test_double' ran longer than its time limit."),
        ("died", "'test_double' ended its Python process."),
        ("memory", "'test_double' used up the memory it may have."),
        ("not run", "'test_double' was not run, because the time for the whole notebook was used up."),
    ],
)
def test_points_come_on_evidence_alone_and_each_other_end_is_told(course: Path, verdict: Any, said: str) -> None:
    hand_in(course, "ada", RIGHT)
    report = _grade(course, _TellingMarker(Store(course).stage, test_double=CellResult("test_double", verdict)))
    assert scores(course, "ada")["test_double"] == 0
    assert report.rows[0].state == "graded with a note"
    assert report.rows[0].notes == (said, "Odd.")
    [cell] = [
        cell
        for cell in json.loads((course / "autograded" / "ada" / "ps1" / "p1.ipynb").read_bytes())["cells"]
        if cell["id"] == "test_double"
    ]
    assert cell["metadata"]["dojo"]["verdict"] == verdict
    assert cell["outputs"][-1]["output_type"] == "error"


def test_a_cell_that_nobody_reports_on_earns_nothing(course: Path) -> None:
    class Silent(HereMarker):
        def submit(self, job: Job) -> Future[Result]:
            future: Future[Result] = Future()
            future.set_result(Result(()))
            return future

    hand_in(course, "ada", RIGHT)
    _grade(course, Silent(Store(course).stage))
    assert scores(course, "ada") == {"test_double": 0, "test_thirds": 0, "essay": 0}


def test_manual_points_and_comments_survive_a_new_hand_in(course: Path) -> None:
    from nbgrader.api import Gradebook

    hand_in(course, "ada", {**RIGHT, "essay": "Mine."})
    _grade(course)
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        essay = book.find_grade("essay", "p1", "ps1", "ada")
        essay.manual_score, essay.extra_credit, essay.needs_manual_grade = 2, 0.5, False
        book.find_comment("essay", "p1", "ps1", "ada").manual_comment = "Well seen."
        book.db.commit()
    assert (_grade(course).rows[0].points, _grade(course).rows[0].manual) == (9.5, False)
    shutil.rmtree(course / "submitted" / "ada")
    hand_in(course, "ada", {**RIGHT, "essay": "Mine, and better."})
    row = _grade(course).rows[0]
    assert (row.points, row.manual) == (9.5, True)
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        assert book.find_comment("essay", "p1", "ps1", "ada").comment == "Well seen."


@pytest.mark.parametrize(
    ("stamp", "said"),
    [
        ("yesterday-ish", "can't be read"),
        ("2999-01-01 00:00:00 UTC", "had not come yet"),
        ("", "can't be read"),
        ("2026-01-01 10:00:00 ../../../etc/hostname", "can't be read"),
        ("2026-01-01 10:00:00 /etc/hostname", "can't be read"),
        ("0001-01-01 00:00:00 Asia/Tokyo", "can't be read"),
        ("1e999999999", "can't be read"),
    ],
)
def test_a_time_that_is_no_time_counts_as_that_of_collection(course: Path, stamp: str, said: str) -> None:
    from nbgrader.apps import NbGraderAPI
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config import Config

    folder = hand_in(course, "ada", RIGHT)
    (folder / "timestamp.txt").write_text(stamp, encoding="utf-8")
    row = _grade(course).rows[0]
    assert row.points == 7
    assert said in row.note
    assert said in _grade(course).rows[0].note
    # The formgrader lists the class all the same, and counts it as graded.
    config = Config()
    config.CourseDirectory.root = str(course)
    api = NbGraderAPI(coursedir=CourseDirectory(config=config), config=config)
    assert api.get_autograded_students("ps1") == {"ada"}
    assert api.get_submissions("ps1")[0]["score"] == 7


def test_whatever_happens_while_a_hand_in_is_looked_at_costs_it_alone(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from grader import submitted

    look = submitted.hand_in_time

    def stumbles(folder: Path, *rest: Any) -> Any:
        if folder.parent.name == "bob":
            raise PermissionError(13, "Permission denied", str(folder))
        return look(folder, *rest)

    monkeypatch.setattr(submitted, "hand_in_time", stumbles)
    for student in ("ada", "bob", "cyd"):
        hand_in(course, student, RIGHT)
    report = _grade(course)
    assert [(row.student, row.state) for row in report.rows] == [
        ("ada", "graded"),
        ("bob", "refused"),
        ("cyd", "graded"),
    ]
    assert _row(report, "bob").note == "The grader stopped at it (PermissionError: Permission denied)."


def test_what_is_no_folder_is_a_hand_in_that_is_refused(course: Path) -> None:
    (course / "submitted" / "file").mkdir(parents=True)
    (course / "submitted" / "file" / "ps1").write_text("mine", encoding="utf-8")
    (course / "submitted" / "README.txt").write_text("For people.", encoding="utf-8")
    (row,) = _grade(course).rows
    assert (row.student, row.note) == ("file", "p1.ipynb was not graded: it can't be read (Not a directory).")


@pytest.mark.parametrize(
    "name", ["eve\nada: graded, 7 of 9", "\x1b[2Jeve", "\u202eada", os.fsdecode(b"ev\xe9"), "eve\x7f"]
)
def test_a_name_that_would_not_show_as_what_it_is_is_refused(course: Path, name: str) -> None:
    from grader.progress import Plain

    hand_in(course, "ada", RIGHT)
    try:
        hand_in(course, name, RIGHT)
    except (OSError, UnicodeError):
        pytest.skip("this disk takes no such name")
    said = io.StringIO()
    report = _grade(course, progress=Plain(said))
    assert [row.state for row in report.rows if row.student != "ada"] == ["refused"]
    told = " ".join(map(" ".join, report.table()))
    assert (told + said.getvalue().replace("\n", "")).isprintable()
    assert said.getvalue().count("\n") == 3
    assert _row(report, "ada").points == 7


def test_thousands_of_folders_and_files_beside_a_notebook_are_passed_over(course: Path) -> None:
    folder = hand_in(course, "ada", RIGHT)
    (folder / "more").mkdir()
    for number in range(11_000):
        (folder / "more" / f"{number}.txt").touch()
    here = Path.cwd()
    os.chdir(folder)
    try:
        for _ in range(1_100):
            Path("deep").mkdir()
            os.chdir("deep")
    finally:
        os.chdir(here)
    assert _grade(course).rows[0].state == "graded"
    os.rename(folder / "deep", course.parent / "deep")  # noqa: PTH104  # a Path walks it
    subprocess.run(["rm", "-rf", str(course.parent / "deep")], check=True)


def test_files_beside_the_notebook_count_only_where_the_course_says_so(course: Path) -> None:
    folder = hand_in(course, "ada", RIGHT)
    (folder / "cases.json").write_text("[9]", encoding="utf-8")
    (folder / "helpers.py").write_text("x = 1", encoding="utf-8")
    (folder / "secret.txt").symlink_to("/etc/passwd")
    marker = HereMarker(Store(course).stage)
    row = _grade(course, marker).rows[0]
    assert [name for name, _ in marker.done[0].files] == ["cases.json"]
    assert (marker.stage / marker.done[0].files[0][1]).read_text(encoding="utf-8") == "[1, 2]"
    assert row.notes == ("Handed in besides, and not used: helpers.py.",)
    assert not (course / "autograded" / "ada" / "ps1" / "secret.txt").exists()
    config = 'c = get_config()  # noqa: F821\nc.Autograde.exclude_overwriting = {"ps1": ["helpers.py", "cases.json"]}\n'
    (course / "nbgrader_config.py").write_text(config, encoding="utf-8")
    assert _grade(course, marker).rows[0].notes == ()
    files = dict(marker.done[-1].files)
    assert sorted(files) == ["cases.json", "helpers.py"]
    assert (marker.stage / files["cases.json"]).read_text(encoding="utf-8") == "[9]"


def test_pictures_that_an_answer_shows_are_kept_for_the_person_who_marks_it(course: Path) -> None:
    folder = hand_in(course, "ada", {**RIGHT, "essay": "See ![](plot.png)."})
    (folder / "plot.png").write_bytes(b"\x89PNG mine")
    (folder / "other.png").write_bytes(b"\x89PNG other")
    (folder / "page.html").write_text("<script>", encoding="utf-8")
    _grade(course)
    assert sorted(path.name for path in (course / "autograded" / "ada" / "ps1").iterdir()) == ["p1.ipynb", "plot.png"]


def test_kernels_and_tags_of_a_hand_in_count_for_nothing(course: Path) -> None:
    def change(content: dict[str, Any]) -> None:
        content["metadata"] = {"kernelspec": {"name": "bash", "language": "bash"}, "execution": {"allow_errors": True}}
        for cell in content["cells"]:
            cell["metadata"]["tags"] = ["raises-exception", "skip-execution"]

    hand_in(course, "ada", RIGHT, change)
    hand_in(course, "bob", {"double": "1 / 0"}, change)
    assert [(row.student, row.points) for row in _grade(course).rows] == [("ada", 7), ("bob", 0)]
    graded = json.loads((course / "autograded" / "ada" / "ps1" / "p1.ipynb").read_text(encoding="utf-8"))
    assert graded["metadata"]["kernelspec"]["name"] == "python3"
    assert not any("tags" in cell["metadata"] for cell in graded["cells"])


def test_naming_pictures_costs_neither_time_nor_memory(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG")
    for number in range(120):
        (tmp_path / f"{number}.png").write_bytes(b"\x89PNG")
    begun = time.process_time()
    assert pictures(tmp_path, "a" * 500_000 + "a." * 500_000) == {}
    assert time.process_time() - begun < 5
    same = " ".join(f"![]({'./' * number}a.png) ![](.{'/' * number}a.png)" for number in range(1, 90))
    assert list(pictures(tmp_path, f"{same} ![](../a.png) ![](/a.png) ![](%2e%2e/a.png)")) == ["a.png"]
    assert len(pictures(tmp_path, " ".join(f"![]({number}.png)" for number in range(120)))) == 100


def test_what_was_never_released_is_refused_in_a_sentence(course: Path) -> None:
    write_source(course, "p1", PS1, "ps2")
    hand_in(course, "ada", RIGHT)
    with pytest.raises(DojoError, match="ps2 was never released; run `dojo course release`"):
        grade(course, "ps2", marker=HereMarker(Store(course).stage))
    (course / "gradebook.db").unlink()
    with pytest.raises(DojoError, match="ps1 was never released"):
        _grade(course)
    assert not (course / "gradebook.db").exists()


def test_an_empty_class_is_no_error(course: Path) -> None:
    report = _grade(course)
    assert (report.rows, report.notes) == ((), ("Nobody has handed in ps1 yet; see `dojo course collect`.",))


def test_a_student_who_handed_in_nothing_is_named_with_the_nearest(course: Path) -> None:
    hand_in(course, "ada", RIGHT)
    with pytest.raises(UsageError, match="no hand-in of ps1 by 'aba'; did you mean ada"):
        _grade(course, students=["aba"])


def test_a_student_outside_the_class_list_is_graded_with_a_note(course: Path) -> None:
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        book.update_or_create_student("ada", first_name="Ada", last_name="L.")
    hand_in(course, "ada", RIGHT)
    hand_in(course, "guest", RIGHT)
    report = _grade(course)
    assert [row.state for row in report.rows] == ["graded", "graded with a note"]
    assert "not in the class list" in report.rows[1].note


def test_a_course_that_makes_no_students_refuses_those_it_does_not_know(course: Path) -> None:
    config = "c = get_config()  # noqa: F821\nc.Autograde.create_student = False\n"
    (course / "nbgrader_config.py").write_text(config, encoding="utf-8")
    hand_in(course, "ada", RIGHT)
    row = _grade(course).rows[0]
    assert (row.state, row.note) == (
        "refused",
        "They are in no list of students; add them with `nbgrader db student add`.",
    )


def test_tests_changed_in_source_alone_are_told_and_the_released_ones_run(course: Path) -> None:
    hand_in(course, "ada", RIGHT)
    path = course / "source" / "ps1" / "p1.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace("== 10", "== 11"), encoding="utf-8")
    report = _grade(course)
    assert report.rows[0].points == 7
    assert "source/ has changed since the release (p1.ipynb: test_double); the released tests ran" in report.notes[0]


@pytest.mark.parametrize(("old", "new"), [('"points": 4', '"points": 5'), ('"test_double"', '"test_twice"')])
def test_points_or_cells_that_differ_from_the_release_are_refused(course: Path, old: str, new: str) -> None:
    hand_in(course, "ada", RIGHT)
    path = course / "source" / "ps1" / "p1.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(DojoError, match=r"is not what was released: .*nbgrader generate_assignment ps1 --force"):
        _grade(course)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("c.Grader.examinor = {}", "c.Grader.examinor, which is unknown; did you mean c.Grader.examiner"),
        ('c.Grader.examiner = {"ps1": "kernal"}', 'write "handles" or "kernel"'),
        ('c.Execute.timeout = "long"', "c.Execute.timeout is 'long'"),
        ("c.Grader.total_seconds = 0", "c.Grader.total_seconds is 0"),
    ],
)
def test_a_setting_that_can_not_be_used_is_told_before_anything_runs(course: Path, line: str, said: str) -> None:
    (course / "nbgrader_config.py").write_text(f"c = get_config()  # noqa: F821\n{line}\n", encoding="utf-8")
    with pytest.raises(UsageError, match=said):
        _grade(course)


def test_limits_and_the_kernel_mode_come_from_the_configuration(course: Path) -> None:
    lines = 'c.Execute.timeout = 8\nc.Grader.memory_mb = 512\nc.Grader.examiner = {"ps1": "kernel"}\n'
    (course / "nbgrader_config.py").write_text(f"c = get_config()  # noqa: F821\n{lines}", encoding="utf-8")
    hand_in(course, "ada", RIGHT)
    marker = HereMarker(Store(course).stage)
    report = _grade(course, marker)
    [job] = marker.done
    assert (job.mode, job.limits.cell_s, job.limits.total_s, job.limits.memory) == ("kernel", 8, 40, 512 << 20)
    assert {step.who for step in job.steps if step.kind == "code"} == {"student"}
    assert report.rows[0].assurance == "tests in the student's kernel: low assurance"


def test_unsafe_grading_marks_every_row_and_shares_no_result_with_the_safe_one(course: Path) -> None:
    hand_in(course, "ada", RIGHT)
    _grade(course)
    marker = HereMarker(Store(course).stage)
    report = _grade(course, marker, unsafe=True)
    assert len(marker.done) == 1
    assert report.rows[0].assurance == "unsafe: no sandbox"
    assert report.table()[1][-1] == "[unsafe: no sandbox]"


def test_two_runs_at_once_are_refused_and_a_lock_dies_with_its_holder(course: Path) -> None:
    hand_in(course, "ada", RIGHT)
    with course_lock(course), pytest.raises(DojoError, match=f"Another grading run is at work.*process {os.getpid()}"):
        _grade(course)
    assert _grade(course).rows[0].points == 7


def test_a_gradebook_that_another_program_holds_locked_is_waited_for(course: Path) -> None:
    hand_in(course, "ada", RIGHT)
    other = sqlite3.connect(course / "gradebook.db", check_same_thread=False)
    other.execute("begin exclusive")
    timer = threading.Timer(1.0, other.rollback)
    timer.start()
    try:
        assert _grade(course).rows[0].points == 7
    finally:
        timer.join()
        other.close()


@pytest.mark.parametrize("spoil", [lambda whole: b"garbage" * 999, lambda whole: whole[: len(whole) // 2]])
def test_a_gradebook_that_is_damaged_is_told_in_a_sentence(course: Path, spoil: Any) -> None:
    from grader.course_report import course_report
    from grader.feedback import feedback

    hand_in(course, "ada", RIGHT)
    whole = (course / "gradebook.db").read_bytes()
    (course / "gradebook.db").write_bytes(spoil(whole))
    for do in (_grade, lambda course: feedback(course, "ps1"), lambda course: course_report(course, "ps1")):
        with pytest.raises(DojoError, match=r"The gradebook is damaged \(.*\); put back a copy"):
            do(course)
    (course / "gradebook.db").write_bytes(whole)
    assert _grade(course).rows[0].points == 7


def test_a_full_disk_ends_the_run_in_a_sentence_and_the_next_one_goes_on(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in(course, "ada", RIGHT)
    hand_in(course, "bob", {**RIGHT, "essay": "b"})
    real = tempfile.mkstemp
    count = iter(range(100))

    def full(**where: Any) -> tuple[int, str]:
        if next(count) > 1:
            raise OSError(28, "No space left on device", "results")
        return real(**where)

    with monkeypatch.context() as patch:
        patch.setattr(tempfile, "mkstemp", full)
        with pytest.raises(DojoError, match="No space left on device; put that right and run this again"):
            _grade(course)
    assert [row.points for row in _grade(course).rows] == [7, 7]
