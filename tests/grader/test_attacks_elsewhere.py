"""Attacks collected elsewhere, if they are there: every one in one class, and what each demands of a safe grader.

The folder is `shared/attacks` beside the clone, or DOJO_ATTACKS. Each attack is a folder with `files/`, what was handed
in, and `attack.json`, what a safe grader shows. No attack is kept here.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import socket
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from class_of import release

from dojo.catalog import course_root
from grader.probe import sandbox_reason

ATTACKS = Path(os.environ.get("DOJO_ATTACKS", course_root().parent / "shared" / "attacks"))
NAMES = sorted(path.parent.name for path in ATTACKS.glob("submissions/*/attack.json"))
EXFIL_PORT = 48765
SECRET = "TOP-SECRET-42"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not NAMES, reason="no attacks are here"),
    pytest.mark.skipif(bool(sandbox_reason()), reason=sandbox_reason() or "there is a sandbox"),
]


@dataclass(frozen=True)
class Graded:
    """The course after it was graded: each student's automatic points, and what came in at the listener."""

    course: Path
    points: dict[str, float]
    rows: dict[str, Any]
    heard: list[bytes]


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Graded:
    """All attacks handed in by one student each, between two honest ones, and graded in one go."""
    from nbgrader.api import Gradebook

    from grader.feedback import feedback
    from grader.run import grade

    course = tmp_path_factory.mktemp("course")
    _make(course)
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.txt"
    secret.write_text(SECRET)
    release(course)
    for name in ("alice", "zoe"):
        _hand_in(course, name, "c01_honest_right", secret)
    for name in NAMES:
        _hand_in(course, f"m-{name}", name, secret)
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", EXFIL_PORT)) as listener:
        threading.Thread(target=_listen, args=(listener, heard), daemon=True).start()
        rows = {row.student: row for row in grade(course, "ps1", jobs=2).rows}
        listener.close()
    feedback(course, "ps1")
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        points = {one.student.id: one.score for one in book.assignment_submissions("ps1")}
    return Graded(course, points, rows, heard)


def _make(course: Path) -> None:
    spec = importlib.util.spec_from_file_location("make_course", ATTACKS / "make_course.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.build(course)


def _hand_in(course: Path, student: str, name: str, secret: Path) -> None:
    attack = ATTACKS / "submissions" / name
    folder = course / "submitted" / student / "ps1"
    shutil.copytree(attack / "files", folder)
    for link, target in json.loads((attack / "attack.json").read_text())["links"].items():
        (folder / link).symlink_to(str(secret) if target == "@SECRET@" else target)


def _listen(listener: socket.socket, heard: list[bytes]) -> None:
    try:
        while True:
            with listener.accept()[0] as one:
                heard.append(one.recv(1 << 16))
    except OSError:
        # The listener was closed: all is graded.
        return


@pytest.mark.parametrize("name", NAMES)
def test_an_attack_gets_what_a_safe_grader_gives_it(graded: Graded, name: str) -> None:
    safe = json.loads((ATTACKS / "submissions" / name / "attack.json").read_text())["safe"]
    points = graded.points.get(f"m-{name}", 0)
    assert safe.get("mallory_min", 0) <= points <= safe.get("mallory_max", 10), graded.rows[f"m-{name}"]
    for path in safe.get("no_files", ()):
        assert not list(graded.course.rglob(Path(path).name))
    for word in safe.get("not_in_tree", ()):
        assert not _holding(graded.course, word, skip="submitted")
    for word in safe.get("not_in_feedback", ()):
        assert not _holding(graded.course / "feedback" / f"m-{name}", word)
    if "max_autograded_mb" in safe:
        folder = graded.course / "autograded" / f"m-{name}"
        assert (
            sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) < safe["max_autograded_mb"] * 1e6
        )


def test_the_honest_ones_beside_them_get_their_marks_and_nobody_called_home(graded: Graded) -> None:
    assert (graded.points["alice"], graded.points["zoe"]) == (10, 10)
    assert graded.heard == []
    assert set(graded.rows) == {"alice", "zoe", *(f"m-{name}" for name in NAMES)}


def _holding(folder: Path, word: str, skip: str = "") -> list[Path]:
    """The files below a folder that hold a word."""
    files = [path for path in folder.rglob("*") if path.is_file() and (not skip or skip not in path.parts)]
    return [path for path in files if word.encode() in path.read_bytes()]
