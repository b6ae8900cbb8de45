"""The author's proof finds what is wrong with a lab, and nothing in a good one."""

from __future__ import annotations

from pathlib import Path

import pytest

from dojo import author, catalog
from dojo.catalog import Lab
from dojo.run import Runner


def _wrong(lab: Lab, runner: Runner) -> list[str]:
    catalog.read.cache_clear()
    return [finding.text for finding in author.prove_lab(lab, [runner]) if not finding.fine]


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_an_instructors_page_that_is_missing_or_incomplete_is_found(lab: Lab, runner: Runner) -> None:
    page = lab.folder / "teach.md"
    _edit(page, "Bring nothing.\n", "")
    assert _wrong(lab, runner) == ["teach.md: the section 'Before class' is empty"]
    _edit(page, "## Timing\n", "### Timing\n")
    assert any("its sections are Before class, Demo" in text for text in _wrong(lab, runner))
    page.unlink()
    assert any("there is no teach.md" in text for text in _wrong(lab, runner))


def test_a_good_lab_and_its_lesson_are_proved(lab: Lab, runner: Runner) -> None:
    assert _wrong(lab, runner) == []
    assert all(finding.fine for finding in author.prove_lesson(catalog.lessons()[0], runner))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('return f"Hello, {name}!"', 'return f"Hi, {name}!"', "solved, but 'test_greet' fails"),
        ("points=4\ngiven(greet", "points=3\ngiven(greet", "9 automatic points and 4 written ones"),
        ('    """Twice the number."""\n    ### BEGIN', "    return 2 * number\n    ### BEGIN", "released, yet"),
        ("| Minutes | 20 |\n", "", "its table has no row 'Minutes'"),
        ("Difficulty 2 of 5. ", "", "needs '## Exercise N. Title' and 'Difficulty"),
        (
            "<details><summary>Hint 3</summary>\n\nTwo times the number.",
            "<details><summary>More</summary>\n",
            "2 hints",
        ),
        (
            'given(double, -7).returns(-14, think="Do negative numbers double too?")',
            "pass",
            "'absolute': every test passes",
        ),
        ("    print(model)\n", "    print(model)\nraise SystemExit('no model')\n", "runs as a plain program: no model"),
        ("`double(2)` -> `4`", 'Not `return f"Hello, {name}!"`.', "the release shows a solution"),
        ("Which sign multiplies?", "A \\n backslash.", "changes when JupyterLab saves it"),
        ("given(double, 2).returns(4)", "assert double(2) == 4, double(2)", "fails without words for a beginner"),
        ("    return 2 * number", "    return greet('x') and 2 * number", "solved, but"),
    ],
)
def test_a_flaw_in_a_lab_is_found(old: str, new: str, said: str, lab: Lab, runner: Runner) -> None:
    _edit(lab.source, old, new)
    if said == "solved, but":
        # An exercise that leans on another one: a mistake there costs points here too.
        assert any("costs exercise 'double' points too" in text for text in _wrong(lab, runner))
        return
    assert any(said in text for text in _wrong(lab, runner))


def test_too_few_mistakes_are_found(lab: Lab, runner: Runner) -> None:
    (lab.folder / "mistakes.py").unlink()
    assert "exercise 'greet' has 0 mistakes; 5 are due" in _wrong(lab, runner)


def test_a_right_answer_that_fails_is_found(lab: Lab, runner: Runner) -> None:
    _edit(lab.folder / "alternatives.py", "number + number", "number + 1")
    assert any(text.startswith("'sum': 'test_double' fails") for text in _wrong(lab, runner))


def test_a_mistake_for_no_exercise_is_found(lab: Lab, runner: Runner) -> None:
    _edit(lab.folder / "mistakes.py", 'mistake="half" exercise="double"', 'mistake="half" exercise="treble"')
    assert "'half': the lab has no exercise 'treble'" in _wrong(lab, runner)


def test_a_lesson_that_stops_is_found(kit: Path, runner: Runner) -> None:
    _edit(kit / "lessons/01-greeting/lesson.md", 'print("Hello")', "1 / 0")
    findings = list(author.prove_lesson(catalog.lessons()[0], runner))
    assert any("ZeroDivisionError" in finding.text for finding in findings if not finding.fine)
