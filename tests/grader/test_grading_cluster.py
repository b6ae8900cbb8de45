"""A Dask cluster marks as this machine does: a real scheduler, real workers, each in a process of its own."""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from class_of import PS1, RIGHT, hand_in, release, scores, write_source
from here import HereMarker

from dojo.errors import DojoError
from grader.probe import sandbox_reason
from grader.progress import Silent
from grader.results import Store
from grader.rows import Row
from grader.run import grade

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(importlib.util.find_spec("distributed") is None, reason="Dask is not installed"),
    pytest.mark.filterwarnings("ignore::Warning:nbgrader", "ignore:.*not in session:Warning"),
    pytest.mark.filterwarnings("ignore::Warning:distributed", "ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    course = tmp_path / "course"
    write_source(course, "p1", PS1)
    (course / "source" / "ps1" / "cases.json").write_text("[1, 2]", encoding="utf-8")
    (course / "nbgrader_config.py").write_text("c = get_config()  # noqa: F821\n", encoding="utf-8")
    release(course)
    for number in range(8):
        texts = {**RIGHT, "thirds": f"# {number}\nopen('cases.json').close()\ndef third(n):\n    return n / 3"}
        if number % 2:
            texts["double"] = f"def double(n):\n    return {number}"
        hand_in(course, f"s{number}", texts)
    return course


class _Processes:
    """A scheduler and two workers."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / "scheduler.json"
        self.scheduler = self._start("dask_scheduler", "--port", "0", "--no-dashboard")
        deadline = time.monotonic() + 60
        while not self.address and time.monotonic() < deadline:
            time.sleep(0.1)
        self.workers = [self.worker(), self.worker()]

    @property
    def address(self) -> str:
        try:
            return str(json.loads(self._file.read_text(encoding="utf-8"))["address"])
        except (OSError, ValueError):
            return ""

    def worker(self) -> subprocess.Popen[bytes]:
        return self._start("dask_worker", "--nthreads", "1", "--no-nanny", "--no-dashboard")

    def _start(self, module: str, *words: str) -> subprocess.Popen[bytes]:
        line = [sys.executable, "-m", f"distributed.cli.{module}", "--scheduler-file", str(self._file), *words]
        quiet = subprocess.DEVNULL
        return subprocess.Popen(line, cwd=self._folder, stdout=quiet, stderr=quiet, start_new_session=True)

    def close(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[_Processes]:
    (tmp_path / "dask").mkdir()
    cluster = _Processes(tmp_path / "dask")
    yield cluster
    cluster.close()


def test_a_cluster_gives_the_same_marks_and_bytes_though_a_worker_is_killed(
    course: Path, cluster: _Processes, tmp_path: Path
) -> None:
    _wait_for_workers(cluster.address, 2)
    quiet = Path(shutil.copytree(course, tmp_path / "quiet"))
    grade(quiet, "ps1", marker=HereMarker(Store(quiet).stage))
    killer = _KillsAfterOne(cluster.workers[0].pid)
    report = grade(course, "ps1", cluster=cluster.address, unsafe=bool(sandbox_reason()), progress=killer)
    assert {row.state for row in report.rows} == {"graded"}
    for number in range(8):
        assert scores(course, f"s{number}") == scores(quiet, f"s{number}")


def test_a_cluster_that_is_not_there_or_has_no_workers_is_told_in_a_sentence(course: Path, cluster: _Processes) -> None:
    with pytest.raises(DojoError, match="No Dask scheduler answers at"):
        grade(course, "ps1", cluster="127.0.0.1:9")
    for worker in cluster.workers:
        worker.kill()
        worker.wait()
    _wait_for_workers(cluster.address, 0)
    with pytest.raises(DojoError, match="has no workers; start some with `dask worker"):
        grade(course, "ps1", cluster=cluster.address)
    assert {row.state for row in grade(course, "ps1", marker=HereMarker(Store(course).stage)).rows} == {"graded"}


class _KillsAfterOne(Silent):
    """Kills a process as soon as one submission is done."""

    def __init__(self, process: int) -> None:
        self._process = process

    def finished(self, row: Row) -> None:
        if self._process:
            os.kill(self._process, signal.SIGKILL)
            self._process = 0


def _wait_for_workers(address: str, count: int) -> None:
    distributed = importlib.import_module("distributed")
    with distributed.Client(address, set_as_default=False) as client:
        deadline = time.monotonic() + 60
        while len(client.scheduler_info()["workers"]) != count and time.monotonic() < deadline:
            time.sleep(0.1)
