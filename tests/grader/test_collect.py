"""What students handed in reaches `submitted/`, whoever packed it and however."""

from __future__ import annotations

import json
import os
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dojo.course import new_course
from dojo.errors import DojoError, UsageError
from grader.collect import Collected, Row, collect
from grader.lock import course_lock

NOTEBOOK = '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course with two assignments, of one notebook each, and nobody in its roster."""
    folder = new_course(tmp_path / "class")
    for name in ("ps1", "ps2"):
        (folder / "source" / name).mkdir()
        (folder / "source" / name / f"{name}-work.ipynb").write_text(NOTEBOOK)
    return folder


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    file = tmp_path / "students.csv"
    file.write_text(
        "id,first_name,last_name,email,lms_user_id\n"
        "ada,Ada,Lovelace,a.lovelace@example.org,340934\n"
        "grace,Grace,Hopper,,334244\n"
        "rené,René,Descartes,,\n"
        "lin1,Lin,Chen,,\nlin2,Lin,Chen,,\n"
    )
    return file


def _notebook(mark: str) -> str:
    return json.dumps({**json.loads(NOTEBOOK), "metadata": {"mark": mark}})


def _zip(path: Path, files: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return path


def _tree(folder: Path, files: dict[str, str]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content)
    return folder


def test_a_submission_that_is_being_graded_is_not_exchanged(course: Path, tmp_path: Path) -> None:
    source = _tree(tmp_path / "in", {"ada/ps1-work.ipynb": NOTEBOOK})
    with course_lock(course), pytest.raises(DojoError, match="Another grading run is at work"):
        collect(course, "ps1", source)
    assert not (course / "submitted").exists()


def _row(collected: Collected, name: str) -> Row:
    return next(row for row in collected.rows if name in (row.student, row.origin))


def _mark(course: Path, student: str, assignment: str = "ps1") -> str:
    path = course / "submitted" / student / assignment / f"{assignment}-work.ipynb"
    return str(json.loads(path.read_text())["metadata"]["mark"])


def _hand_in(course: Path, student: str, when: str, mark: str, assignment: str = "ps1", tail: str = "+abc") -> Path:
    """A hand-in as nbgrader's exchange keeps it."""
    folder = course / "exchange" / "class" / "inbound" / f"{student}+{assignment}+{when}{tail}"
    return _tree(folder, {f"{assignment}-work.ipynb": _notebook(mark), "submission_secret.txt": "a1" * 64})


def test_a_moodle_zip_is_matched_by_name_whether_or_not_it_has_folders(
    course: Path, roster: Path, tmp_path: Path
) -> None:
    packed = _zip(
        tmp_path / "moodle.zip",
        {
            "Ada Lovelace_71234_assignsubmission_file_/ps1-work.ipynb": _notebook("ada"),
            "Ada Lovelace_71234_assignsubmission_onlinetext_/onlinetext.html": "<p>hello</p>",
            "Hopper Grace_71235_assignsubmission_file_ps1-work.ipynb": _notebook("grace"),
            "Rene Descartes_71236_assignsubmission_file/ps1-work.ipynb": _notebook("rené"),
        },
    )
    done = collect(course, "ps1", packed, roster)
    assert [row.student for row in done.rows if row.state == "new"] == ["ada", "grace", "rené"]
    assert [_mark(course, one) for one in ("ada", "grace", "rené")] == ["ada", "grace", "rené"]
    assert not (course / "submitted" / "ada" / "ps1" / "timestamp.txt").exists()


def test_a_canvas_zip_is_matched_by_number_and_says_who_is_late(course: Path, roster: Path, tmp_path: Path) -> None:
    packed = _zip(
        tmp_path / "canvas.zip",
        {
            "lovelaceada_340934_208490284_ps1-work.ipynb": _notebook("ada"),
            "hoppergrace_LATE_334244_208490285_ps1-work-2.ipynb": _notebook("grace"),
        },
    )
    done = collect(course, "ps1", packed, roster)
    assert _mark(course, "ada") == "ada"
    assert _mark(course, "grace") == "grace"
    assert _row(done, "grace").notes == (
        "Canvas marks it as late.",
        "ps1-work.ipynb was handed in as ps1-work-2.ipynb.",
    )


def test_blackboards_attempts_are_versions_and_the_newest_counts(course: Path, roster: Path, tmp_path: Path) -> None:
    packed = _zip(
        tmp_path / "bb.zip",
        {
            "Lab_ada_attempt_2026-01-30-15-00-00_ps1-work.ipynb": _notebook("first"),
            "Lab_ada_attempt_2026-01-31-09-30-00_ps1-work.ipynb": _notebook("second"),
        },
    )
    done = collect(course, "ps1", packed, roster)
    assert (_mark(course, "ada"), _row(done, "ada").versions) == ("second", 2)
    assert (course / "submitted" / "ada" / "ps1" / "timestamp.txt").read_text().startswith("2026-01-31")


def test_a_folder_for_each_student_works_with_and_without_the_assignments_own_folder(
    course: Path, roster: Path, tmp_path: Path
) -> None:
    source = _tree(
        tmp_path / "in",
        {
            "unpacked/ada/ps1/ps1-work.ipynb": _notebook("ada"),
            "unpacked/ada/ps2/ps2-work.ipynb": _notebook("other"),
            "unpacked/grace/work/ps1-work.ipynb": _notebook("grace"),
            "unpacked/grace/work/data/a.csv": "1,2",
        },
    )
    done = collect(course, "ps1", source, roster)
    assert (_mark(course, "ada"), _mark(course, "grace")) == ("ada", "grace")
    assert (course / "submitted" / "grace" / "ps1" / "data" / "a.csv").read_text() == "1,2"
    assert [path.name for path in (course / "submitted" / "ada").iterdir()] == ["ps1"]
    assert done.fine


def test_without_a_roster_the_folders_name_the_students(course: Path, tmp_path: Path) -> None:
    source = _tree(
        tmp_path / "in",
        {"ada/ps1/ps1-work.ipynb": _notebook("ada"), "bob/ps1-work.ipynb": _notebook("bob"), "zoe.ipynb": NOTEBOOK},
    )
    done = collect(course, "ps1", source)
    assert [(row.student, row.state) for row in done.rows] == [("ada", "new"), ("bob", "new"), ("zoe", "new")]
    assert _row(done, "zoe").notes == ("ps1-work.ipynb was handed in as zoe.ipynb.",)


def test_the_gradebooks_students_are_the_roster(course: Path, tmp_path: Path) -> None:
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        gradebook.add_student("ada", first_name="Ada", last_name="Lovelace", email="ada@example.org")
    source = _tree(tmp_path / "in", {"Lovelace, Ada/ps1-work.ipynb": _notebook("ada"), "bob/x.ipynb": NOTEBOOK})
    done = collect(course, "ps1", source)
    assert _row(done, "ada").state == "new"
    assert _row(done, "bob").notes[0].startswith("'bob' is in no roster; ")


def test_what_fits_nobody_or_two_is_named_with_the_reason(course: Path, roster: Path, tmp_path: Path) -> None:
    source = _tree(
        tmp_path / "in",
        {"adda/ps1-work.ipynb": NOTEBOOK, "Lin Chen/ps1-work.ipynb": NOTEBOOK, "ada/ps1-work.ipynb": NOTEBOOK},
    )
    done = collect(course, "ps1", source, roster)
    assert _row(done, "adda").notes == ("'adda' is in no roster; did you mean ada?",)
    assert "may be lin1 and lin2" in _row(done, "Lin Chen").notes[0]
    assert _row(done, "ada").state == "new"
    assert not done.fine
    assert done.lines()[-3:] == [
        "A folder or a zip does not say when it was handed in, so nobody in it counts as late.",
        "Nothing from: grace, lin1, lin2, rené.",
        "ps1: 1 collected, 0 as they were, 2 to look at, 4 with nothing handed in.",
    ]


def test_a_file_may_carry_its_students_name_where_there_are_no_folders(
    course: Path, roster: Path, tmp_path: Path
) -> None:
    source = _tree(
        tmp_path / "in",
        {"ada_ps1.ipynb": _notebook("ada"), "ps1-work grace.ipynb": _notebook("grace"), "ps1-work.ipynb": NOTEBOOK},
    )
    done = collect(course, "ps1", source, roster)
    assert (_mark(course, "ada"), _mark(course, "grace")) == ("ada", "grace")
    assert [row.origin for row in done.rows if row.state == "unmatched"] == ["ps1-work.ipynb"]


def test_a_students_own_zip_is_opened(course: Path, roster: Path, tmp_path: Path) -> None:
    inner = _zip(tmp_path / "inner.zip", {"work/ps1-work.ipynb": _notebook("ada"), "work/x.txt": "x"}).read_bytes()
    outer = _zip(tmp_path / "outer.zip", {"Ada Lovelace_1_assignsubmission_file_/mine.zip": inner, "grace.zip": inner})
    collect(course, "ps1", outer, roster)
    assert (_mark(course, "ada"), _mark(course, "grace")) == ("ada", "ada")
    assert (course / "submitted" / "ada" / "ps1" / "x.txt").exists()


def test_the_exchange_gives_the_newest_with_its_time_and_its_secret(course: Path, roster: Path) -> None:
    _hand_in(course, "ada", "2026-01-30 15:00:00.000000 UTC", "first")
    _hand_in(course, "ada", "2026-01-31 15:00:00.250000 UTC", "second", tail="+x_y-z")
    _hand_in(course, "ada", "2026-01-31 16:00:00.000000 UTC", "other", assignment="ps2")
    done = collect(course, "ps1", None, roster)
    folder = course / "submitted" / "ada" / "ps1"
    assert (_mark(course, "ada"), _row(done, "ada").versions) == ("second", 2)
    assert (folder / "timestamp.txt").read_text() == "2026-01-31 15:00:00.250000 UTC"
    assert (folder / "submission_secret.txt").read_text() == "a1" * 64


def test_times_that_lie_ahead_or_cant_be_read_are_the_time_of_collection(course: Path, roster: Path) -> None:
    _hand_in(course, "ada", "2199-01-30 15:00:00.000000 UTC", "ada")
    _hand_in(course, "grace", "yesterday", "grace")
    before = datetime.now(UTC) - timedelta(seconds=2)
    done = collect(course, "ps1", None, roster)
    assert "which is still to come; the time of collection counts" in _row(done, "ada").notes[0]
    assert "'yesterday' can't be read; the time of collection counts" in _row(done, "grace").notes[0]
    for student in ("ada", "grace"):
        text = (course / "submitted" / student / "ps1" / "timestamp.txt").read_text()
        when = datetime.strptime(text, "%Y-%m-%d %H:%M:%S.%f UTC").replace(tzinfo=UTC)
        assert before < when < datetime.now(UTC) + timedelta(seconds=2)
    again = collect(course, "ps1", None, roster)
    assert [row.state for row in again.rows if row.when] == ["same", "same"]


def test_a_student_in_no_roster_who_used_the_exchange_is_collected_with_a_note(course: Path, roster: Path) -> None:
    _hand_in(course, "zoe", "2026-01-30 15:00:00.000000 UTC", "zoe")
    assert _row(collect(course, "ps1", None, roster), "zoe").notes[0].startswith("This student is in no roster")
    assert _mark(course, "zoe") == "zoe"


@pytest.mark.skipif(os.name == "nt", reason="such names can't be made on Windows")
def test_what_nobody_honest_puts_into_the_exchange_is_refused(course: Path, roster: Path, tmp_path: Path) -> None:
    _hand_in(course, "..", "2026-01-30 15:00:00.000000 UTC", "out")
    _hand_in(course, "a*", "2026-01-30 15:00:00.000000 UTC", "glob")
    _tree(tmp_path / "secret", {"ps1-work.ipynb": _notebook("secret")})
    (course / "exchange" / "class" / "inbound" / "ada+ps1+2026-01-30 15:00:00 UTC").symlink_to(tmp_path / "secret")
    done = collect(course, "ps1", None, roster)
    assert done.count("unmatched") == 3
    assert not (course / "submitted").exists()


def test_a_students_own_notes_about_time_and_secret_count_for_nothing(course: Path, tmp_path: Path) -> None:
    source = _tree(
        tmp_path / "in",
        {
            "ada/ps1-work.ipynb": NOTEBOOK,
            "ada/timestamp.txt": "1999-01-01 00:00:00 UTC",
            "ada/submission_secret.txt": "grace's",
            "bob/deep/ps1-work.ipynb": NOTEBOOK,
            "bob/deep/timestamp.txt": "1999-01-01 00:00:00 UTC",
        },
    )
    collect(course, "ps1", source)
    for student in ("ada", "bob"):
        assert not (course / "submitted" / student / "ps1" / "timestamp.txt").exists()
        assert len((course / "submitted" / student / "ps1" / "submission_secret.txt").read_text()) == 128


def test_every_version_is_kept_and_an_older_one_never_replaces_a_newer(course: Path, roster: Path) -> None:
    _hand_in(course, "ada", "2026-01-31 15:00:00.000000 UTC", "second")
    assert _row(collect(course, "ps1", None, roster), "ada").state == "new"
    _hand_in(course, "ada", "2026-01-30 15:00:00.000000 UTC", "first")
    assert _row(collect(course, "ps1", None, roster), "ada").state == "older"
    assert _mark(course, "ada") == "second"
    _hand_in(course, "ada", "2026-02-01 15:00:00.000000 UTC", "third")
    assert _row(collect(course, "ps1", None, roster), "ada").state == "newer"
    assert _mark(course, "ada") == "third"
    assert _row(collect(course, "ps1", None, roster), "ada").state == "same"
    kept = (course / ".dojo" / "collected" / "ps1" / "ada").glob("*/files/ps1-work.ipynb")
    assert sorted(json.loads(path.read_text())["metadata"]["mark"] for path in kept) == ["first", "second", "third"]


def test_a_persons_change_in_submitted_stays_until_something_newer_comes_and_is_kept_then(
    course: Path, roster: Path
) -> None:
    _hand_in(course, "ada", "2026-01-30 15:00:00.000000 UTC", "first")
    collect(course, "ps1", None, roster)
    standing = course / "submitted" / "ada" / "ps1" / "ps1-work.ipynb"
    standing.write_text(_notebook("mended by hand"))
    assert _row(collect(course, "ps1", None, roster), "ada").state == "yours"
    assert _mark(course, "ada") == "mended by hand"
    _hand_in(course, "ada", "2026-02-01 15:00:00.000000 UTC", "second")
    assert _row(collect(course, "ps1", None, roster), "ada").state == "newer"
    assert _mark(course, "ada") == "second"
    kept = (course / ".dojo" / "collected" / "ps1" / "ada").glob("*/files/ps1-work.ipynb")
    assert "mended by hand" in {json.loads(path.read_text())["metadata"]["mark"] for path in kept}


def test_what_nbgrader_collected_before_is_taken_over(course: Path, roster: Path) -> None:
    _hand_in(course, "ada", "2026-01-30 15:00:00.000000 UTC", "first")
    _tree(
        course / "submitted" / "ada" / "ps1",
        {"ps1-work.ipynb": _notebook("first"), "timestamp.txt": "2026-01-30 15:00:00.000000 UTC"},
    )
    assert _row(collect(course, "ps1", None, roster), "ada").state in ("same", "older")
    _hand_in(course, "ada", "2026-01-31 15:00:00.000000 UTC", "second")
    assert _row(collect(course, "ps1", None, roster), "ada").state == "newer"


def test_a_collection_that_was_cut_off_is_finished_by_the_next(course: Path, roster: Path) -> None:
    _hand_in(course, "ada", "2026-01-30 15:00:00.000000 UTC", "first")
    collect(course, "ps1", None, roster)
    shelf = course / ".dojo" / "collected" / "ps1" / "ada"
    # Killed between the two moves, and in the middle of keeping another version.
    (course / "submitted" / "ada" / "ps1").rename(course / "submitted" / "ada" / ".ps1-old-1")
    _tree(shelf / ".part-1", {"files/ps1-work.ipynb": "half"})
    assert _row(collect(course, "ps1", None, roster), "ada").state == "new"
    assert _mark(course, "ada") == "first"


def test_one_that_cannot_be_written_never_stops_the_others(
    course: Path, roster: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _hand_in(course, "ada", "2026-01-30 15:00:00.000000 UTC", "ada")
    _hand_in(course, "grace", "2026-01-30 15:00:00.000000 UTC", "grace")
    (course / ".dojo" / "collected" / "ps1").mkdir(parents=True)
    (course / ".dojo" / "collected" / "ps1" / "ada").write_text("in the way")
    done = collect(course, "ps1", None, roster)
    assert _row(done, "ada").state == "refused"
    assert "It could not be written (" in _row(done, "ada").notes[-1]
    assert _mark(course, "grace") == "grace"


def test_a_hand_in_of_nothing_usable_is_refused_with_the_reason(course: Path, roster: Path, tmp_path: Path) -> None:
    packed = _zip(tmp_path / "in.zip", {"ada/work.zip": b"no zip at all", "grace/work.rar": b"Rar!"})
    done = collect(course, "ps1", packed, roster)
    assert _row(done, "ada").state == "refused"
    assert _row(done, "ada").notes[0].startswith("work.zip is no whole zip (")
    assert "is an archive of a kind that is not opened" in _row(done, "grace").notes[0]


def test_a_missing_notebook_is_said_and_the_rest_is_collected(course: Path, tmp_path: Path) -> None:
    (course / "source" / "ps1" / "second.ipynb").write_text(NOTEBOOK)
    source = _tree(tmp_path / "in", {"ada/ps1-work.ipynb": _notebook("ada")})
    assert _row(collect(course, "ps1", source), "ada").notes == ("second.ipynb is missing.",)
    assert _mark(course, "ada") == "ada"


def test_an_empty_class_and_a_wrong_place_are_one_sentence_each(course: Path, tmp_path: Path) -> None:
    with pytest.raises(DojoError, match=r"There is no exchange at .*; name a folder or an LMS's zip"):
        collect(course, "ps1")
    (course / "exchange" / "class" / "inbound").mkdir(parents=True)
    assert collect(course, "ps1").lines() == [
        "ps1: 0 collected, 0 as they were, 0 to look at, 0 with nothing handed in."
    ]
    with pytest.raises(UsageError, match=r"There is no assignment 'ps3' in .*; did you mean ps"):
        collect(course, "ps3")
    with pytest.raises(DojoError, match=r"There is no .*nowhere; name a folder, or the zip"):
        collect(course, "ps1", tmp_path / "nowhere")
    (tmp_path / "text.txt").write_text("x")
    with pytest.raises(DojoError, match="is neither a folder nor a zip"):
        collect(course, "ps1", tmp_path / "text.txt")


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("name;mail\nAda;a@b.c\n", "has no column for ids"),
        ("id\n../x\n", "can't name a folder"),
        ("id\n" + "x" * 200_000, "is no CSV table"),
    ],
)
def test_a_table_of_students_that_cannot_be_used_is_one_sentence(
    course: Path, tmp_path: Path, table: str, said: str
) -> None:
    file = tmp_path / "roster.csv"
    file.write_text(table)
    with pytest.raises(DojoError, match=said):
        collect(course, "ps1", None, file)


def test_canvas_and_moodle_tables_of_students_are_read(course: Path, tmp_path: Path) -> None:
    canvas = tmp_path / "canvas.csv"
    canvas.write_text('Student,ID,SIS User ID,SIS Login ID,Section\n"Lovelace, Ada",340934,77,ada,A\n')
    moodle = tmp_path / "moodle.csv"
    moodle.write_text(
        '\ufeff"First name","Last name","ID number","Email address"\n"Grace","Hopper","grace","g@example.org"\n',
        encoding="utf-8",
    )
    packed = _zip(tmp_path / "c.zip", {"lovelaceada_340934_1_ps1-work.ipynb": _notebook("ada")})
    assert _row(collect(course, "ps1", packed, canvas), "ada").state == "new"
    packed = _zip(tmp_path / "m.zip", {"Grace Hopper_1_assignsubmission_file_/ps1-work.ipynb": _notebook("grace")})
    assert _row(collect(course, "ps1", packed, moodle), "grace").state == "new"


def test_each_row_is_told_as_it_is_made(course: Path, tmp_path: Path) -> None:
    source = _tree(tmp_path / "in", {"ada/ps1-work.ipynb": NOTEBOOK, "bob/ps1-work.ipynb": NOTEBOOK})
    heard: list[Row] = []
    done = collect(course, "ps1", source, progress=heard.append)
    assert heard == list(done.rows)
    assert json.loads(json.dumps(done.table()))[0]["words"] == "collected"


def test_a_file_where_there_is_a_folder_costs_only_itself(course: Path, tmp_path: Path) -> None:
    packed = _zip(tmp_path / "in.zip", {"ada/ps1-work.ipynb": _notebook("ada"), "ada/x": "1", "ada/x/y": "2"})
    done = collect(course, "ps1", packed)
    assert _mark(course, "ada") == "ada"
    assert "is a file where there is a folder" in _row(done, "ada").notes[0]
