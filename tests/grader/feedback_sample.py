"""A graded notebook and its marks, as small as a page needs them, built by hand so that a test can bend one thing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from grader.scores import Score, Scores

# What must never be on a page: it stands in the code of the tests cells and in what they showed.
SECRET = "SECRET_OF_THE_TEST"
# One pixel.
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def cell(kind: str, source: str, name: str = "", outputs: Any = None, **dojo: Any) -> dict[str, Any]:
    """One cell with the grader's notes about it."""
    role = dojo.get("role", "")
    flags = {
        "grade": role in ("tests", "answer"),
        "solution": role in ("solution", "answer"),
        "task": role == "task",
        "locked": role in ("tests", "locked", "task"),
    }
    metadata: dict[str, Any] = {"dojo": dojo}
    if role not in ("", "extra", "live"):
        metadata["nbgrader"] = {**flags, "grade_id": name, "schema_version": 3}
    one: dict[str, Any] = {"cell_type": kind, "source": source, "metadata": metadata, "id": name or "x"}
    if kind == "code":
        one |= {"outputs": outputs or [], "execution_count": None}
    return one


def printed(text: str) -> list[dict[str, Any]]:
    """A cell's outputs that hold one text."""
    return [{"output_type": "stream", "name": "stdout", "text": text}]


def sample() -> dict[str, Any]:
    """Two exercises, one passed and one not, a written answer, and a cell of the student's own."""
    failed = ["mean([1, 2])", "returned 3", "1.5 was expected", "What is the sum divided by?"]
    cells = [
        cell("markdown", "# Lab 7. Means\n\nYou build a mean."),
        cell("markdown", "## Exercise 1. Squares"),
        cell("code", "def square(x):\n    return x * x", "square", printed("4 < 5"), role="solution", verdict="passed"),
        cell("code", f"assert {SECRET}", "test_square", role="tests", verdict="passed", hidden=False),
        cell("markdown", "## Exercise 2. The `mean`"),
        cell("code", "def mean(x):\n    return sum(x)", "mean", role="solution", verdict="passed"),
        cell(
            "code",
            f"### BEGIN HIDDEN TESTS\nassert {SECRET}",
            "test_mean",
            printed(f"{SECRET} 17"),
            role="tests",
            verdict="failed",
            error="NotYet",
            message="mean([1, 2]) returned 3, but 1.5 was expected.",
            parts=failed,
            hidden=True,
        ),
        cell("code", "print('mine')", "own", printed(HOSTILE), role="extra", verdict="passed"),
        cell("markdown", "## In your own words"),
        cell("markdown", f"Because **it** is so. {HOSTILE}\n\n# Big", "written", role="answer", verdict=""),
    ]
    return {"cells": cells, "metadata": {"dojo": {"notes": []}}, "nbformat": 4, "nbformat_minor": 5}


def marks(**changed: Any) -> Scores:
    """The marks of the sample."""
    grades = {"test_square": Score(2, 2), "test_mean": Score(0, 3), "written": Score(3, 4, person=True)}
    usual: dict[str, Any] = {"grades": grades, "comments": {"written": f"Well *said*. {HOSTILE}"}}
    return Scores(**{"assignment": "means", "notebook": "means", "student": "Ada (ada)", **usual, **changed})


def fill_in(path: Path, texts: dict[str, str]) -> None:
    """Write answers into a student's notebook, by cell name."""
    content = json.loads(path.read_text(encoding="utf-8"))
    for one in content["cells"]:
        name = one["metadata"].get("nbgrader", {}).get("grade_id")
        if name in texts:
            one["source"] = texts[name]
    path.write_text(json.dumps(content), encoding="utf-8")
