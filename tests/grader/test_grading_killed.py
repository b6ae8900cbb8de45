"""A class is graded whole though its processes are killed with -9, whichever and whenever."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from class_of import PS1, RIGHT, hand_in, release, scores, write_source
from here import HereMarker

from grader.results import Store
from grader.run import grade

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="there is no kill -9"),
    pytest.mark.filterwarnings("ignore::Warning:nbgrader", "ignore:.*not in session:Warning"),
]
STUDENTS, KILLS = 24, 6
GRADE = """
import sys
from pathlib import Path
from grader.pool import LocalPool
from grader.results import Store
from grader.run import grade
course = Path(sys.argv[1])
grade(course, "ps1", marker=LocalPool(2, [sys.executable, sys.argv[2], str(Store(course).stage)]))
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    course = tmp_path / "course"
    write_source(course, "p1", PS1)
    (course / "nbgrader_config.py").write_text("c = get_config()  # noqa: F821\n", encoding="utf-8")
    release(course)
    for number in range(STUDENTS):
        texts = {**RIGHT, "thirds": f"def third(n):\n    return n / 3  # {number}"}
        if number % 3:
            texts["double"] = f"def double(n):\n    return {number}"
        hand_in(course, f"slow{number:02}", texts)
    return course


def test_killed_at_random_moments_the_class_ends_with_the_marks_and_bytes_of_a_quiet_run(
    course: Path, tmp_path: Path
) -> None:
    quiet = Path(shutil.copytree(course, tmp_path / "quiet"))
    grade(quiet, "ps1", marker=HereMarker(Store(quiet).stage))
    (course / ".dojo" / "grading" / "files").mkdir(parents=True)
    chance = random.Random(7)
    line = [sys.executable, "-c", GRADE, str(course), str(Path(__file__).parent / "fake_worker.py")]
    killed: set[str] = set()
    main = subprocess.Popen(line)
    for number in range(40):
        try:
            # Only from a run that has begun to write, or every kill would hit the start.
            code = main.wait(chance.uniform(1.0, 6.0) if number < 3 * KILLS else 300)
        except subprocess.TimeoutExpired:
            workers = psutil.Process(main.pid).children(recursive=True)
            victim = chance.choice(workers) if workers and number % 2 else psutil.Process(main.pid)
            killed.add("main" if victim.pid == main.pid else "worker")
            victim.send_signal(signal.SIGKILL)
            continue
        if code == 0:
            break
        main = subprocess.Popen(line)
    assert main.wait(300) == 0
    for number in range(STUDENTS):
        student = f"slow{number:02}"
        assert scores(course, student) == scores(quiet, student)
        path = Path("autograded", student, "ps1", "p1.ipynb")
        assert (course / path).read_bytes() == (quiet / path).read_bytes()
    assert killed
