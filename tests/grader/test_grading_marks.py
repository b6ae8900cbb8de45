"""Points from evidence: nbgrader's rules, and where they differ on purpose."""

from __future__ import annotations

from typing import Any

import pytest

from grader.job import CellResult, Result, Step
from grader.lab import LabCell, LabNotebook
from grader.marks import mark_notebook, notes_of, zeros


def _cell(name: str, role: str, kind: Any = "code", points: float | None = None) -> LabCell:
    flags = {
        "grade": role in ("tests", "answer"),
        "solution": role in ("solution", "answer"),
        "locked": role == "tests",
        "grade_id": name,
        "points": points,
    }
    return LabCell(
        name=name,
        kind=kind,
        role=role,
        text="",
        who="examiner",
        points=points,
        gives=(),
        classes=(),
        imports="",
        hidden=False,
        checksum="",
        released=(),
        metadata={"nbgrader": flags},
    )


LAB = LabNotebook("p1", (_cell("test_it", "tests", points=3), _cell("essay", "answer", "markdown", 2)), {})
STEPS = (Step("test_it", "code", "tests", "", "examiner", 3), Step("essay", "markdown", "answer", "Mine.", "nobody"))


def _points(**about: Any) -> tuple[float | None, str]:
    came = CellResult("test_it", **{"verdict": "passed", **about})
    [mark, _] = mark_notebook(LAB, STEPS, Result((came,)), ())
    return mark.auto, mark.flaw


def test_a_tests_cell_that_passed_earns_its_points() -> None:
    assert _points() == (3, "")


@pytest.mark.parametrize("verdict", ["failed", "timed out", "died", "memory", "not run"])
def test_any_other_end_earns_none(verdict: str) -> None:
    assert _points(verdict=verdict, score=3.0) == (0, "")


@pytest.mark.parametrize(("score", "earned"), [(0, 0), (1.5, 1.5), (3, 3), (3.0000000000000004, 3)])
def test_a_number_as_the_last_value_is_partial_credit(score: float, earned: float) -> None:
    assert _points(score=score) == (earned, "")


@pytest.mark.parametrize("score", [float("nan"), float("inf"), -0.5, 3.1, 1e300])
def test_a_number_that_can_be_no_score_is_0_and_flagged(score: float) -> None:
    points, flaw = _points(score=score)
    assert points == 0
    assert "its score is" in flaw


def test_a_text_as_the_last_value_is_0_and_flagged() -> None:
    points, flaw = _points(flawed="the last value is a text.")
    assert (points, flaw) == (0, "its score is unusable: the last value is a text")


def test_output_on_stderr_is_no_failure() -> None:
    noise = {"output_type": "stream", "name": "stderr", "text": "100%|####| 5/5"}
    assert _points(outputs=(noise,)) == (3, "")


def test_an_answer_as_it_was_released_earns_0_and_asks_nobody() -> None:
    from nbformat.notebooknode import from_dict
    from nbgrader.utils import compute_checksum

    node = {"cell_type": "markdown", "source": "Write.", "metadata": {"nbgrader": LAB.cells[1].metadata["nbgrader"]}}
    essay = LabCell(**{**LAB.cells[1].__dict__, "checksum": compute_checksum(from_dict(node))})
    lab = LabNotebook("p1", (essay,), {})
    for text, missing, auto, comment in (
        ("Write.", (), 0.0, "No response."),
        ("Mine.", (), None, None),
        ("", ("essay",), None, None),
    ):
        steps = (Step("essay", "markdown", "answer", text, "nobody"),)
        [mark] = mark_notebook(lab, steps, Result(()), missing)
        assert (mark.auto, mark.comment, mark.final) == (auto, comment, False)


def test_a_task_is_a_persons_alone() -> None:
    lab = LabNotebook("p1", (_cell("project", "task", "markdown", 5),), {})
    [mark] = mark_notebook(lab, (Step("project", "markdown", "task", "", "nobody"),), Result(()), ())
    assert mark.touch is False


def test_a_missing_notebook_earns_0_in_every_cell_and_asks_nobody() -> None:
    assert [(mark.name, mark.auto, mark.final) for mark in zeros(LAB)] == [("test_it", 0, True), ("essay", 0, True)]


def test_what_did_not_end_as_cells_do_is_told_in_one_sentence_a_kind() -> None:
    came = [CellResult("a", "timed out"), CellResult("b", "timed out"), CellResult("c", "died")]
    assert notes_of([], Result(tuple(came))) == [
        "'a' (as 1 more) ran longer than its time limit.",
        "'c' ended its Python process.",
    ]


def test_what_was_told_with_more_detail_is_not_told_twice() -> None:
    came = Result((CellResult("a", "timed out"),), ("a: It was stopped after 8 seconds.",))
    assert notes_of([], came) == []
