"""The `dojo` command as a person types it: words, exit codes, nothing lost."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import answer

from dojo import jupyter
from dojo.catalog import Lab
from dojo.cli import main
from dojo.errors import DojoError
from dojo.workspace import Workspace

SOLVED = {"greet": "def greet(n):\n    return f'Hello, {n}!'", "double": "def double(n):\n    return n + n"}


def test_list_shows_belts_labs_and_progress(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list"]) == 0
    out = capsys.readouterr().out
    assert "White belt: Speak" in out
    assert "Greeting" in out
    assert "not begun" in out


def test_list_as_json_is_json(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["labs"][0]["name"] == "01-greeting"


def test_check_exits_1_while_anything_is_left_and_0_when_all_passes(
    workspace: Workspace, lab: Lab, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "1"]) == 1
    answer(workspace.lab_notebook(lab), **SOLVED)
    assert main(["check", "greeting"]) == 0
    assert "You have earned the white belt." in capsys.readouterr().out


def test_check_as_json_is_only_json_on_stdout(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["points"], found["possible"]) == (0, 10)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["check", "7"], "There is no lab '7'"),
        (["check", "greting"], "did you mean greeting?"),
        (["hint", "1", "9"], "Lab 1 has no exercise '9'; it has 1 greet, 2 double."),
        (["course", "release", "1", "--course", "/"], "is in no course folder; make one with `dojo course new DIR`"),
    ],
)
def test_a_name_that_does_not_exist_exits_2_with_one_sentence(
    words: list[str], said: str, kit: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    err = capsys.readouterr().err
    assert said in err
    assert len(err.strip().splitlines()) == 1


def test_a_mistyped_command_exits_2_and_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["chekc"])
    assert stop.value.code == 2
    assert capsys.readouterr().err == "dojo: there is no command 'chekc'; did you mean check?\n"


def test_check_without_a_notebook_says_how_to_get_one(kit: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "1"]) == 1
    assert "`dojo lab` puts a fresh one there" in capsys.readouterr().err


def test_hint_then_reset_then_solution(
    workspace: Workspace, lab: Lab, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["hint", "1", "greet"]) == 0
    assert main(["reset", "1"]) == 0
    assert "Yours is kept as 01-greeting-old-1.ipynb" in capsys.readouterr().out
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    assert main(["solution", "1", "1"]) == 1
    assert 'say it with --tried "what you tried"' in capsys.readouterr().err
    assert main(["solution", "1", "1", "--tried", "adding"]) == 0
    assert 'return f"Hello, {name}!"' in capsys.readouterr().out


def test_watch_checks_at_once_and_again_on_each_save(
    workspace: Workspace, lab: Lab, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workspace.lab_notebook(lab)

    def saves(folder: Path, **_: object) -> object:
        path.write_text('{"cells": [', encoding="utf-8")  # JupyterLab in mid-save
        yield "half"
        workspace.reset(lab)
        answer(path, **SOLVED)
        yield "whole"

    monkeypatch.setattr("watchfiles.watch", saves)
    assert main(["watch", "1"]) == 0
    said = capsys.readouterr()
    assert "0 of 10 points" in said.out
    assert "half saved" in said.err
    assert "10 of 10 points" in said.out


def test_a_full_disk_is_a_sentence(
    kit: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, *_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", str(self))

    monkeypatch.setattr(Path, "mkdir", full)
    assert main(["author", "build"]) == 1
    said = capsys.readouterr().err
    assert "No space left on device; put that right and run the same command again." in said
    assert len(said.splitlines()) == 1


def test_doctor_names_each_thing_it_looked_at(kit: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 0
    out = capsys.readouterr().out
    for thing in ("Python", "OpenCV", "Memory", "Disk", "No model answers at http://127.0.0.1:9"):
        assert thing in out


def test_author_build_writes_every_notebook(kit: Path, tmp_path: Path) -> None:
    assert main(["author", "build", str(tmp_path / "built")]) == 0
    names = sorted(path.name for path in (tmp_path / "built").rglob("*.ipynb"))
    assert names == ["01-greeting.ipynb", "01-greeting.ipynb"]


def test_author_check_exits_1_when_a_lab_is_flawed(kit: Path, lab: Lab, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["author", "check"]) == 0
    (lab.folder / "mistakes.py").unlink()
    assert main(["author", "check", "1"]) == 1
    assert "WRONG" in capsys.readouterr().out


def test_a_taken_port_is_a_sentence_with_a_free_one(workspace: Workspace) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        with pytest.raises(DojoError, match=rf"Port {port} is in use, .* dojo lab --port \d+"):
            jupyter.serve(workspace, port, no_browser=True, ready=print)


def test_jupyterlab_opens_on_the_lesson_of_the_first_lab_not_passed(workspace: Workspace) -> None:
    assert jupyter.first_page(workspace) == "lessons/01-greeting/01-greeting.ipynb"


def test_help_and_import_stay_light() -> None:
    """Neither `import dojo` nor `dojo --help` loads what costs seconds."""
    code = "import sys, dojo, dojo.cli; print([m for m in sys.modules if m.split('.')[0] in HEAVY])"
    heavy = (
        "HEAVY = ('torch', 'cv2', 'numpy', 'IPython', 'nbformat', 'jupytext', 'nbgrader', 'ollama', 'ultralytics')\n"
    )
    done = subprocess.run([sys.executable, "-c", heavy + code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def _dojo(words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command in a process and a shell of its own; `words` may hold a pipe or a redirection."""
    plain = {name: text for name, text in os.environ.items() if name != "PYTHONUNBUFFERED"}
    command = f"set -o pipefail; '{sys.executable}' -m dojo {words}"
    return subprocess.run(
        ["bash", "-c", command], env={**plain, **environment}, capture_output=True, text=True, check=False
    )


@pytest.mark.skipif(sys.platform == "win32", reason="says it in bash")
@pytest.mark.parametrize(
    ("words", "said"), [("list | true", ""), ("list > /dev/full", "dojo: No space left on device"), ("list >&-", "")]
)
def test_a_reader_that_goes_or_a_full_disk_is_no_traceback(words: str, said: str, tmp_path: Path) -> None:
    done = _dojo(words)
    assert (done.returncode in (0, 1), said in done.stderr, "rror" in done.stderr) == (True, True, False), done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="says it in bash")
def test_a_terminal_without_a_check_mark_still_shows_the_report(tmp_path: Path) -> None:
    done = _dojo("check 1", PYTHONIOENCODING="ascii", DOJO_WORKSPACE=str(tmp_path / "none"))
    assert "Traceback" not in done.stderr
    assert main(["reset", "1"]) == 0
    done = _dojo("check 1", PYTHONIOENCODING="ascii")
    assert "? Exercise 1." in done.stdout, done.stderr


def test_a_check_is_shown_even_where_progress_cannot_be_kept(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        raise DojoError("progress.json could not be written")

    monkeypatch.setattr("dojo.loop.write_progress", full)
    assert main(["check", "1"]) == 1
    said = capsys.readouterr()
    assert "Exercise 1. Greet" in said.out
    assert "dojo: progress.json could not be written" in said.err


def test_an_unknown_home_is_a_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("DOJO_WORKSPACE", "~nobody-of-that-name/course")
    assert main(["list"]) == 2
    assert "names a home that is not on this machine" in capsys.readouterr().err
