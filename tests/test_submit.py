"""`dojo submit` makes a zip that a teacher can check, and never loses one that was made before."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import answer

from dojo import submit as submitting
from dojo.catalog import Lab
from dojo.cli import main
from dojo.errors import DojoError
from dojo.manifest import faults, read_manifest
from dojo.progress import read_progress
from dojo.submit import submit
from dojo.workspace import Workspace

GREET = "def greet(name):\n    return f'Hello, {name}!'"


def _files(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_the_zip_holds_the_notebook_as_saved_and_says_whose_it_is(lab: Lab, workspace: Workspace) -> None:
    notebook = workspace.lab_notebook(lab)
    released = hashlib.sha256(notebook.read_bytes()).hexdigest()
    answer(notebook, greet=GREET)
    made = submit(workspace, lab, "ada")
    files = _files(made.path)
    assert files["01-greeting.ipynb"] == notebook.read_bytes()
    manifest = read_manifest(files["hand-in.json"])
    assert manifest is not None
    assert (manifest.lab, manifest.student, manifest.kit) == ("01-greeting", "ada", "0.1.0")
    assert released.startswith(manifest.version)
    assert manifest.version
    assert abs(datetime.fromisoformat(manifest.made) - datetime.now(UTC)).total_seconds() < 60
    assert faults(manifest, files) == []
    assert made.notes == ()


def test_a_change_of_any_file_in_the_zip_is_named(lab: Lab, workspace: Workspace) -> None:
    files = _files(submit(workspace, lab, "ada").path)
    manifest = read_manifest(files["hand-in.json"])
    assert manifest is not None
    changed = {**files, "01-greeting.ipynb": b"{}"}
    assert faults(manifest, changed) == ["has another 01-greeting.ipynb than it was made with"]
    signed_over = files["hand-in.json"].replace(b'"ada"', b'"bob"')
    other = read_manifest(signed_over)
    assert other is not None
    assert faults(other, {**files, "hand-in.json": signed_over}) == ["has another hand-in.json than it was made with"]
    assert faults(manifest, {**files, "more.py": b""}) == ["holds more.py, which it was not made with"]
    del files["01-greeting.ipynb"]
    assert faults(manifest, files) == ["has lost 01-greeting.ipynb"]


@pytest.mark.parametrize(
    "text", [b"", b"[]", b"\xff", b'{"form": 2}', b'{"form": 1, "lab": 3}', b"[" * 100_000, b'{"form": 1, "x": 1}']
)
def test_what_we_never_wrote_is_no_manifest(text: bytes) -> None:
    assert read_manifest(text) is None


def test_two_hand_ins_of_one_second_both_survive(
    lab: Lab, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Noon(datetime):
        @classmethod
        def now(cls, tz: object = None) -> Noon:
            return cls(2026, 11, 28, 12, 0, 0, tzinfo=UTC)

    monkeypatch.setattr(submitting, "datetime", Noon)
    first = submit(workspace, lab, "ada").path
    before = first.read_bytes()
    answer(workspace.lab_notebook(lab), greet=GREET)
    second = submit(workspace, lab, "ada").path
    # A stick's file system knows no links.
    monkeypatch.setattr(os, "link", _raise(errno.EPERM))
    third = submit(workspace, lab, "ada").path
    names = [path.name for path in (first, second, third)]
    start = "hand-in-01-greeting-ada-20261128-120000"
    assert names == [f"{start}.zip", f"{start}-2.zip", f"{start}-3.zip"]
    assert first.read_bytes() == before
    assert GREET in json.dumps(json.loads(_files(second)["01-greeting.ipynb"])).encode().decode("unicode_escape")
    assert sorted(path.name for path in first.parent.iterdir()) == sorted(names)


def _raise(number: int) -> object:
    def refuse(*words: object) -> None:
        raise OSError(number, os.strerror(number))

    return refuse


def test_a_full_disk_is_one_sentence_and_leaves_no_half_zip(
    lab: Lab, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = submit(workspace, lab, "ada").path
    monkeypatch.setattr(os, "fsync", _raise(errno.ENOSPC))
    with pytest.raises(DojoError, match=r"could not be written to .* \(No space left on device\).* submit again\.$"):
        submit(workspace, lab, "ada")
    assert list(first.parent.iterdir()) == [first]


def test_a_notebook_that_is_not_there_or_another_labs_is_refused(lab: Lab, workspace: Workspace) -> None:
    notebook = workspace.lab_notebook(lab)
    content = json.loads(notebook.read_text(encoding="utf-8"))
    content["cells"] = []
    notebook.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(DojoError, match="holds no answer of lab 1: it is no lab's of this course"):
        submit(workspace, lab, "ada")
    notebook.write_text("{half", encoding="utf-8")
    with pytest.raises(DojoError, match="not a whole notebook, perhaps half saved"):
        submit(workspace, lab, "ada")
    notebook.unlink()
    with pytest.raises(DojoError, match="There is no notebook"):
        submit(workspace, lab, "ada")
    assert not (workspace.root / "hand-in").exists()


def test_the_command_asks_once_who_hands_in_and_says_what_was_saved(
    lab: Lab, workspace: Workspace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    assert main(["submit", "1"]) == 1
    assert "say it with --as ID" in capsys.readouterr().err
    assert main(["submit", "1", "--as", "../ada"]) == 2
    assert "can't be a student's id" in capsys.readouterr().err
    assert main(["submit", "1", "--as", "ada"]) == 0
    shown = capsys.readouterr()
    assert Path(shown.out.strip()).is_file()
    assert "nothing in it has been solved or written yet" in shown.err
    assert "what JupyterLab has not saved is not in it" in shown.err
    assert read_progress(workspace.progress_file).student == "ada"
    assert main(["submit", "1", "--to", str(workspace.root / "stick")]) == 0
    assert "-ada-" in next((workspace.root / "stick").glob("*.zip")).name


def test_a_broken_id_in_the_progress_file_is_set_aside_like_any_other_damage(workspace: Workspace) -> None:
    workspace.progress_file.write_text('{"student": 3, "labs": {}}', encoding="utf-8")
    assert "is kept as" in read_progress(workspace.progress_file).remark
