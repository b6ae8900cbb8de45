"""Cells run in a process of their own; one that hangs or dies costs only itself."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from dojo.run import Outcome, Runner


def _states(outcomes: list[Outcome]) -> list[str]:
    return [outcome.state for outcome in outcomes]


def test_cells_share_a_namespace_and_jobs_do_not(runner: Runner, tmp_path: Path) -> None:
    assert _states(runner.run([("a", "x = 1"), ("b", "assert x == 1")], tmp_path)) == ["passed", "passed"]
    [after] = runner.run([("c", "x")], tmp_path)
    assert (after.state, after.error) == ("failed", "NameError")


def test_an_error_is_told_with_type_text_and_line(runner: Runner, tmp_path: Path) -> None:
    [outcome] = runner.run([("a", "x = 1\n\n1 / 0")], tmp_path)
    assert (outcome.error, outcome.message, outcome.line) == ("ZeroDivisionError", "division by zero", 3)
    [outcome] = runner.run([("a", "x = 1\ndef f(:")], tmp_path)
    assert (outcome.error, outcome.line) == ("SyntaxError", 2)


def test_a_verdict_keeps_its_parts(runner: Runner, tmp_path: Path) -> None:
    [outcome] = runner.run([("a", "from dojo import given\ngiven(len, 'ab').returns(3, think='Count')")], tmp_path)
    assert outcome.parts == ("len('ab')", "returned 2", "3 was expected", "Count")


def test_magics_and_top_level_await_work_as_in_a_notebook(runner: Runner, tmp_path: Path) -> None:
    cells = [("a", "%load_ext dojo\nimport asyncio\nawait asyncio.sleep(0)\n%time x = 1")]
    assert _states(runner.run(cells, tmp_path)) == ["passed"]


def test_a_hanging_cell_is_stopped_and_the_others_still_run(tmp_path: Path) -> None:
    with Runner(limit_s=1) as quick:
        outcomes = quick.run([("a", "x = 1"), ("b", "while True: pass"), ("c", "assert x == 1")], tmp_path)
    assert _states(outcomes) == ["passed", "timeout", "passed"]


def test_a_cell_that_kills_its_process_costs_only_itself(tmp_path: Path) -> None:
    with Runner() as one:
        outcomes = one.run([("a", "x = 1"), ("b", "import os; os._exit(0)"), ("c", "assert x == 1")], tmp_path)
    assert _states(outcomes) == ["passed", "died", "passed"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.parametrize(
    "source",
    [
        "import os\nos.fork()",
        "import os, time\nif os.fork() == 0: time.sleep(60)",
        "import os, time\nif os.fork() == 0:\n    os.setsid()\n    time.sleep(60)",
        "import multiprocessing, time\nmultiprocessing.Process(target=time.sleep, args=(60,)).start()",
    ],
)
def test_a_cell_that_forks_neither_answers_twice_nor_holds_up_the_end(source: str, tmp_path: Path) -> None:
    began = time.monotonic()
    with Runner() as one:
        assert _states(one.run([("a", source), ("b", "x = 1")], tmp_path)) == ["passed", "passed"]
        assert _states(one.run([("c", "x = 1")], tmp_path)) == ["passed"]
    assert time.monotonic() - began < 30


@pytest.mark.parametrize(
    "source", ["import builtins\nbuiltins.len = builtins.open = None", "import sys\nsys.modules.clear()"]
)
def test_cells_that_spoil_the_worker_do_not_spoil_the_next_job(source: str, tmp_path: Path) -> None:
    with Runner() as one:
        one.run([("a", source)], tmp_path)
        assert _states(one.run([("b", "assert len('ab') == 2")], tmp_path)) == ["passed"]


def test_a_worker_whose_runner_was_killed_ends_by_itself(tmp_path: Path) -> None:
    cell = "import os, pathlib\npathlib.Path(r'{}').write_text(str(os.getpid()))\nwhile True: pass"
    note = tmp_path / "pid"
    program = (
        "import os, threading, pathlib\nfrom dojo.run import Runner\n"
        "threading.Timer(3, os._exit, [1]).start()\n"
        f"Runner(limit_s=4).run([('a', {cell.format(note)!r})], pathlib.Path({str(tmp_path / 'none')!r}))"
    )
    subprocess.run([sys.executable, "-c", program], check=False, timeout=60)
    worker = int(note.read_text(encoding="utf-8"))
    for _ in range(150):
        if not psutil.pid_exists(worker) or psutil.Process(worker).status() == psutil.STATUS_ZOMBIE:
            return
        time.sleep(0.1)
    pytest.fail("the worker runs on")


def test_matplotlib_inline_and_exit_are_what_they_are_in_a_notebook(runner: Runner, tmp_path: Path) -> None:
    [shown, ended] = runner.run([("a", "%matplotlib inline\nx = 1"), ("b", "exit()")], tmp_path)
    assert shown.state == "passed"
    assert ended.error == "SystemExit"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("class Odd(Exception):\n    def __str__(self): raise RuntimeError\nraise Odd()", ""),
        ("raise ValueError('a\\x1b[31m red\\x1b[0m\\ud800')", "a red?"),
    ],
)
def test_any_message_can_be_printed(source: str, message: str, runner: Runner, tmp_path: Path) -> None:
    [outcome] = runner.run([("a", source)], tmp_path)
    assert (outcome.state, outcome.message) == ("failed", message)


def test_a_flood_of_output_is_cut(runner: Runner, tmp_path: Path) -> None:
    [outcome] = runner.run([("a", "for _ in range(3000): print('x' * 100)")], tmp_path)
    assert outcome.state == "passed"
    assert len(outcome.output) <= 20_000


def test_printing_below_python_does_not_disturb_the_channel(runner: Runner, tmp_path: Path) -> None:
    [outcome] = runner.run([("a", "import os; os.write(1, b'{\"end\": true}\\n'); os.system('echo noise')")], tmp_path)
    assert outcome.state == "passed"


def test_a_cell_that_waits_for_a_person_gets_no_answer(runner: Runner, tmp_path: Path) -> None:
    [outcome] = runner.run([("a", "input('name? ')")], tmp_path)
    assert (outcome.state, outcome.error) == ("failed", "EOFError")


def test_cells_work_on_a_copy_of_their_folder(runner: Runner, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.txt").write_text("kept", encoding="utf-8")
    cells = [("a", "from pathlib import Path\nPath('data/a.txt').write_text('changed')\nPath('new').mkdir()")]
    assert _states(runner.run(cells, tmp_path)) == ["passed"]
    assert (tmp_path / "data" / "a.txt").read_text(encoding="utf-8") == "kept"
    assert not (tmp_path / "new").exists()


def test_a_file_named_like_a_library_does_not_break_the_worker(tmp_path: Path) -> None:
    (tmp_path / "json.py").write_text("raise RuntimeError('mine')", encoding="utf-8")
    with Runner() as one:
        assert _states(one.run([("a", "x = 1")], tmp_path)) == ["passed"]
