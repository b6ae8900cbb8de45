"""A student's notebook against its lab's tests: what passes, what to fix, and what bad notebooks get."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import answer, cell_of

from dojo import catalog, words
from dojo.catalog import Lab
from dojo.check import Report, check
from dojo.errors import DojoError
from dojo.progress import LabProgress
from dojo.run import Runner
from dojo.workspace import Workspace

GREET = "def greet(name):\n    return f'Hello, {name}!'"
DOUBLE = "def double(number):\n    return number * 2"


def _check(lab: Lab, workspace: Workspace, runner: Runner, **answers: str) -> Report:
    path = workspace.lab_notebook(lab)
    answer(path, **answers)
    return check(lab, path, runner)


def test_a_solved_lab_passes_with_all_points(lab: Lab, workspace: Workspace, runner: Runner) -> None:
    report = _check(lab, workspace, runner, greet=GREET, double=DOUBLE)
    assert report.passed
    assert (report.points, report.possible) == (10, 10)
    assert "All exercises pass" in words.report_text(report, LabProgress())


def test_a_fresh_lab_is_not_written_yet(lab: Lab, workspace: Workspace, runner: Runner) -> None:
    report = _check(lab, workspace, runner)
    text = words.report_text(report, LabProgress())
    assert report.points == 0
    assert "Exercise 1. Greet - not written yet, 0 of 4" in text
    assert "Next: exercise 1. Stuck? Hint 1 of 3: dojo hint 1 1" in text


def test_a_wrong_answer_is_told_with_given_came_wanted_and_think(
    lab: Lab, workspace: Workspace, runner: Runner
) -> None:
    report = _check(lab, workspace, runner, greet="def greet(name):\n    return 'Hello, Ada!'", double=DOUBLE)
    text = words.report_text(report, LabProgress())
    for line in ("Given   greet('Grace Hopper')", "Came    returned 'Hello, Ada!'", "Think   Is every name greeted?"):
        assert line in text
    assert (report.points, report.passed) == (6, False)


def test_hidden_tests_count_although_the_notebook_does_not_hold_them(
    lab: Lab, workspace: Workspace, runner: Runner
) -> None:
    assert "Grace Hopper" not in workspace.lab_notebook(lab).read_text(encoding="utf-8")
    report = _check(lab, workspace, runner, double="def double(number):\n    return abs(number) * 2")
    assert report.results[1].points == 0


def test_edited_tests_count_for_nothing(lab: Lab, workspace: Workspace, runner: Runner) -> None:
    assert _check(lab, workspace, runner, test_greet="pass", test_double="pass").points == 0


def test_a_helper_in_a_cell_of_the_students_own_is_used(lab: Lab, workspace: Workspace, runner: Runner) -> None:
    path = workspace.lab_notebook(lab)
    content = json.loads(path.read_text(encoding="utf-8"))
    content["cells"].insert(3, {"cell_type": "code", "id": "x", "metadata": {}, "source": "HELLO = 'Hello'"})
    path.write_text(json.dumps(content), encoding="utf-8")
    report = _check(lab, workspace, runner, greet="def greet(name):\n    return f'{HELLO}, {name}!'")
    assert report.results[0].passed


def test_a_pasted_copy_of_an_answer_cell_is_set_aside_with_a_note(
    lab: Lab, workspace: Workspace, runner: Runner
) -> None:
    path = workspace.lab_notebook(lab)
    answer(path, greet=GREET)
    content = json.loads(path.read_text(encoding="utf-8"))
    content["cells"].append(cell_of(path, "greet"))
    path.write_text(json.dumps(content), encoding="utf-8")
    report = check(lab, path, runner)
    assert report.results[0].passed
    assert any("two cells 'greet'" in note for note in report.notes)


def test_a_deleted_answer_cell_is_a_note_and_costs_only_its_exercise(
    lab: Lab, workspace: Workspace, runner: Runner
) -> None:
    path = workspace.lab_notebook(lab)
    answer(path, double=DOUBLE)
    content = json.loads(path.read_text(encoding="utf-8"))
    content["cells"] = [cell for cell in content["cells"] if cell["id"] != "greet"]
    path.write_text(json.dumps(content), encoding="utf-8")
    report = check(lab, path, runner)
    assert [result.passed for result in report.results] == [False, True]
    assert any("'greet' is gone" in note for note in report.notes)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("def greet(name:\n    return 1", "SyntaxError"),
        ("def greet(name):\nreturn 1", "IndentationError"),
        ("import sys\nsys.exit()", "the cell called exit()"),
        ("name = input()", "the cell waits for input()"),
        ("import no_such_library", "ModuleNotFoundError: No module named 'no_such_library' (line 1 of the cell)"),
    ],
)
def test_an_answer_cell_that_stops_is_told_in_words(
    source: str, said: str, lab: Lab, workspace: Workspace, runner: Runner
) -> None:
    report = _check(lab, workspace, runner, greet=source, double=DOUBLE)
    assert said in report.results[0].problem
    assert report.results[1].passed


def test_an_answer_that_never_ends_costs_only_its_exercise(lab: Lab, workspace: Workspace) -> None:
    with Runner(limit_s=1) as quick:
        report = _check(lab, workspace, quick, greet="def greet(name):\n    while True: pass", double=DOUBLE)
    assert [result.passed for result in report.results] == [False, True]
    assert "is there a loop that never ends" in words.report_text(report, LabProgress())


def test_a_set_up_cell_that_stops_is_named_as_the_cause(
    lab: Lab, workspace: Workspace, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    lab.source.write_text(lab.source.read_text(encoding="utf-8").replace("import ", "import no_such, ", 1))
    catalog.read.cache_clear()
    report = _check(lab, workspace, runner, greet=GREET, double=DOUBLE)
    assert any("The cell 'setup' stopped: " in note for note in report.notes), report.notes


def test_what_was_run_but_not_saved_is_checked(lab: Lab, workspace: Workspace, runner: Runner) -> None:
    report = check(lab, workspace.lab_notebook(lab), runner, {"greet": GREET})
    assert report.results[0].passed


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "is empty; save it again from JupyterLab"),
        ('{"cells": [{"cell_type": "co', "is not a whole notebook, perhaps half saved"),
        ("[]", "holds no cells, so it is not a notebook"),
        ('{"cells": 3}', "holds no cells, so it is not a notebook"),
        ("[" * 100_000, "is not a whole notebook"),
        ('{"cells": [], "nbformat": 4}', None),
        ('{"cells": [3, {"source": 5}, {"metadata": 7, "source": ["a", 1]}]}', None),
    ],
)
def test_a_broken_notebook_is_a_sentence_or_worth_no_points(
    content: str, said: str | None, lab: Lab, workspace: Workspace, runner: Runner
) -> None:
    path = workspace.lab_notebook(lab)
    path.write_text(content, encoding="utf-8")
    if said is None:
        assert check(lab, path, runner).points == 0
        return
    with pytest.raises(DojoError) as problem:
        check(lab, path, runner)
    assert said in str(problem.value)
    assert path.read_text(encoding="utf-8") == content


def test_a_missing_or_binary_notebook_is_a_sentence(lab: Lab, workspace: Workspace, runner: Runner) -> None:
    with pytest.raises(DojoError, match="There is no notebook"):
        check(lab, Path("nowhere.ipynb"), runner)
    path = workspace.lab_notebook(lab)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DojoError, match="can't be read"):
        check(lab, path, runner)


def test_the_notebook_report_is_escaped_labelled_and_says_its_state_in_words(
    lab: Lab, workspace: Workspace, runner: Runner
) -> None:
    report = _check(lab, workspace, runner, greet="def greet(name):\n    return '<script>alert(1)</script>'")
    html = words.report_html(report, LabProgress())
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "aria-label='Check of lab 1'" in html
    assert "not yet, 0 of 4" in html
    assert "%hint 1" in html


def test_the_first_cell_names_the_lab_and_its_table(lab: Lab) -> None:
    about = catalog.about(lab)
    assert about.title == "Greeting"
    assert about.rows["Minutes"] == "20"
