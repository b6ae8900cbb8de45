"""The commands of deploy/scale.md do what the page says: two workers on loopback, with and without certificates, and
Slurm's side played by two small scripts."""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from class_of import PS1, RIGHT, hand_in, release, scores, write_source

from dojo.catalog import course_root
from grader.probe import sandbox_reason

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(importlib.util.find_spec("distributed") is None, reason="Dask is not installed"),
    pytest.mark.filterwarnings("ignore::Warning:nbgrader", "ignore:.*not in session:Warning"),
]

ROOT = course_root()
SCALE = ROOT / "deploy" / "scale"
PAGE = (ROOT / "deploy" / "scale.md").read_text(encoding="utf-8")


def _line(start: str) -> str:
    """The one command of the page that begins so."""
    found = [line for line in re.findall(r"^\$ (.+)$", PAGE, re.M) if line.startswith(start)]
    assert len(found) == 1, found
    return str(found[0])


@pytest.fixture
def course(tmp_path: Path) -> Path:
    course = tmp_path / "course"
    write_source(course, "p1", PS1)
    (course / "nbgrader_config.py").write_text("c = get_config()  # noqa: F821\n", encoding="utf-8")
    release(course)
    for number in range(4):
        hand_in(course, f"s{number}", {**RIGHT, "thirds": f"# {number}\ndef third(n):\n    return n / 3"})
    return course


@contextmanager
def _running(line: str, folder: Path, environment: dict[str, str]) -> Iterator[Path]:
    """Run a command of the page in `folder` while the block runs; gives the file of what it says."""
    words = shlex.split(line)
    programs = Path(sys.executable).parent
    log = folder / f"{Path(words[1]).name}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [str(programs / words[0]), *words[1:]],
            cwd=folder,
            env=environment,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
        try:
            yield log
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _grade(course: Path, address: str, folder: Path, environment: dict[str, str]) -> str:
    """`dojo course grade`, tried again while the workers are still on their way."""
    line = [str(Path(sys.executable).parent / "dojo"), "course", "grade", "ps1", "--cluster", address]
    line += ["--course", str(course), *(["--unsafe"] if sandbox_reason() else [])]
    deadline = time.monotonic() + 120
    while True:
        done = subprocess.run(line, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        waiting = "has no workers" in done.stderr or "No Dask scheduler answers" in done.stderr
        if not waiting or time.monotonic() > deadline:
            return done.stdout + done.stderr


@pytest.mark.parametrize("certificates", [False, True], ids=["plain", "certificates"])
def test_the_two_machine_commands_grade_a_class(course: Path, tmp_path: Path, certificates: bool) -> None:
    environment = dict(os.environ)
    (tmp_path / "dask").mkdir()
    scheme, more = "tcp", ""
    if certificates:
        if not shutil.which("openssl"):
            pytest.skip("openssl is not installed")
        subprocess.run(shlex.split(_line("openssl")), cwd=tmp_path / "dask", check=True, capture_output=True)
        environment["DASK_CONFIG"] = str(SCALE / "tls.yaml")
        scheme, more = "tls", " --protocol tls"
    port = _free_port()
    address = f"{scheme}://127.0.0.1:{port}"
    scheduler = _line("dask scheduler").replace("10.0.0.5", "127.0.0.1").replace("8786", str(port)) + more
    worker = _line("dask worker").replace("tcp://10.0.0.5:8786", address)
    assert _line("dojo course grade") == "dojo course grade 1 --cluster tcp://10.0.0.5:8786"
    with _running(scheduler, tmp_path / "dask", environment), _running(worker, tmp_path / "dask", environment):
        said = _grade(course, address, tmp_path / "dask", environment)
        assert "4 submissions in" in said, said
        if certificates:
            stranger = {name: text for name, text in environment.items() if name != "DASK_CONFIG"}
            refused = _grade_once(course, address, tmp_path / "dask", stranger)
            assert "No Dask scheduler answers" in refused
    assert all(scores(course, f"s{number}") == scores(course, "s0") for number in range(4))
    assert scores(course, "s0")["test_double"] == 4


def _grade_once(course: Path, address: str, folder: Path, environment: dict[str, str]) -> str:
    line = [str(Path(sys.executable).parent / "dojo"), "course", "grade", "ps1", "--again", "--cluster", address]
    done = subprocess.run(
        [*line, "--course", str(course)], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="Slurm's side is played with setsid")
def test_slurm_jobs_come_to_the_scheduler_that_the_page_starts(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if importlib.util.find_spec("dask_jobqueue") is None:
        pytest.skip("dask-jobqueue is not installed")
    programs = tmp_path / "slurm"
    programs.mkdir()
    _program(programs / "sbatch", 'cp "$1" job.sh; setsid sh job.sh >job.log 2>&1 & echo "Submitted batch job $!"')
    _program(programs / "scancel", 'for job in "$@"; do kill -- "-$job"; done')
    small = tmp_path / "two.yaml"
    small.write_text("jobqueue: {slurm: {cores: 2, processes: 2, memory: 4GB}}\n", encoding="utf-8")
    environment = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "DASK_CONFIG": str(small)}
    line = _line("python deploy").replace("deploy/", f"{ROOT}/deploy/").replace("--jobs 4", "--jobs 1")
    with _running(line, tmp_path, environment) as log:
        result = _grade(course, _printed_address(log), tmp_path, environment)
        assert "4 submissions in" in result, result
    assert "#SBATCH --cpus-per-task=2" in (tmp_path / "job.sh").read_text(encoding="utf-8")
    assert scores(course, "s3")["test_double"] == 4


def _program(path: Path, text: str) -> None:
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)


def _printed_address(log: Path) -> str:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        found = re.search(r"dojo course grade 1 --cluster (\S+)", log.read_text(encoding="utf-8"))
        if found:
            return found[1]
        time.sleep(0.1)
    raise AssertionError(log.read_text(encoding="utf-8"))
