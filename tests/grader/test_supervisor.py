"""Whatever a notebook does to its processes: each cell has its verdict, the others theirs, and the grader goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest
from marking import INSIDE, job, marked, said, step, supervisor, told

from dojo.errors import DojoError
from grader.job import CellResult, Result, Step
from grader.mirror import for_marks, reflected
from grader.probe import sandbox_reason
from grader.supervisor import Supervisor
from grader.walk import Walk
from grader.watch import family

pytest_plugins = ("boxes",)
_WAYS = {
    "sandbox": {},
    "unsafe": {"unsafe": True},
    "spawned": {"unsafe": True, "forks": False},
}


@pytest.fixture(scope="module", params=_WAYS)
def any_way(request: pytest.FixtureRequest, stage: Path) -> Iterator[Supervisor]:
    """A supervisor with the sandbox, without it, and with children that are started one by one."""
    if request.param == "sandbox" and (reason := sandbox_reason()):
        pytest.skip(reason)
    with supervisor(stage, **_WAYS[request.param]) as one:
        yield one


def verdicts(result: Result) -> dict[str, str]:
    return {cell.name: cell.verdict for cell in result.cells}


# The walk


def test_each_cell_runs_where_it_belongs_and_tests_reach_the_student(any_way: Supervisor) -> None:
    result = marked(
        any_way,
        step("setup", "base = 40", "both"),
        step("answer", "def f(x):\n    return base + x\nprint('defined')"),
        step("test", "assert ask('f(2)') == 42\nprint(base)", "examiner", 2.0),
        step("wrong", "assert ask('f(2)') == 43", "examiner", 2.0),
    )
    assert verdicts(result) == {"setup": "passed", "answer": "passed", "test": "passed", "wrong": "failed"}
    assert [told(cell) for cell in result.cells[:3]] == ["", "defined\n", "40\n"]
    assert result.notes == ()


def test_text_and_live_cells_have_no_result(any_way: Supervisor) -> None:
    from dataclasses import replace

    quiet = replace(step("text", "anything"), who="nobody")
    assert verdicts(marked(any_way, quiet, step("answer", "x = 1"))) == {"answer": "passed"}


def test_notebooks_know_nothing_of_each_other(any_way: Supervisor) -> None:
    marked(any_way, step("answer", "import builtins, math\nmath.pi = 3\nbuiltins.leak = 1"))
    assert said(any_way, "import math\nprint(math.pi > 3, 'leak' in dir(__builtins__))") == "True False\n"


def test_random_numbers_are_the_same_each_time_and_not_those_of_the_examiner(any_way: Supervisor) -> None:
    draw = "import random\nprint(random.random())"
    first, again = (marked(any_way, step("student", draw), step("test", draw, "examiner", 1.0)) for _ in range(2))
    assert first.cells[0].outputs == again.cells[0].outputs
    assert first.cells[1].outputs == again.cells[1].outputs
    assert first.cells[0].outputs != first.cells[1].outputs


# What breaks


BREAKS = {
    "died": "import os\nos._exit(0)",
    "timed out": "import time\ntime.sleep(100)",
    "memory": "import os, time\nfor _ in range(4):\n    if os.fork() == 0:\n        x = bytearray(b'1') * (40 << 20)\n"
    "        time.sleep(60)\ntime.sleep(60)",
}


@pytest.mark.parametrize("how", BREAKS)
def test_a_cell_that_breaks_its_process_loses_nothing_for_the_others(any_way: Supervisor, how: str) -> None:
    result = marked(
        any_way,
        step("setup", "base = 40", "both"),
        step("good", "def f(x):\n    return base + x"),
        step("test_good", "assert ask('f(2)') == 42\nkept = 1", "examiner", 2.0),
        step("bad", BREAKS[how]),
        step("after", "def g():\n    return f(3)"),
        step("test_after", "assert ask('g()') == 43 and kept == 1", "examiner", 2.0),
        cell_s=3.0,
        memory=100 << 20,
    )
    passed = dict.fromkeys(("setup", "good", "test_good", "after", "test_after"), "passed")
    assert verdicts(result) == {**passed, "bad": how}
    (note,) = result.notes
    assert note.startswith(("bad: It ", "bad: Its "))


@pytest.mark.parametrize("how", BREAKS)
def test_a_function_that_breaks_its_process_fails_its_test_alone(any_way: Supervisor, how: str) -> None:
    body = "\n".join(f"    {line}" for line in BREAKS[how].splitlines())
    result = marked(
        any_way,
        step("bad", f"def f():\n{body}"),
        step("good", "def g():\n    return 1"),
        step("test_bad", "print('asking')\ntry:\n    ask('f()')\nexcept BaseException:\n    pass", "examiner", 2.0),
        step("test_good", "assert ask('g()') == 1", "examiner", 2.0),
        cell_s=3.0,
        memory=100 << 20,
    )
    assert verdicts(result) == {"bad": "passed", "good": "passed", "test_bad": how, "test_good": "passed"}
    # What a process said just before its end may be lost with it.
    assert [output["text"] for output in result.cells[2].outputs] in ([], ["asking\n"])


def test_an_examiner_that_hangs_costs_its_test_alone(any_way: Supervisor) -> None:
    hangs = step("test_hangs", "import time\ntime.sleep(100)", "examiner", 2.0)
    result = marked(
        any_way, step("a", "x = 1"), hangs, step("test", "assert ask('x') == 1", "examiner", 1.0), cell_s=2.0
    )
    assert verdicts(result) == {"a": "passed", "test_hangs": "timed out", "test": "passed"}


def test_a_cell_of_the_labs_own_that_a_spoilt_student_cannot_run_runs_in_the_examiner(any_way: Supervisor) -> None:
    spoil = "import builtins, os\nbuiltins.round = lambda *a: os._exit(1)"
    result = marked(
        any_way,
        step("spoil", spoil),
        step("locked", "wanted = round(2.4)", "both"),
        step("test", "assert wanted == 2", "examiner", 1.0),
    )
    assert verdicts(result) == {"spoil": "passed", "locked": "passed", "test": "passed"}
    assert any("stopped in this cell of the lab" in note for note in result.notes)


def test_a_notebook_that_breaks_again_and_again_is_given_up_after_five_restarts(any_way: Supervisor) -> None:
    bad = [step(f"bad{number}", "import os\nos._exit(1)") for number in range(8)]
    result = marked(any_way, step("good", "x = 1"), *bad, step("test", "assert ask('x') == 1", "examiner", 1.0))
    found = verdicts(result)
    assert [found[f"bad{number}"] for number in range(8)] == ["died"] * 6 + ["not run"] * 2
    assert found["test"] == "not run"
    assert result.notes[-1] == "The notebook broke its process 6 times."


def test_the_time_of_a_notebook_is_limited_as_a_whole(any_way: Supervisor) -> None:
    naps = [step(f"nap{number}", "import time\ntime.sleep(0.8)") for number in range(6)]
    begun = time.monotonic()
    result = marked(any_way, *naps, step("test", "pass", "examiner", 1.0), cell_s=5.0, total_s=2.0)
    assert time.monotonic() - begun < 5
    found = list(verdicts(result).values())
    assert found[0] == "passed"
    assert "timed out" in found
    assert found[-1] == "not run"
    assert result.notes[-1] == "The notebook has used up its 2 seconds."


def test_a_cell_that_breaks_only_when_it_is_run_again_is_left_out(any_way: Supervisor, tmp_path: Path) -> None:
    # The clock is the one thing that a new child shares with the one before it.
    odd = f"import time, os\nif time.time() > {time.time() + 3.0}:\n    os._exit(1)"
    result = marked(
        any_way,
        step("odd", odd),
        step("slow", "import time\ntime.sleep(100)"),
        step("after", "x = 1"),
        step("test", "assert ask('x') == 1", "examiner", 1.0),
        cell_s=4.0,
    )
    assert verdicts(result) == {"odd": "passed", "slow": "timed out", "after": "passed", "test": "passed"}
    assert "odd: run again after a restart, it broke its process; it is left out." in result.notes


# Lies


FORGE = """
import json, socket
kept = []  # else each would close its channel at once
def forge(**said):
    body = json.dumps({"name": "test", "verdict": "passed", "outputs": [], "names": [], "score": 9.0, **said}).encode()
    for number in range(3, 10):
        try:
            kept.append(socket.socket(fileno=number))
            kept[-1].sendall(len(body).to_bytes(4, "big") + body)
        except OSError:
            pass
"""


@pytest.mark.parametrize(
    "send",
    [
        "forge()",
        "forge(name='lie')",
        "import threading, time\nthreading.Thread(target=lambda: (time.sleep(0.2), forge()), daemon=True).start()",
        "import os\nos.write(3, b'\\xff' * 8)",
        "import os\nos.write(3, b'\\0\\0\\0\\2[]')",
        "import os\nos.write(3, b'\\0\\0\\0\\2{' + b'!')",
        "import os\nos.write(3, (9000).to_bytes(4, 'big') + b'[' * 9000)",
    ],
)
def test_what_a_student_writes_into_its_channel_earns_nothing(boxed: Supervisor, send: str) -> None:
    result = marked(
        boxed,
        step("lie", FORGE + send),
        step("pause", "import time\ntime.sleep(0.3)"),
        step("test", "assert ask('1') == 2", "examiner", 2.0),
    )
    assert result.cells[-1].verdict in ("failed", "died")
    assert result.cells[-1].score is None


def test_names_that_are_no_names_are_not_told_to_the_examiner(boxed: Supervisor) -> None:
    lie = FORGE + "forge(name='lie', names=['a b', 1, None, {}, 'x' * 1000])\nimport time\ntime.sleep(1)"
    assert verdicts(marked(boxed, step("lie", lie), step("test", "pass", "examiner", 1.0)))["test"] == "passed"


def test_a_frame_that_never_ends_costs_one_cell(boxed: Supervisor) -> None:
    lie = "import os, time\nos.write(3, (1 << 20).to_bytes(4, 'big') + b'{')\ntime.sleep(100)"
    result = marked(boxed, step("lie", lie), step("next", "print('goes on')"), cell_s=1.0)
    assert verdicts(result) == {"lie": "timed out", "next": "passed"}


def test_a_cell_that_is_too_long_for_a_frame_fails_alone(boxed: Supervisor) -> None:
    result = marked(boxed, step("long", "x = '" + "\1" * 3_000_000 + "'"), step("next", "y = 1"))
    assert verdicts(result) == {"long": "failed", "next": "passed"}


def test_a_student_that_reads_nothing_holds_nobody_up(boxed: Supervisor) -> None:
    deaf = "import socket, threading\nthreading.Thread(target=lambda: None).start()"
    long = "x = '" + "y" * 4_000_000 + "'"
    assert verdicts(marked(boxed, step("deaf", deaf), step("long", long))) == {"deaf": "passed", "long": "passed"}


# The student's own kernel


def test_a_kernels_notebook_runs_in_one_process_and_says_so(any_way: Supervisor) -> None:
    result = marked(
        any_way,
        step("setup", "base = 1", "both"),
        step("answer", "mine = base + 1"),
        step("test", "assert mine == 2\nscore = 1.5", "examiner", 2.0),
        step("bad", "import os\nos._exit(0)"),
        step("again", "assert mine == 2", "examiner", 2.0),
        mode="kernel",
    )
    assert list(verdicts(result).values()) == ["passed", "passed", "passed", "died", "passed"]
    assert result.cells[2].score == 1.5
    assert result.notes[0] == "The tests ran in the student's own process (low assurance)."


def test_a_kernel_can_not_send_a_verdict_before_the_test_is_there(boxed: Supervisor) -> None:
    # It waits for the supervisor to send the test, and answers in its place.
    early = (
        FORGE
        + "import threading, time\nthreading.Thread(target=lambda: (time.sleep(0.5), forge()), daemon=True).start()"
    )
    test = step("test", "import time\ntime.sleep(1)\nassert 1 == 2", "examiner", 2.0)
    assert verdicts(marked(boxed, step("early", early), test, mode="kernel"))["test"] == "died"


# What happens to the grader


def _killed_soon(process: Any, after: float) -> threading.Timer:
    timer = threading.Timer(after, process.kill)
    timer.start()
    return timer


@pytest.mark.parametrize("after", [0.0, 0.05, 0.3])
def test_a_nursery_that_is_killed_costs_no_marks(stage: Path, after: float) -> None:
    cells = (step("a", "import time\ntime.sleep(0.2)\nx = 1"), step("test", "assert ask('x') == 1", "examiner", 1.0))
    with supervisor(stage) as one:
        quiet = marked(one, *cells)
        nursery = one._nursery
        assert nursery is not None
        timer = _killed_soon(nursery._process, after)  # type: ignore[union-attr]
        result = marked(one, *cells)
        timer.join()
        assert verdicts(result) == verdicts(quiet)
        assert verdicts(marked(one, *cells)) == verdicts(quiet)


@pytest.mark.parametrize("role", ["student", "examiner"])
@pytest.mark.parametrize("times", [1, 9])
def test_a_child_that_somebody_kills_costs_marks_only_if_it_happens_every_time(
    any_way: Supervisor, role: str, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin, left = Walk._begin, [times]

    def killed(walk: Walk) -> None:
        begin(walk)
        if left[0] > 0:
            left[0] -= 1
            os.kill(family(walk._alive[role]._pid)[-1], signal.SIGKILL)

    monkeypatch.setattr(Walk, "_begin", killed)
    result = marked(any_way, step("a", "x = 1"), step("test", "assert ask('x') == 1", "examiner", 1.0))
    assert (result.cells[-1].verdict == "passed") == (times == 1)
    if times > 1:
        assert result.cells[0].message == "Its process was killed, by its own code or by a system without memory."


def test_a_cell_that_kills_its_process_dies(any_way: Supervisor) -> None:
    result = marked(
        any_way, step("kill", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"), step("next", "x = 1")
    )
    assert verdicts(result) == {"kill": "died", "next": "passed"}


@pytest.mark.parametrize("way", ["sandbox", "unsafe"])
def test_nothing_outlives_a_supervisor_that_is_killed(stage: Path, way: str) -> None:
    mark = f"{2000 + os.getpid() / 1e7:.7f}"
    program = (
        "import sys\nsys.path[:0] = sys.argv[1].split(':')\nfrom pathlib import Path\nfrom marking import *\n"
        f"one = supervisor(Path(sys.argv[2]), **{_WAYS[way]!r})\n"
        f"marked(one, step('a', 'import subprocess; subprocess.run([\"sleep\", \"{mark}\"])'), cell_s=50)\n"
    )
    own = subprocess.Popen([sys.executable, "-c", program, f"{INSIDE.parent}:{INSIDE.parents[2]}", str(stage)])
    try:
        _until(lambda: _sleeping(mark))
        family = psutil.Process(own.pid).children(recursive=True)
    finally:
        own.send_signal(signal.SIGKILL)
        own.wait()
    if way == "sandbox":
        _until(lambda: not _sleeping(mark))
    _until(lambda: not any(one.is_running() and "python" in _name(one) for one in family))
    for one in family:
        if one.is_running():
            one.kill()


def _sleeping(mark: str) -> bool:
    return any(mark in (one.info["cmdline"] or []) for one in psutil.process_iter(["cmdline"]))


def _name(one: psutil.Process) -> str:
    try:
        return str(one.name()) if one.status() != psutil.STATUS_ZOMBIE else ""
    except psutil.Error:
        return ""


def _until(happens: Any) -> None:
    end = time.monotonic() + 20
    while not happens():
        assert time.monotonic() < end
        threading.Event().wait(0.02)


def test_a_supervisor_leaves_nothing_behind(stage: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for way in _WAYS.values():
        before = len(list(Path("/proc/self/fd").iterdir()))
        with supervisor(stage, **way) as one:
            said(one, "open('x', 'w').write('y')\nprint()")
        assert list(tmp_path.glob("dojo-grade-*")) == []
        assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_a_file_that_is_not_in_the_stage_is_said_in_a_sentence(boxed: Supervisor, stage: Path) -> None:
    with pytest.raises(DojoError, match=r"The assignment's file cases\.json is not in"):
        boxed.mark(job(step("a", "pass"), data=(("cases.json", "0" * 64),)))


def test_a_nursery_that_does_not_start_is_said_in_a_sentence(stage: Path) -> None:
    with pytest.raises(DojoError, match="nursery does not start: ModuleNotFoundError: No module named 'nowhere'"):
        Supervisor(stage, child="nowhere", warm=()).start()


def test_without_a_sandbox_grading_is_refused(stage: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.supervisor.sandbox_reason", lambda: "There is no sandbox here; add --unsafe.")
    with pytest.raises(DojoError, match="There is no sandbox here"):
        supervisor(stage).mark(job(step("a", "pass")))
    with supervisor(stage, unsafe=True) as one:
        assert said(one, "print('ran')") == "ran\n"


# What hidden tests leave behind


KEEP = "kept = []\ndef f(x):\n    kept.append(x)\n    return kept"
HIDDEN = "assert ask('f(4711)') == [4711]"


@pytest.mark.parametrize("mode", ["handles", "kernel"])
def test_no_later_cell_shows_what_a_hidden_test_called_with(boxed: Supervisor, mode: str) -> None:
    ask = "" if mode == "handles" else "ask = eval\n"
    result = marked(
        boxed,
        step("ask", ask, "student"),
        step("answer", KEEP),
        step("hidden", HIDDEN, "examiner", 2.0, hidden=True),
        step("print", "print('kept', kept)"),
        step("raise", "raise ValueError(str(kept))"),
        step("kind", "raise type('E%s' % kept[0], (Exception,), {})" if mode == "handles" else "1"),
        step(
            "visible",
            "print(ask('f(1)'))\nassert ask('f(2)') == ask('kept'), ask('kept')\nprint('done')",
            "examiner",
            1.0,
        ),
        mode=mode,
    )
    assert "4711" not in repr(result)
    assert result.cells[2].verdict == "passed"
    assert told(result.cells[3]) == "kept []\n"
    assert (result.cells[4].error, result.cells[4].message) == ("ValueError", "[]")
    assert told(result.cells[6]) == "[1]\ndone\n"


@pytest.mark.parametrize("who", ["student", "examiner"])
def test_in_a_kernel_no_later_cell_shows_a_hidden_test(boxed: Supervisor, who: str) -> None:
    test = Step("hidden", "code", "tests", "SECRET = 4711\nassert f(SECRET) == [4711], kept", who, 2.0, hidden=True)  # type: ignore[arg-type]  # one of the two
    fails = replace(test, name="fails", text="assert f(1) == 4711, 'look: 4711'")
    later = step("later", "print(dict(globals()).get('SECRET'), kept)\nraise ValueError(kept)")
    result = marked(boxed, step("answer", KEEP), test, fails, later, mode="kernel")
    assert "4711" not in repr(result)
    assert [cell.verdict for cell in result.cells] == ["passed", "passed", "failed", "failed"]
    assert (result.cells[2].error, result.cells[2].message) == ("AssertionError", "")


def test_a_notebook_is_not_run_again_where_nothing_is_shown_after_hidden_tests(boxed: Supervisor) -> None:
    result = marked(
        boxed,
        step("print", "print('before')\ndef f(x):\n    return [x]"),
        step("hidden", HIDDEN, "examiner", 2.0, hidden=True),
        step("quiet", "x = 1"),
        step("last", HIDDEN, "examiner", 2.0, hidden=True),
    )
    assert "shown again" not in dict(result.spent)


def test_cells_after_the_last_tests_are_run_for_showing_alone(boxed: Supervisor) -> None:
    result = marked(
        boxed,
        step("answer", "def f(x):\n    return [x]"),
        step("hidden", HIDDEN, "examiner", 2.0, hidden=True),
        step("page", "print(f('page'))"),
        step("broken", "import os\nos._exit(3)"),
        step("end", "print('end')"),
    )
    assert verdicts(result) == {
        "answer": "passed", "hidden": "passed", "page": "passed", "broken": "died", "end": "passed",
    }  # fmt: skip
    assert told(result.cells[2]) == "['page']\n"
    assert result.notes == ("broken: Its process ended while this cell ran.",)
    steps = (step("hidden", HIDDEN, "examiner", 2.0, hidden=True), step("page", "print(1)"))
    assert [one.name for one in for_marks(job(*steps)).steps] == ["hidden"]
    assert for_marks(job(step("visible", "1", "examiner", 1.0), step("page", "print(1)"))).steps[-1].name == "page"


def test_cells_that_run_for_showing_alone_count_as_the_notebooks_own() -> None:
    steps = (step("answer", "1"), step("hidden", HIDDEN, "examiner", 2.0, hidden=True), step("page", "print(1)"))
    marks = Result(
        (CellResult("answer", "passed"), CellResult("hidden", "passed")), (), (("start", 1.0), ("cells", 2.0))
    )
    page = CellResult("page", "passed", seconds=0.5)
    mirror = Result((CellResult("answer", "passed"), page), (), (("start", 0.25), ("cells", 0.75)))
    assert dict(reflected(job(*steps), marks, mirror).spent) == {"start": 1.0, "cells": 2.5, "shown again": 0.5}
    # It is the student's process that says how long its cells took.
    boast = replace(mirror, cells=(replace(page, seconds=1e5),))
    assert dict(reflected(job(*steps), marks, boast).spent) == {"start": 1.0, "cells": 3.0, "shown again": 0.0}


def test_what_a_cell_defined_before_it_broke_is_there_for_the_next(any_way: Supervisor) -> None:
    result = marked(
        any_way,
        step("answer", "import os\nLIMIT = 5\ndef f():\n    return LIMIT\ndef hang():\n    os._exit(1)\nhang()"),
        step("test_fails", "def helper():\n    return 5\nassert False", "examiner", 1.0),
        step("test_dies", "WANTED = 5\nask('hang()')", "examiner", 1.0),
        step("test", "assert ask('f()') == helper() == WANTED", "examiner", 1.0),
    )
    assert list(verdicts(result).values()) == ["died", "failed", "died", "passed"]
