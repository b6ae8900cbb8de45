"""Names that LMSs and students write: whose is it, and which notebook is it."""

from __future__ import annotations

import pytest

from dojo.manifest import plain_id
from grader.labels import read_label
from grader.pick import pick
from grader.roster import Roster, Student

CLASS = Roster(
    [
        Student("ada", "Ada", "Lovelace", "a.lovelace@example.org", "340934"),
        Student("grace", "Grace", "Hopper"),
        Student("obrien", "Conan", "O'Brien"),
        Student("lin1", "Lin", "Chen"),
        Student("lin2", "Lin", "Chen", "lin2@example.org"),
    ]
)


@pytest.mark.parametrize(
    ("name", "who", "file"),
    [
        ("Ada Lovelace_71234_assignsubmission_file_", ("Ada Lovelace",), ""),
        ("Ada Lovelace_71234_assignsubmission_file", ("Ada Lovelace",), ""),
        ("Ada Lovelace_71234_assignsubmission_file_my_lab.ipynb", ("Ada Lovelace",), "my_lab.ipynb"),
        (
            "Ada_Maria Lovelace_71234_assignsubmission_onlinetext_onlinetext.html",
            ("Ada_Maria Lovelace",),
            "onlinetext.html",
        ),
        ("lovelaceada_340934_208490284_lab_1.ipynb", ("340934", "lovelaceada"), "lab_1.ipynb"),
        ("lovelaceada_LATE_340934_208490284_lab.ipynb", ("340934", "lovelaceada"), "lab.ipynb"),
        ("Lab_1_ada_attempt_2026-01-30-15-00-00_lab.ipynb", ("ada",), "lab.ipynb"),
        ("Lab_1_ada_attempt_2026-01-30-15-00-00", ("ada",), ""),
    ],
)
def test_each_lms_has_its_way_of_writing_names(name: str, who: tuple[str, ...], file: str) -> None:
    label = read_label(name)
    assert label is not None
    assert (label.who, label.file) == (who, file)


@pytest.mark.parametrize("name", ["lab_1.ipynb", "ada", "01-first-bow.ipynb", "a_1_b.ipynb", "data", "_1_2_"])
def test_a_name_that_no_lms_wrote_is_no_label(name: str) -> None:
    assert read_label(name) is None


def test_an_impossible_time_is_no_time() -> None:
    label = read_label("Lab_ada_attempt_2026-13-40-15-00-00_x.ipynb")
    assert label is not None
    assert label.when is None


@pytest.mark.parametrize(
    ("words", "student"),
    [
        (("ada",), "ada"),
        (("340934", "someone else"), "ada"),
        (("a.lovelace@example.org",), "ada"),
        (("a.lovelace",), "ada"),
        (("lovelaceada",), "ada"),
        (("LOVELACE, Ada",), "ada"),
        (("O Brien Conan",), "obrien"),
        (("Adá Lovelacé",), "ada"),
        (("lin2",), "lin2"),
        (("99", "hoppergrace"), "grace"),
    ],
)
def test_a_student_is_found_by_any_of_their_names(words: tuple[str, ...], student: str) -> None:
    assert CLASS.find(words).student == student


def test_two_who_fit_and_none_who_fits_are_not_guessed() -> None:
    assert CLASS.find(["Lin Chen"]).reason == (
        "'Lin Chen' may be lin1 and lin2; rename it to the student's id and collect again"
    )
    assert CLASS.find(["Ada Lovelac"]).reason == "'Ada Lovelac' is in no roster; did you mean Ada Lovelace?"
    assert "the gradebook has no students" in Roster([]).find(["Ada"]).reason
    assert CLASS.find(["", "  "]).student == ""
    assert CLASS.find(["___"]).student == ""


@pytest.mark.parametrize(
    "word", ["", ".", "..", "../x", "a/b", "a\\b", "a*", "a[1]", "a:b", "-rf", "~root", "a\nb", "a."]
)
def test_an_id_that_could_not_name_a_folder_is_none(word: str) -> None:
    assert not plain_id(word)


@pytest.mark.parametrize("word", ["ada", "ada.l", "a+b", "a@b.c", "rené", "Ada Lovelace", "0123", "_x"])
def test_ordinary_ids_are_fine(word: str) -> None:
    assert plain_id(word)


@pytest.mark.parametrize(
    ("names", "used", "said"),
    [
        (["lab.ipynb"], "lab.ipynb", ""),
        (["LAB.ipynb"], "LAB.ipynb", "lab.ipynb was handed in as LAB.ipynb."),
        (["lab (1).ipynb"], "lab (1).ipynb", "handed in as"),
        (["lab-Copy1.ipynb"], "lab-Copy1.ipynb", "handed in as"),
        (["Copy of lab.ipynb"], "Copy of lab.ipynb", "handed in as"),
        (["ada_lab_final.ipynb"], "ada_lab_final.ipynb", "handed in as"),
        (["homework.ipynb"], "homework.ipynb", "handed in as"),
        (["lab.ipynb", "scratch.ipynb"], "lab.ipynb", ""),
        (["old/lab.ipynb", "lab.ipynb"], "lab.ipynb", "lab.ipynb is used, old/lab.ipynb is kept aside"),
        (["lab-Copy1.ipynb", "lab.ipynb"], "lab.ipynb", "lab-Copy1.ipynb is kept aside"),
    ],
)
def test_one_notebook_is_found_under_the_names_that_it_gets(names: list[str], used: str, said: str) -> None:
    picked = pick(["lab"], names)
    assert dict(picked.files)["lab.ipynb"] == used
    assert picked.missing == ()
    assert said in " ".join(picked.notes)
    assert bool(said) == bool(picked.notes)


def test_two_strangers_are_not_guessed_among() -> None:
    picked = pick(["lab"], ["a.ipynb", "b.ipynb"])
    assert (picked.files, picked.missing) == ((), ("lab",))
    assert "None of a.ipynb, b.ipynb has the name of a notebook of this assignment." in picked.notes


def test_names_that_hold_each_other_are_told_apart() -> None:
    picked = pick(["lab-1", "lab-10"], ["lab-10.ipynb", "lab-1.ipynb"])
    assert dict(picked.files) == {"lab-1.ipynb": "lab-1.ipynb", "lab-10.ipynb": "lab-10.ipynb"}
    assert pick(["lab", "lab-1"], ["lab-1.ipynb"]).missing == ("lab",)


def test_other_files_lie_around_the_notebook_as_they_did_and_other_notebooks_stay_aside() -> None:
    names = ["w/lab.ipynb", "w/data/a.csv", "w/timestamp.txt", "photo.png", "w/other.ipynb", "submission_secret.txt"]
    assert dict(pick(["lab"], names).files) == {
        "lab.ipynb": "w/lab.ipynb",
        "data/a.csv": "w/data/a.csv",
        "photo.png": "photo.png",
    }


def test_a_file_that_would_take_a_folders_place_is_left_out() -> None:
    placed = dict(pick(["lab"], ["lab.ipynb", "data", "w/lab.ipynb", "data/x.csv", "LAB.IPYNB/x"]).files)
    assert placed == {"lab.ipynb": "lab.ipynb", "data": "data"}
