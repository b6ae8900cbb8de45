"""Workers of this machine: replaced when they die, and nobody pays for it but the job that killed them."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from dojo.errors import DojoError
from grader.job import Job, Step
from grader.pool import LocalPool

FAKE = Path(__file__).parent / "fake_worker.py"


@pytest.fixture
def pool(tmp_path: Path) -> Iterator[LocalPool]:
    pool = LocalPool(2, [sys.executable, str(FAKE), str(tmp_path)])
    yield pool
    pool.close()


def _job(student: str) -> Job:
    return Job("ps1", "p1", student, (Step("a", "code", "tests", "1 + 1", "examiner", 2.0),))


def _is_worker(process: psutil.Process) -> bool:
    """Whether it is a worker; one that ends while it is looked at is none."""
    try:
        return str(FAKE) in process.cmdline()
    except psutil.Error:
        return False


@pytest.mark.parametrize("student", ["ada", "shaky", "garbage"])
def test_a_job_is_done_again_when_its_worker_dies_under_it(pool: LocalPool, student: str) -> None:
    assert pool.submit(_job(student)).result(60).cells[0].score == 2


def test_a_job_that_ends_every_worker_is_given_up_and_the_others_are_done(pool: LocalPool) -> None:
    futures = {name: pool.submit(_job(name)) for name in ("deadly", "ada", "bob", "cyd")}
    with pytest.raises(DojoError, match="own process ended 4 times"):
        futures.pop("deadly").result(60)
    assert all(future.result(60).cells[0].verdict == "passed" for future in futures.values())


def test_what_a_worker_says_went_wrong_is_passed_on(pool: LocalPool) -> None:
    with pytest.raises(DojoError, match="the grader itself stopped at it"):
        pool.submit(_job("broken")).result(60)


def test_workers_killed_from_outside_at_any_moment_cost_nothing(pool: LocalPool) -> None:
    futures = [pool.submit(_job(f"slow{number}")) for number in range(8)]
    me = psutil.Process()
    killed = 0
    deadline = time.monotonic() + 60
    while killed < 3 and time.monotonic() < deadline:
        futures[killed].result(60)
        for child in me.children():
            if _is_worker(child):
                child.send_signal(signal.SIGKILL)
                killed += 1
                break
    assert killed == 3
    assert all(future.result(60).cells[0].score == 2 for future in futures)


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="this system binds nothing to a core")
def test_each_worker_has_a_core_of_its_own_as_far_as_there_are_enough(tmp_path: Path) -> None:
    cores = sorted(os.sched_getaffinity(0))
    pool = LocalPool(len(cores) + 1, [sys.executable, str(FAKE), str(tmp_path)])
    try:
        for future in [pool.submit(_job(f"slow{number}")) for number in range(3 * len(cores) + 3)]:
            future.result(60)
        given = sorted(int(worker._line[-1]) for worker in pool._workers)
    finally:
        pool.close()
    assert given == sorted([*cores, cores[0]])[: len(given)]


def test_closing_ends_the_workers_at_once_and_leaves_no_process(tmp_path: Path) -> None:
    pool = LocalPool(2, [sys.executable, str(FAKE), str(tmp_path)])
    futures = [pool.submit(_job(f"slow{number}")) for number in range(20)]
    futures[0].result(60)
    before = [child for child in psutil.Process().children() if _is_worker(child)]
    assert before
    threading.Thread(target=pool.close).start()
    assert psutil.wait_procs(before, timeout=30)[1] == []
    pool.close()
    assert [future for future in futures if not future.done()] == []


@pytest.mark.skipif(os.name == "nt", reason="there is no nursery on Windows")
def test_a_worker_ends_when_the_process_that_started_it_is_gone(tmp_path: Path) -> None:
    import subprocess

    from grader.pool import command

    worker = subprocess.Popen(
        command(tmp_path, unsafe=True), stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
    )
    assert worker.stdin is not None
    assert worker.stdout is not None
    with worker.stdin, worker.stdout:
        assert b"ready" in worker.stdout.readline()
        worker.stdin.close()
        assert worker.wait(30) == 0
