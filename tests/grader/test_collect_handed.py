"""Zips that `dojo submit` made find their students, and a mix-up is named and loses nothing."""

from __future__ import annotations

import json
import os
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from conftest import answer

from dojo import catalog
from dojo import submit as submitting
from dojo.catalog import Lab
from dojo.course import new_course
from dojo.errors import DojoError
from dojo.submit import submit
from dojo.workspace import Workspace
from grader.collect import Collected, Row, collect

NAME = "01-greeting"


@pytest.fixture
def course(tmp_path: Path, lab: Lab) -> Path:
    folder = new_course(tmp_path / "class")
    for name in (NAME, "02-other"):
        (folder / "source" / name).mkdir()
        (folder / "source" / name / f"{name}.ipynb").write_text("{}")
    return folder


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    file = tmp_path / "students.csv"
    file.write_text("id,first_name,last_name,lms_user_id\nada,Ada,Lovelace,340934\nbob,Bob,Byte,334244\nzoë,Zoë,Ü,\n")
    return file


def _zip(workspace: Workspace, student: str, mark: str = "", lab: Lab | None = None) -> bytes:
    """A hand-in of the small course's lab, signed by this student."""
    chosen = lab or catalog.find_lab("1")
    answer(workspace.lab_notebook(catalog.find_lab("1")), greet=f"# {mark or student}")
    return submit(workspace, chosen, student).path.read_bytes()


def _put(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def _pack(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return path


def _row(found: Collected, name: str) -> Row:
    return next(row for row in found.rows if row.student == name or (not row.student and name in row.origin))


def _handed(course: Path, student: str) -> str:
    return (course / "submitted" / student / NAME / f"{NAME}.ipynb").read_text(encoding="utf-8")


def _apart(course: Path) -> list[str]:
    return sorted(path.name for path in (course / ".dojo" / "set-apart" / NAME).glob("*/*"))


def test_a_folder_of_zips_is_matched_by_signature(
    course: Path, workspace: Workspace, roster: Path, tmp_path: Path
) -> None:
    files = {f"{one}.zip": _zip(workspace, one) for one in ("ada", "bob", "zoë")}
    found = collect(course, NAME, _put(tmp_path / "in", files), roster)
    assert {row.student: row.state for row in found.rows} == {"ada": "new", "bob": "new", "zoë": "new"}
    assert all(row.notes == () for row in found.rows)
    assert "# bob" in _handed(course, "bob")
    assert not (course / "submitted" / "bob" / NAME / "hand-in.json").exists()
    again = collect(course, NAME, tmp_path / "in", roster)
    assert {row.state for row in again.rows} == {"same"}


@pytest.mark.parametrize(
    ("ada", "bob"),
    [
        ("Ada Lovelace_71234_assignsubmission_file_/{zip}", "Bob Byte_71235_assignsubmission_file_/{zip}"),
        ("Ada Lovelace_71234_assignsubmission_file_{zip}", "Bob Byte_71235_assignsubmission_file_{zip}"),
        ("lovelaceada_340934_208490284_{zip}", "bytebob_LATE_334244_208490285_{zip}"),
    ],
    ids=["moodle-folders", "moodle-flat", "canvas"],
)
def test_an_lms_zip_of_hand_ins_is_matched_and_swapped_ones_are_set_apart(
    course: Path, workspace: Workspace, roster: Path, tmp_path: Path, ada: str, bob: str
) -> None:
    hers, his = _zip(workspace, "ada"), _zip(workspace, "bob")
    good = _pack(tmp_path / "good.zip", {ada.format(zip="hand-in-a.zip"): hers, bob.format(zip="hand-in-b.zip"): his})
    assert {row.student: row.state for row in collect(course, NAME, good, roster).rows if row.origin} == {
        "ada": "new",
        "bob": "new",
    }
    swapped = _pack(tmp_path / "swapped.zip", {ada.format(zip="hand-in-b.zip"): his, bob.format(zip="b.zip"): his})
    found = collect(course, NAME, swapped, roster)
    assert _row(found, "bob").state == "same"
    set_apart = next(row for row in found.rows if row.state == "apart")
    assert set_apart.notes[0] == "Is signed by bob, and ada handed it in."
    assert not found.fine
    assert "# ada" in _handed(course, "ada")
    assert _apart(course) == [f"{NAME}.ipynb", "SHA256SUMS", "hand-in.json"]


def test_one_hand_in_uploaded_by_two_people_of_no_roster_is_set_apart_for_both(
    course: Path, workspace: Workspace, tmp_path: Path
) -> None:
    one = _zip(workspace, "ada")
    labels = ("Ada Lovelace_1_assignsubmission_file_/a.zip", "Bob Byte_2_assignsubmission_file_/a.zip")
    found = collect(course, NAME, _pack(tmp_path / "lms.zip", dict.fromkeys(labels, one)))
    assert [row.state for row in found.rows] == ["apart", "apart"]
    assert found.rows[0].notes[0] == "Was handed in by Ada Lovelace and by Bob Byte."
    assert not (course / "submitted").exists()


def test_a_changed_zip_is_named_and_kept_for_the_teacher(
    course: Path, workspace: Workspace, roster: Path, tmp_path: Path
) -> None:
    whole = tmp_path / "whole.zip"
    whole.write_bytes(_zip(workspace, "ada"))
    with zipfile.ZipFile(whole) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    source = tmp_path / "in"
    source.mkdir()
    _pack(source / "changed.zip", {**files, f"{NAME}.ipynb": b'{"cells": ["swapped"]}'})
    (source / "cut.zip").write_bytes(whole.read_bytes()[:-300])
    found = collect(course, NAME, source, roster)
    assert _row(found, "changed.zip").notes[0] == f"Has another {NAME}.ipynb than it was made with."
    assert _row(found, "cut.zip").state == "unmatched"
    kept = next((course / ".dojo" / "set-apart" / NAME).glob(f"*/{NAME}.ipynb"))
    assert kept.read_bytes() == b'{"cells": ["swapped"]}'
    decided = _put(tmp_path / "decided", {f"ada/{NAME}.ipynb": kept.read_bytes()})
    assert _row(collect(course, NAME, decided, roster), "ada").state == "new"


def test_a_full_disk_leaves_a_set_apart_hand_in_where_it_is_and_collects_the_rest(
    course: Path, workspace: Workspace, roster: Path, tmp_path: Path
) -> None:
    source = _put(tmp_path / "in", {"ada/x.zip": _zip(workspace, "bob"), "y.zip": _zip(workspace, "ada")})
    (course / ".dojo").mkdir()
    (course / ".dojo" / "set-apart").write_text("in the way")
    found = collect(course, NAME, source, roster)
    assert "could not be kept apart" in _row(found, "ada/x.zip").notes[0]
    assert _row(found, "ada").state == "new"


def test_another_labs_hand_in_is_passed_over_and_named(
    course: Path, workspace: Workspace, roster: Path, tmp_path: Path
) -> None:
    source = _put(tmp_path / "in", {"ada.zip": _zip(workspace, "ada")})
    found = collect(course, "02-other", source, roster)
    assert _row(found, "ada.zip").state == "elsewhere"
    assert _row(found, "ada.zip").notes == (f"Is a hand-in for {NAME}, not for 02-other.",)
    assert found.fine


def test_the_hand_in_made_last_counts_whatever_its_name(
    course: Path, workspace: Workspace, roster: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Later(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]  # only ever called with UTC
            return datetime.now(tz) + timedelta(minutes=5)  # type: ignore[arg-type]  # as above

    first = _zip(workspace, "ada", "first")
    monkeypatch.setattr(submitting, "datetime", Later)
    second = _zip(workspace, "ada", "second")
    found = collect(course, NAME, _put(tmp_path / "in", {"a.zip": second, "z.zip": first}), roster)
    assert "# second" in _handed(course, "ada")
    assert _row(found, "ada").notes == ("2 hand-ins are signed with this id; the one made last is the newest.",)
    assert _row(found, "ada").versions == 2


def test_an_id_that_nobody_has_is_taken_from_the_lms_or_set_apart(
    course: Path, workspace: Workspace, roster: Path, tmp_path: Path
) -> None:
    one = _zip(workspace, "adda")
    label = "Ada Lovelace_1_assignsubmission_file_/a.zip"
    found = collect(course, NAME, _pack(tmp_path / "lms.zip", {label: one}), roster)
    assert _row(found, "ada").notes == ("It is signed 'adda', which is in no roster; Ada Lovelace handed it in.",)
    found = collect(course, NAME, _put(tmp_path / "in", {"a.zip": one}), roster)
    assert _row(found, "a.zip").state == "apart"
    assert "did you mean ada?" in _row(found, "a.zip").notes[0]


def test_a_hand_in_of_an_older_lab_is_noted(course: Path, workspace: Workspace, roster: Path, tmp_path: Path) -> None:
    _put(course, {f"release/{NAME}/{NAME}.ipynb": b"a newer release"})
    found = collect(course, NAME, _put(tmp_path / "in", {"a.zip": _zip(workspace, "ada")}), roster)
    assert _row(found, "ada").notes == (
        "It was begun on another version of the lab than the course's; the course's tests mark it.",
    )


def test_a_roster_that_has_an_id_twice_is_one_sentence(course: Path, workspace: Workspace, tmp_path: Path) -> None:
    roster = tmp_path / "twice.csv"
    roster.write_text("id,first_name,last_name\nada,Ada,Lovelace\nbob,Bob,Byte\nada,Adam,Ant\n")
    with pytest.raises(DojoError, match="gives the id 'ada' to Ada Lovelace and to Adam Ant; give each student"):
        collect(course, NAME, _put(tmp_path / "in", {"a.zip": _zip(workspace, "ada")}), roster)
    assert not (course / "submitted").exists()


def test_a_manifest_in_a_students_folder_swallows_no_other_files(course: Path, roster: Path, tmp_path: Path) -> None:
    """A hand-in unpacked straight into a folder of many owns only what it lists."""
    manifest = {"form": 1, "lab": NAME, "student": "ada", "made": "", "kit": "", "version": "", "files": {}}
    source = _put(tmp_path / "in", {"hand-in.json": json.dumps(manifest).encode(), f"bob/{NAME}.ipynb": b"{}"})
    found = collect(course, NAME, source, roster)
    assert _row(found, "bob").state == "new"
    assert os.listdir(course / "submitted") == ["bob"]  # noqa: PTH208  # names alone are compared


def test_an_exchange_with_wrong_permissions_is_one_sentence(
    course: Path, roster: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbound = course / "exchange" / "class" / "inbound"
    _put(inbound, {f"ada+{NAME}+2026-11-28 10:00:00 UTC+abc/{NAME}.ipynb": b"{}"})

    is_dir = Path.is_dir

    def refuse(self: Path) -> bool:
        if self == inbound:
            raise PermissionError(13, "Permission denied", str(self))
        return is_dir(self)

    with monkeypatch.context() as closed:
        closed.setattr(Path, "is_dir", refuse)
        with pytest.raises(DojoError, match=r"can't be read \(Permission denied\); let whoever set it up"):
            collect(course, NAME, None, roster)
    with monkeypatch.context() as closed:
        closed.setattr(Path, "iterdir", refuse)
        found = collect(course, NAME, None, roster)
    assert _row(found, str(inbound)).notes == ("Can't be read (Permission denied).",)
    assert _row(collect(course, NAME, None, roster), "ada").state == "new"
