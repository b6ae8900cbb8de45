"""The report on a class: everything is there, nothing on it runs, nobody else can read it."""

from __future__ import annotations

import csv
import errno
import io
import json
import re
import shutil
import sqlite3
import stat
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from class_of import hand_in
from here import HereMarker
from report_class import ANSWERS, HOSTILE, make_course

from dojo import catalog
from dojo.catalog import Lab
from dojo.cli import main
from dojo.course import new_course
from dojo.errors import DojoError, UsageError
from dojo.release import note_release, release_times
from grader import classbook, course_report
from grader.course_page import render
from grader.course_report import CourseReport
from grader.overview import Overview
from grader.probe import sandbox_reason
from grader.results import Store
from grader.run import grade
from grader.similar import Pair, Passage, Side

pytestmark = pytest.mark.filterwarnings("ignore::Warning:nbgrader", "ignore:.*not in session:Warning")
KIT = Path(__file__).parents[1] / "kit"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalog, "course_root", lambda: KIT)
        catalog.read.cache_clear()
        made = make_course(tmp_path_factory.mktemp("prepared") / "my-class")
        catalog.read.cache_clear()
    return made


@pytest.fixture
def course(prepared: Path, kit: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(prepared, tmp_path / "my-class"))


def _report(course: Path, assignment: str | None = None) -> CourseReport:
    return course_report.course_report(course, assignment, marker=HereMarker(Store(course).stage))


def _lab(course: Path) -> Overview:
    return _report(course).labs[0]


def test_the_terminal_says_where_the_class_stands(course: Path) -> None:
    done = _report(course)
    assert done.lines() == [
        "01-greeting: 12 students graded, 1 handed in nothing.",
        "Points: from 0 to 10 of 14; the middle of the class has 6.",
        "Wait for a person: s01, s02.",
        "Late: s10.",
        "",
        f"The report: {course / 'reports' / 'report.html'}",
        f"Its table: {course / 'reports' / 'report.csv'}",
    ]
    assert done.fine


def test_tests_exercises_and_what_waits_are_counted(course: Path) -> None:
    lab = _lab(course)
    assert [(one.test, one.passed, one.not_yet, one.unwritten) for one in lab.tallies] == [
        ("test_greet", 8, 3, 1),
        ("test_double", 7, 3, 2),
    ]
    assert lab.tallies[0].part == "Exercise 1. Greet"
    assert [(one.title, one.students) for one in lab.items] == [("Exercise 1. Greet", 12), ("Exercise 2. Double", 12)]
    assert [one.share for one in lab.items] == pytest.approx([8 / 12, 7 / 12])
    assert all(one.rest is not None and one.index is not None for one in lab.items)
    # The written question waits, so it is not judged yet.
    assert [(one.part, one.students) for one in lab.waiting] == [("Written question", ("s01", "s02"))]


def test_an_answer_is_like_a_known_mistake_whatever_its_names_and_odd_ones_are_like_none(course: Path) -> None:
    lab = _lab(course)
    assert [(one.part, one.mistakes, one.students) for one in lab.likes] == [
        ("Exercise 1. Greet", ("always-ada",), ("s03", "s04", "s06")),
        ("Exercise 2. Double", ("plus-two",), ("s05", "s06")),
    ]
    assert lab.unlike == 1  # s07


def test_the_known_mistakes_run_once_and_only_those_of_exercises_that_somebody_missed(course: Path) -> None:
    said: list[str] = []
    first = HereMarker(Store(course).stage)
    course_report.course_report(course, say=said.append, marker=first)
    assert len(first.done) == 10
    assert said == ["Running 10 known mistakes of 01-greeting, once; stop with Ctrl-C, what is done is kept."]
    again = HereMarker(Store(course).stage)
    course_report.course_report(course, say=said.append, marker=again)
    assert again.done == []


@pytest.mark.slow
@pytest.mark.skipif(bool(sandbox_reason()), reason="the sandbox can't be had here")
def test_the_grader_itself_finds_the_same_likes(course: Path) -> None:
    grade(course, "1", again=True)
    lab = course_report.course_report(course).labs[0]
    assert [(one.mistakes, one.students) for one in lab.likes] == [
        (("always-ada",), ("s03", "s04", "s06")),
        (("plus-two",), ("s05", "s06")),
    ]
    assert lab.unlike == 1
    assert [(one.passed, one.unwritten) for one in lab.tallies] == [(8, 1), (7, 2)]


def test_time_is_from_release_to_hand_in_and_late_work_is_named(course: Path) -> None:
    lab = _lab(course)
    assert len(lab.days) == 12
    assert lab.days[-1] == pytest.approx(8.0)
    assert [(one.student, one.late_s) for one in lab.late] == [("s10", 86_400.0)]
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "my-class") as book:
        book.grant_extension("01-greeting", "s10", days=2)
    (course / ".dojo" / "released.json").unlink()
    lab = _lab(course)
    assert (lab.days, lab.late) == ([], [])
    page = (course / "reports" / "report.html").read_text(encoding="utf-8")
    assert "Not known: the course has no note of when this lab was released." in page


def test_a_release_is_noted_once_and_a_damaged_note_is_none(tmp_path: Path) -> None:
    note_release(tmp_path, "01-greeting")
    first = release_times(tmp_path)
    note_release(tmp_path, "01-greeting")
    assert release_times(tmp_path) == first != {}
    (tmp_path / ".dojo" / "released.json").write_text('{"a": 3')
    assert release_times(tmp_path) == {}


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_hostile_names_and_replies_are_text_and_the_page_loads_and_runs_nothing(course: Path) -> None:
    page = Path(_report(course).page).read_text(encoding="utf-8")
    parser = _Tags()
    parser.feed(page)
    tags = [tag for tag, _ in parser.tags]
    assert {"script", "img", "iframe", "link", "object", "form", "a href"}.isdisjoint(tags)
    assert [name for _, attrs in parser.tags for name in attrs if name.startswith("on") or name == "style"] == []
    links = [attrs.get("href") or "" for tag, attrs in parser.tags if tag == "a"]
    assert links
    assert all(link.startswith("#") for link in links)
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 2  # a name, and a reply of s07's code
    assert HOSTILE not in page
    assert "\\u202egnp" in page
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page
    ids = [attrs["id"] for _, attrs in parser.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in links} <= set(ids)


def test_similar_passages_stand_side_by_side_under_a_warning_and_cannot_turn_the_reading_direction(
    course: Path,
) -> None:
    done = _report(course)
    left = Side("greet", 3, 4, f"total = 1\n{HOSTILE}\u202e\x1b[31mred")
    pair = Pair("s01", "s02", 99, 0.5, 20.0, (Passage(60, left, Side("greet", 7, 7, "other = 1")),))
    page = render(replace(done, labs=(replace(done.labs[0], pairs=(pair,)),)))
    assert "Similar is not copied." in page
    shown = page[page.index('<div class="sides">') :]
    assert 0 < shown.index("lines 3 to 4") < shown.index("total = 1") < shown.index("line 7") < shown.index("other = 1")
    assert "\\u202ered" in page
    assert not {"\u202e", "\x1b"} & set(page)
    assert HOSTILE not in page


def test_headings_go_down_one_at_a_time_and_each_plot_has_a_title_and_a_table_after_it(course: Path) -> None:
    page = Path(_report(course).page).read_text(encoding="utf-8")
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    plots = list(
        re.finditer(r"<svg [^>]*role=\"img\" aria-labelledby=\"([^\"]+)\"><title id=\"\1\">[^<]+</title>", page)
    )
    assert len(plots) == page.count("<svg") == 3
    assert all("<table>" in page[plot.end() : page.find("<h3>", plot.end())] for plot in plots)


def test_page_and_table_are_the_teachers_alone_and_a_failure_leaves_the_old_ones(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = _report(course)
    files = [Path(done.page), Path(done.csv)]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    before = [file.read_bytes() for file in files]

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_text", full)
        with pytest.raises(DojoError, match=r"report\.html could not be written \(No space left"):
            _report(course)
    assert [file.read_bytes() for file in files] == before
    shutil.rmtree(course / "reports")
    (course / "reports").write_text("a file")
    with pytest.raises(DojoError, match="could not be written"):
        _report(course)


def test_the_table_has_a_row_for_each_student_and_lab(course: Path) -> None:
    done = _report(course, "1")
    assert Path(done.csv).name == "01-greeting.csv"
    rows = list(csv.DictReader(io.StringIO(Path(done.csv).read_text(encoding="utf-8-sig"), newline="")))
    assert len(rows) == len(ANSWERS) + 1
    by_name = {row["student"]: row for row in rows}
    assert set(by_name) == {*ANSWERS, "zoe"}
    assert by_name["s10"]["late_hours"] == "24"
    assert by_name["s10"]["days_since_release"] == "8"
    assert by_name["s01"]["waits_for_a_person"] == "yes"
    assert (by_name["zoe"]["state"], by_name["zoe"]["points"]) == ("nothing handed in", "")
    assert by_name["s04"]["first_name"] == "'=1+1"


def test_a_lab_that_is_not_graded_yet_has_its_column_and_a_hand_in_its_word(course: Path) -> None:
    hand_in(course, "zoe", {}, assignment="01-greeting")
    with sqlite3.connect(course / "gradebook.db") as database:
        database.execute("insert into assignment (id, name, course_id) values ('x', '02-next', 'my-class')")
    done = _report(course)
    assert [(lab.assignment, len(lab.entries)) for lab in done.labs] == [("01-greeting", 12), ("02-next", 0)]
    assert done.labs[0].ungraded == ("zoe",)
    page = Path(done.page).read_text(encoding="utf-8")
    assert "Handed in and not graded: Ann Lyzoe (zoe)." in page
    assert "02-next, of 0" in page


def test_a_notebook_that_cannot_be_read_costs_one_line(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for student, text in (("s01", "{"), ("s02", "[]"), ("s03", None)):
        path = course / "autograded" / student / "01-greeting" / "01-greeting.ipynb"
        path.chmod(0o644)
        path.write_text(text) if text else path.unlink()
    done = _report(course)
    assert done.labs[0].unread == ("s01", "s02", "s03")
    assert not done.fine
    assert done.labs[0].tallies[0].students == 9
    assert "s03: the graded notebook is not there or can't be read; grade it again." in done.lines()


def test_a_course_that_plain_nbgrader_graded_has_marks_without_reasons(course: Path) -> None:
    for path in (course / "autograded").rglob("*.ipynb"):
        node = json.loads(path.read_text(encoding="utf-8"))
        for cell in node["cells"]:
            cell["metadata"].pop("dojo", None)
        path.chmod(0o644)
        path.write_text(json.dumps(node), encoding="utf-8")
    lab = _lab(course)
    assert [(one.passed, one.not_yet) for one in lab.tallies] == [(8, 4), (7, 5)]
    assert (lab.likes, lab.unlike) == ((), 0)


def test_mistakes_that_cannot_be_run_cost_their_part_alone(course: Path) -> None:
    source = course / "source" / "01-greeting" / "01-greeting.ipynb"
    node = json.loads(source.read_text(encoding="utf-8"))
    node["cells"] = [cell for cell in node["cells"] if cell["id"] != "double"]
    source.write_text(json.dumps(node), encoding="utf-8")
    lab = _lab(course)
    assert lab.likes == ()
    assert "the known mistakes could not be compared: " in lab.notes[0]
    assert len(lab.entries) == 12


def test_what_is_not_there_is_one_sentence(course: Path, tmp_path: Path, lab: Lab) -> None:
    empty = new_course(tmp_path / "empty")
    with pytest.raises(UsageError, match="has no assignments yet; release one with"):
        _report(empty)
    with pytest.raises(UsageError, match=r"Lab 01-greeting was never released in .*; do it with"):
        _report(empty, "1")
    (empty / "source" / lab.name).mkdir()
    (empty / "source" / lab.name / f"{lab.name}.ipynb").write_text("{}")
    with pytest.raises(DojoError, match=r"Nobody is in the class yet: the gradebook of .* has no students"):
        _report(empty)
    with pytest.raises(UsageError, match="did you mean 01-greeting"):
        _report(course, "01-greetin")
    with sqlite3.connect(course / "gradebook.db") as database:
        database.execute("delete from submitted_assignment")
    with pytest.raises(DojoError, match="Nothing is graded yet; do it with `dojo course grade 01-greeting`"):
        _report(course)
    with pytest.raises(DojoError, match="01-greeting is not graded yet"):
        _report(course, "1")
    assert not (course / "reports").exists()


def test_a_gradebook_that_cannot_be_read_is_one_sentence(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classbook, "_PATIENCE_S", 0.1)
    holder = sqlite3.connect(course / "gradebook.db")
    holder.execute("begin exclusive")
    with pytest.raises(DojoError, match="locked by another program"):
        _report(course)
    holder.close()
    with sqlite3.connect(course / "gradebook.db") as database:
        database.execute("alter table student drop column lms_user_id")
    with pytest.raises(DojoError, match="`nbgrader db upgrade` may help"):
        _report(course)


def test_the_command_writes_prints_and_gives_json(
    course: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    whole = course_report.course_report
    monkeypatch.setattr(
        course_report,
        "course_report",
        lambda folder, name, say: whole(folder, name, say, HereMarker(Store(folder).stage)),
    )
    assert main(["course", "report", "--course", str(course)]) == 0
    assert capsys.readouterr().out.startswith("01-greeting: 12 students graded")
    assert main(["course", "report", "1", "--course", str(course), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["labs"][0]["likes"][0]["mistakes"] == ["always-ada"]
    assert told["labs"][0]["marks"][0] == {
        "student": "s01",
        "points": 10.0,
        "penalty": 0.0,
        "waits": True,
        "handed_in": "2026-11-02 12:00:00",
        "late_s": 0.0,
    }
    assert main(["course", "report", "--course", str(tmp_path)]) == 2
    assert "is in no course folder" in capsys.readouterr().err
