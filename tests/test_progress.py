"""What has been passed is kept in one small file, and a broken file costs nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from dojo import catalog
from dojo.catalog import Lab
from dojo.check import Report, check
from dojo.errors import DojoError
from dojo.files import write_whole
from dojo.loop import check_and_note, next_hint, read_solution
from dojo.progress import read_progress, write_progress
from dojo.run import Runner
from dojo.workspace import Workspace

GREET = {"greet": "def greet(name):\n    return f'Hello, {name}!'"}
BOTH = {**GREET, "double": "def double(number):\n    return number * 2"}


def test_a_passed_exercise_stays_passed_after_a_bad_day(lab: Lab, workspace: Workspace, runner: Runner) -> None:
    check_and_note(workspace, lab, workspace.lab_notebook(lab), runner, GREET)
    check_and_note(workspace, lab, workspace.lab_notebook(lab), runner)
    entry = read_progress(workspace.progress_file).lab(lab.name)
    assert (entry.passed, entry.points, entry.done) == (["greet"], 4, False)


def test_a_belt_is_earned_when_all_its_labs_reach_seventy_percent(
    lab: Lab, workspace: Workspace, runner: Runner
) -> None:
    _, progress = check_and_note(workspace, lab, workspace.lab_notebook(lab), runner, BOTH)
    assert [belt.name for belt in progress.belts()] == ["White"]
    _, fresh = check_and_note(Workspace(workspace.root / "other"), lab, workspace.lab_notebook(lab), runner, GREET)
    assert fresh.belts() == []


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]"]
    + [f'{{"labs": {{"x": {entry}}}}}' for entry in ("3", '{"surprise": 1}', '{"possible": null}', '{"tried": 3}')]
    + ['{"labs": {"x": {"hints": {"a": -5}}}}', '{"labs": {"x": {"hints": {"a": "two"}}}}'],
)
def test_a_broken_progress_file_is_set_aside_and_said(content: str, tmp_path: Path) -> None:
    path = tmp_path / "progress.json"
    path.write_text(content, encoding="utf-8")
    progress = read_progress(path)
    assert "is kept as progress-unreadable.json" in progress.remark
    assert (tmp_path / "progress-unreadable.json").read_text(encoding="utf-8") == content


def test_progress_survives_writing_and_reading(tmp_path: Path) -> None:
    progress = read_progress(tmp_path / "progress.json")
    progress.lab("01-x").hints["a"] = 2
    write_progress(tmp_path / "progress.json", progress)
    assert read_progress(tmp_path / "progress.json") == progress


def test_a_full_disk_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "progress.json"
    path.write_text("old", encoding="utf-8")

    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(DojoError, match="No space left on device"):
        write_whole(path, "new")
    assert path.read_text(encoding="utf-8") == "old"
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["progress.json"]


def test_hints_come_one_by_one_and_then_all_again(lab: Lab, workspace: Workspace) -> None:
    greet = catalog.exercises(lab)[0]
    texts = [next_hint(workspace, lab, greet) for _ in range(4)]
    assert "Hint 1 of 3" in texts[0]
    assert "Look at the example." in texts[0]
    assert "An f-string" in texts[2]
    assert texts[3].startswith("You have seen every hint")
    assert all(hint in texts[3] for hint in greet.hints)


def test_a_solution_is_shown_after_its_exercise_passes(lab: Lab, workspace: Workspace, runner: Runner) -> None:
    check_and_note(workspace, lab, workspace.lab_notebook(lab), runner, GREET)

    def nobody(question: str) -> str:
        raise AssertionError("nobody needs to be asked")

    source = read_solution(workspace, lab, catalog.exercises(lab)[0], nobody)
    assert 'return f"Hello, {name}!"' in source
    assert "SOLUTION" not in source


def test_an_early_look_costs_one_honest_answer_which_is_kept(lab: Lab, workspace: Workspace) -> None:
    greet = catalog.exercises(lab)[0]
    with pytest.raises(DojoError, match="Nothing was shown"):
        read_solution(workspace, lab, greet, lambda question: "  ")
    assert "return f" in read_solution(workspace, lab, greet, lambda question: "I joined texts")
    assert read_progress(workspace.progress_file).lab(lab.name).tried == {"greet": "I joined texts"}


def test_a_report_is_judged_from_the_file_it_was_given(lab: Lab, workspace: Workspace, runner: Runner) -> None:
    report = check(lab, workspace.lab_notebook(lab), runner)
    assert isinstance(report, Report)
    assert not workspace.progress_file.exists()


def test_what_is_written_may_be_read_by_others_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.write_text("x", encoding="utf-8")
    write_whole(tmp_path / "whole", "a \ud800 b")
    assert (tmp_path / "whole").read_text(encoding="utf-8") == "a ? b"
    assert (tmp_path / "whole").stat().st_mode == plain.stat().st_mode
    with pytest.raises(DojoError, match="could not be written"):
        write_whole(plain / "below", "x")
    assert sorted(one.name for one in tmp_path.iterdir() if one.is_file()) == ["plain", "whole"]
