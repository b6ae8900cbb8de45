"""The student's folder: built once, never overwritten, reset without loss."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import answer, cell_of

from dojo import catalog
from dojo.catalog import Lab
from dojo.errors import DojoError
from dojo.workspace import Workspace, open_workspace


def test_a_build_puts_labs_data_and_lessons(workspace: Workspace, lab: Lab) -> None:
    folder = workspace.lab_notebook(lab).parent
    assert (folder / "data" / "names.txt").exists()
    assert workspace.lesson_notebook(catalog.lessons()[0]).exists()


def test_a_second_build_changes_nothing(workspace: Workspace, lab: Lab) -> None:
    answer(workspace.lab_notebook(lab), greet="# mine")
    before = {path: path.read_bytes() for path in workspace.root.rglob("*") if path.is_file()}
    built = workspace.build()
    assert (built.new, built.newer) == ((), ())
    assert {path: path.read_bytes() for path in workspace.root.rglob("*") if path.is_file()} == before


def test_a_newer_lab_is_announced_and_the_students_copy_kept(workspace: Workspace, lab: Lab) -> None:
    answer(workspace.lab_notebook(lab), greet="# mine")
    before = workspace.lab_notebook(lab).read_bytes()
    lab.source.write_text(lab.source.read_text(encoding="utf-8").replace("a greeter", "a better greeter"))
    assert workspace.build().newer == ("lab 01-greeting",)
    assert workspace.lab_notebook(lab).read_bytes() == before


def test_a_newer_lab_replaces_a_copy_that_nobody_has_touched(workspace: Workspace, lab: Lab) -> None:
    lab.source.write_text(lab.source.read_text(encoding="utf-8").replace("a greeter", "a better greeter"))
    catalog.read.cache_clear()
    assert workspace.build().newer == ()
    assert "a better greeter" in workspace.lab_notebook(lab).read_text(encoding="utf-8")


def test_a_newer_lesson_replaces_an_untouched_copy_and_leaves_a_changed_one(workspace: Workspace) -> None:
    lesson = catalog.lessons()[0]
    path = workspace.lesson_notebook(lesson)
    lesson.source.write_text(lesson.source.read_text(encoding="utf-8") + "\nOne more line.\n", encoding="utf-8")
    workspace.build()
    assert "One more line." in path.read_text(encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8").replace("One more line.", "My note."), encoding="utf-8")
    lesson.source.write_text(lesson.source.read_text(encoding="utf-8") + "\nAnd another.\n", encoding="utf-8")
    workspace.build()
    assert "My note." in path.read_text(encoding="utf-8")


def test_reset_keeps_the_old_notebook_under_a_free_name(workspace: Workspace, lab: Lab) -> None:
    path = workspace.lab_notebook(lab)
    for number in (1, 2):
        answer(path, greet=f"# try {number}")
        kept = workspace.reset(lab)
        assert kept is not None
        assert kept.name == f"01-greeting-old-{number}.ipynb"
        assert cell_of(kept, "greet")["source"] == f"# try {number}"
        assert "NotImplementedError" in str(cell_of(path, "greet")["source"])


def test_reset_of_a_lab_that_is_gone_puts_a_fresh_one(workspace: Workspace, lab: Lab) -> None:
    workspace.lab_notebook(lab).unlink()
    assert workspace.reset(lab) is None
    assert workspace.lab_notebook(lab).exists()


def test_a_workspace_that_is_a_file_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(DojoError, match="is a file; set DOJO_WORKSPACE to a folder"):
        open_workspace(tmp_path / "file")


def test_the_released_notebook_holds_no_solution_and_locks_its_tests(workspace: Workspace, lab: Lab) -> None:
    path = workspace.lab_notebook(lab)
    text = path.read_text(encoding="utf-8")
    assert "Grace Hopper" not in text
    assert "Full marks" not in text
    assert cell_of(path, "test_greet")["metadata"]["editable"] is False
    assert "checksum" in cell_of(path, "test_greet")["metadata"]["nbgrader"]


def test_reset_keeps_changed_data_beside_the_fresh_copy(workspace: Workspace, lab: Lab) -> None:
    data = workspace.lab_notebook(lab).parent / "data" / "names.txt"
    ours = data.read_text(encoding="utf-8")
    data.write_text("mine", encoding="utf-8")
    workspace.reset(lab)
    assert data.read_text(encoding="utf-8") == ours
    assert data.with_name("names-old-1.txt").read_text(encoding="utf-8") == "mine"
    workspace.reset(lab)
    assert len(list(data.parent.iterdir())) == 2


def test_a_link_to_nowhere_is_set_aside_too(workspace: Workspace, lab: Lab, tmp_path: Path) -> None:
    path = workspace.lab_notebook(lab)
    path.unlink()
    path.symlink_to(tmp_path / "nowhere.ipynb")
    assert workspace.reset(lab) is not None
    assert path.is_file()


def test_a_spoilt_stamp_counts_as_none(workspace: Workspace, lab: Lab) -> None:
    (workspace.lab_notebook(lab).parent / ".made-from").write_bytes(b"\xff\xfe")
    assert workspace.build().newer == ("lab 01-greeting",)
