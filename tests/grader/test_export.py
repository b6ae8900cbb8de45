"""Marks leave for nbgrader's users, Canvas and Moodle: whole, safe, and with nothing that is not so."""

from __future__ import annotations

import csv
import errno
import io
import json
import shutil
import sqlite3
import stat
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from class_of import PS1, RIGHT, hand_in, release, write_source
from here import HereMarker
from lms import canvas_import, moodle_import

from dojo.cli import main
from dojo.course import new_course
from dojo.errors import DojoError, UsageError
from grader import classbook
from grader.cells import key_cell, number_cell, text_cell
from grader.export import Exported, export
from grader.results import Store
from grader.run import grade

pytestmark = pytest.mark.filterwarnings("ignore::Warning:nbgrader", "ignore:.*not in session:Warning")
# id, first name, last name, e-mail address, Canvas's number
CLASS = [
    ("ada", "Ada", "Lovelace, Countess", "ada@example.org", "101"),
    ("bob", 'Bob "the builder"', "O'Brien", "bob@example.org", "102"),
    ("cyd", "=cmd|'/c calc'!A1", "+Points Possible", "cyd@example.org", "103"),
    ("rene", "René 👩‍🔬", "Šimůnek\nPh.D.", "rene@example.org", "104"),
    ("zoe", "Zoe", "Zu", "zoe@example.org", "105"),
]
NUMBERS = {number: name for name, _, _, _, number in CLASS}
LOGINS = {name: name for name, *_ in CLASS}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two problem sets; ada has all, bob half and late, cyd nothing right, rene waits, zoe handed in nothing."""
    course = tmp_path_factory.mktemp("prepared") / "course"
    (course / "source").mkdir(parents=True)
    (course / "nbgrader_config.py").write_text(
        "c = get_config()  # noqa: F821\n"
        "c.AssignLatePenalties.plugin_class = 'lateness.TwoPoints'\n"
        f"c.CourseDirectory.root = {str(course)!r}\n"
    )
    (course / "lateness.py").write_text(
        "from nbgrader.plugins import BasePlugin\n\n\nclass TwoPoints(BasePlugin):\n"
        "    def late_submission_penalty(self, student_id, score, total_seconds_late):\n        return 2.0\n"
    )
    for name in ("ps1", "ps2"):
        write_source(course, name, PS1, name)
        release(course, name)
    half = {**RIGHT, "thirds": "def third(n):\n    return n / 3 if n < 3 else 0"}
    hand_in(course, "ada", RIGHT)
    (hand_in(course, "bob", half) / "timestamp.txt").write_text("2026-11-20 12:00:00 UTC")
    hand_in(course, "cyd", {})
    hand_in(course, "rene", {**RIGHT, "essay": "Mine."})
    hand_in(course, "ada", RIGHT, assignment="ps2")
    _write_class(course)
    for name in ("ps1", "ps2"):
        grade(course, name, marker=HereMarker(Store(course).stage))
    return course


def _write_class(course: Path) -> None:
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "course") as book:
        for name, first, last, email, number in CLASS:
            book.add_student(name, first_name=first, last_name=last, email=email, lms_user_id=number)
        book.find_assignment("ps1").duedate = datetime(2026, 11, 20, 10)  # nbgrader keeps no zone
        book.db.commit()


@pytest.fixture
def course(prepared: Path, tmp_path: Path) -> Path:
    copy = Path(shutil.copytree(prepared, tmp_path / "course"))
    config = copy / "nbgrader_config.py"
    config.write_text(config.read_text().replace(str(prepared), str(copy)))
    return copy


def _content(done: Exported, kind: str) -> bytes:
    return next(Path(one.path) for one in done.files if one.format == kind).read_bytes()


def _rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


@pytest.mark.slow
def test_nbgraders_file_is_its_exporters_but_that_names_survive(course: Path) -> None:
    ours = _rows(_content(export(course), "nbgrader"))
    plain = [("ada", "Lovelace"), ("cyd", "C"), ("rene", "Simunek"), ("bob", "OBrien")]
    with sqlite3.connect(course / "gradebook.db") as database:
        for name, last in plain:
            database.execute("update student set first_name = 'X', last_name = ? where id = ?", (last, name))
    program = "import runpy, sys; sys.argv = ['nbgrader', 'export']; runpy.run_module('nbgrader', run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", program], cwd=course, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    theirs = _rows((course / "grades.csv").read_bytes())
    assert [*ours[0]] == [*theirs[0]]
    names = ("last_name", "first_name")

    def told(rows: list[dict[str, str]]) -> list[tuple[str, ...]]:
        plain = [[value for key, value in row.items() if key not in names] for row in rows]
        return sorted(tuple(row) for row in plain)

    assert told(ours) == told(theirs)
    by_name = {(row["assignment"], row["student_id"]): row for row in ours}
    assert by_name["ps1", "ada"]["last_name"] == "Lovelace, Countess"
    assert by_name["ps1", "rene"]["last_name"] == "Šimůnek Ph.D."
    assert by_name["ps1", "cyd"]["first_name"] == "'=cmd|'/c calc'!A1"
    assert (by_name["ps1", "bob"]["raw_score"], by_name["ps1", "bob"]["score"]) == ("6.0", "4.0")
    # nbgrader's own rule: nothing handed in is 0 without a time.
    assert (by_name["ps1", "zoe"]["score"], by_name["ps1", "zoe"]["timestamp"]) == ("0.0", "")


def test_canvas_takes_the_file_in(course: Path) -> None:
    done = export(course)
    content = _content(done, "canvas")
    assert content.startswith(b"\xef\xbb\xbf")
    taken = canvas_import(content, NUMBERS, LOGINS)
    assert taken.unknown == []
    assert taken.possible == {"ps1": "9", "ps2": "9"}
    assert {student: mark for (student, name), mark in taken.marks.items() if name == "ps1"} == {
        "ada": "7",
        "bob": "4",  # 6 less 2 for being late
        "cyd": "0",
        "rene": "7",
        "zoe": "",
    }
    assert {mark for (student, name), mark in taken.marks.items() if name == "ps2" and student != "ada"} == {""}
    # Without Canvas's numbers the login finds them.
    with sqlite3.connect(course / "gradebook.db") as database:
        database.execute("update student set lms_user_id = null")
        database.execute("update student set lms_user_id = '101x' where id = 'bob'")
    taken = canvas_import(_content(export(course), "canvas"), NUMBERS, LOGINS)
    assert taken.marks["bob", "ps1"] == "4"
    assert taken.marks["ada", "ps1"] == "7"


@pytest.mark.parametrize("column", ["Username", "ID number", "Email address"])
def test_moodle_takes_the_file_in_by_every_column_that_says_who_it_is(course: Path, column: str) -> None:
    keys = {"Username": 0, "ID number": 4, "Email address": 3}
    known = {row[keys[column]]: row[0] for row in CLASS}
    content = _content(export(course), "moodle")
    assert content.startswith(b"\xef\xbb\xbf")
    taken = moodle_import(content, column, known)
    assert {student: mark for (student, name), mark in taken.marks.items() if name == "ps1"} == {
        "ada": "7",
        "bob": "4",
        "cyd": "0",
        "rene": "7",
        "zoe": "-",
    }


def test_a_column_in_which_moodle_would_mix_up_students_is_left_out(course: Path) -> None:
    with sqlite3.connect(course / "gradebook.db") as database:
        database.execute("update student set email = null where id = 'zoe'")
        database.execute("update student set lms_user_id = '101' where id = 'bob'")
    done = export(course, formats=["moodle"])
    head = _content(done, "moodle").decode("utf-8-sig").splitlines()[0]
    assert head == "First name,Last name,Username,ps1,ps2"
    assert any("no column 'Email address'" in note and "1 student" in note for note in done.notes)
    assert any("no column 'ID number'" in note and "2 students" in note for note in done.notes)


def test_what_is_not_final_is_said_and_a_persons_points_count(course: Path) -> None:
    done = export(course, "ps1")
    assert done.notes == ("ps1: the answers of 1 student wait for a person, so these marks may rise: rene.",)
    assert not done.fine
    assert [Path(one.path).name for one in done.files] == ["ps1-nbgrader.csv", "ps1-canvas.csv", "ps1-moodle.csv"]
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "course") as book:
        mark = book.find_grade("essay", "ps1", "ps1", "rene")
        mark.manual_score, mark.extra_credit, mark.needs_manual_grade = 1.5, 0.25, False
        book.db.commit()
    hand_in(course, "zoe", {})
    done = export(course, "ps1", ["canvas"])
    assert canvas_import(_content(done, "canvas"), NUMBERS, LOGINS).marks["rene", "ps1"] == "8.75"
    assert done.notes == ("ps1: handed in and not graded, so without a mark here: zoe.",)


def test_a_roster_adds_what_the_gradebook_does_not_know(course: Path, tmp_path: Path) -> None:
    table = tmp_path / "canvas.csv"
    table.write_text(
        'Student,ID,SIS User ID,SIS Login ID,Section\n"    Points Possible",,,,\n'
        '"Lovelace, Ada",900,S-1,ada,"AI, Monday"\n"New, One",906,S-6,new,Tuesday\n',
        encoding="utf-8-sig",
    )
    text = _content(export(course, "ps1", ["canvas"], table), "canvas").decode("utf-8-sig")
    assert '"Lovelace, Countess, Ada",900,S-1,ada,"AI, Monday",7' in text
    assert "new,906,S-6,new,Tuesday,\r\n" in text
    table.write_text("id,last_name\nada,Lovelace\nbob,Brown\nada,Byron\n")
    with pytest.raises(DojoError, match="gives the id 'ada' to Lovelace and to Byron"):
        export(course, roster=table)


@pytest.mark.parametrize(
    ("key", "kept"),
    [
        ("=1+1", None),
        ("@SUM(A1)", None),
        ("-2+3+cmd|'/c'!A0", None),
        ("two\nlines", None),
        ("+49123", "+49123"),
        ("-12", "-12"),
        ("ann@example.org", "ann@example.org"),
    ],
)
def test_an_identifier_is_unchanged_or_not_there(key: str, kept: str | None) -> None:
    assert key_cell(key) == kept


def test_a_student_whose_id_could_run_is_left_out_and_named(course: Path) -> None:
    with sqlite3.connect(course / "gradebook.db") as database:
        database.execute("insert into student (id) values ('=HYPERLINK(1)')")
        database.execute("insert into student (id) values ('12.345.678')")
    done = export(course, "ps2")
    assert sum("'=HYPERLINK(1)' is not in" in note for note in done.notes) == 2
    assert sum("'12.345.678' is not in Canvas's file" in note for note in done.notes) == 1
    for one in done.files:
        cells = [cell for row in csv.reader(io.StringIO(Path(one.path).read_text("utf-8-sig"))) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "@", "\t"))]


def test_a_name_of_canvass_own_columns_is_left_out_and_named(course: Path) -> None:
    with sqlite3.connect(course / "gradebook.db") as database:
        database.execute("update assignment set name = 'Final Grade' where name = 'ps2'")
    done = export(course, formats=["canvas"])
    assert "Final Grade is not in Canvas's file: Canvas would take that name for a column of its own." in done.notes
    assert canvas_import(_content(done, "canvas"), NUMBERS, LOGINS).possible == {"ps1": "9"}


@pytest.mark.parametrize(("value", "shown"), [(0.0, "0"), (10.0, "10"), (19 / 3, "6.33333"), (2.5, "2.5")])
def test_points_are_written_as_short_as_they_are_exact(value: float, shown: str) -> None:
    assert number_cell(value) == shown


def test_wide_signs_and_tabs_start_no_formula_either() -> None:
    assert text_cell("\t=1") == "'=1"
    assert text_cell("\N{FULLWIDTH EQUALS SIGN}1") == "'\N{FULLWIDTH EQUALS SIGN}1"


def test_the_files_are_the_teachers_alone_and_a_failure_leaves_the_old_ones(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = export(course)
    files = [Path(one.path) for one in done.files]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    before = [file.read_bytes() for file in files]

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_text", full)
        with pytest.raises(DojoError, match=r"exports/nbgrader\.csv could not be written \(No space left"):
            export(course)
    assert [file.read_bytes() for file in files] == before
    assert [one.name for one in (course / "exports").iterdir() if one.name.startswith(".")] == []
    shutil.rmtree(course / "exports")
    (course / "exports").write_text("a file")
    with pytest.raises(DojoError, match="could not be written"):
        export(course)


def test_what_is_not_there_is_one_sentence(course: Path, tmp_path: Path) -> None:
    empty = new_course(tmp_path / "empty")
    with pytest.raises(UsageError, match="has no assignments yet; release one"):
        export(empty)
    with pytest.raises(UsageError, match="did you mean ps1"):
        export(course, "pss1")
    with pytest.raises(UsageError, match="no format 'canvs'; did you mean canvas"):
        export(course, formats=["canvs"])
    with sqlite3.connect(course / "gradebook.db") as database:
        database.execute("delete from submitted_assignment")
    with pytest.raises(DojoError, match="Nothing is graded yet; do it with `dojo course grade ps1`"):
        export(course)
    with pytest.raises(DojoError, match="ps2 is not graded yet"):
        export(course, "ps2")
    with sqlite3.connect(course / "gradebook.db") as database:
        database.execute("delete from student")
    with pytest.raises(DojoError, match=r"Nobody is in the class yet: the gradebook of .* has no students"):
        export(course)


def test_a_gradebook_that_cannot_be_read_is_one_sentence(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classbook, "_PATIENCE_S", 0.1)
    holder = sqlite3.connect(course / "gradebook.db")
    holder.execute("begin exclusive")
    with pytest.raises(DojoError, match="locked by another program"):
        export(course)
    holder.close()
    whole = (course / "gradebook.db").read_bytes()
    with sqlite3.connect(course / "gradebook.db") as database:
        database.execute("alter table student drop column lms_user_id")
    with pytest.raises(DojoError, match="`nbgrader db upgrade` may help"):
        export(course)
    (course / "gradebook.db").write_bytes(whole[:1000] + b"x" * 5000)
    with pytest.raises(DojoError, match="The gradebook is damaged"):
        export(course)


def test_the_command_prints_the_table_and_says_by_its_code_what_is_open(
    course: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["course", "export", "ps2", "--course", str(course)]) == 0
    assert "canvas    1 marks of 5 students: " in capsys.readouterr().out
    assert main(["course", "export", "--format", "moodle", "ps1", "--course", str(course), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert [one["format"] for one in told["files"]] == ["moodle"]
    assert main(["course", "export", "--course", str(tmp_path)]) == 2
    assert "is in no course folder; make one with" in capsys.readouterr().err
