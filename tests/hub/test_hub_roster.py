"""The roster: who is in the class, and what is said about a line that breaks a rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from dojo.catalog import course_root
from dojo.errors import DojoError
from dojo.hub.roster import Person, read_roster


def write(folder: Path, text: str) -> Path:
    path = folder / "roster.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_demo_roster_has_a_teacher_and_two_students() -> None:
    people = read_roster(course_root() / "deploy" / "roster.csv")
    assert people == (Person("teacher", "instructor"), Person("ada", "student"), Person("grace", "student"))


def test_columns_stand_in_any_order_and_names_are_small_letters(tmp_path: Path) -> None:
    path = write(tmp_path, "\ufeffRole,Name\r\ninstructor,Kim\r\n\r\nstudent, Ada.Lovelace@school.example \r\n")
    assert read_roster(path) == (Person("kim", "instructor"), Person("ada.lovelace@school.example", "student"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("nam,role\nkim,instructor\n", "line 1: the column 'nam' is unknown; did you mean name"),
        ("name\nkim\n", "needs the columns name and role once each"),
        ("name,name\nkim,instructor\n", "needs the columns name and role once each"),
        ("name,role\nkim,instructor\nada,student\nAda,student\n", "line 4: 'ada' stands in line 3 already"),
        ("name,role\nkim,instructor\nada,studnet\n", "line 3: the role 'studnet' is unknown; did you mean student"),
        ("name,role\nkim,instructor\nada\n", "line 3: the role '' is unknown; use student"),
        ("name,role\nkim,instructor\n../ada,student\n", "the name '../ada' can't be logged in with"),
        ("name,role\nkim,instructor\nada+x,student\n", "the name 'ada+x' can't be logged in with"),
        ("name,role\nada,student\n", "has no instructor; add a line such as teacher,instructor"),
    ],
)
def test_a_line_that_breaks_a_rule_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(DojoError) as problem:
        read_roster(write(tmp_path, text))
    assert said in str(problem.value)
    assert "\n" not in str(problem.value)


def test_a_roster_that_is_no_text_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_bytes(b"name,role\nJos\xe9,student\n")
    with pytest.raises(DojoError, match=r"can't be read .*save it as CSV in UTF-8"):
        read_roster(tmp_path / "roster.csv")
