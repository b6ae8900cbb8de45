"""An instructor's course folder: nbgrader's own layout and commands, with the kit's labs put in.

nbgrader's folder, gradebook, exchange and formgrader stay the truth; nothing here replaces them.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from dojo import catalog, notebook
from dojo.catalog import Lab
from dojo.errors import DojoError, UsageError
from dojo.files import full_path, write_whole
from dojo.release import copy_data, note_release

__all__ = ["find_course", "new_course", "release_lab"]

_CONFIG = '''"""nbgrader's configuration for this course; made by `dojo course new`, yours to change.

Every nbgrader command works in this folder. The formgrader: run `jupyter lab` here.
"""

import os
import sys
from pathlib import Path

c = get_config()  # noqa: F821  # nbgrader defines it

ROOT = Path(__file__).resolve().parent
c.CourseDirectory.course_id = "{course_id}"
c.CourseDirectory.root = str(ROOT)
# nbgrader runs `alembic` from the PATH; the right one stands beside the Python that reads this.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
# Students fetch from here and hand in here. On a shared machine, choose a folder that all of them can write to.
c.Exchange.root = {exchange}
c.NbGrader.logfile = str(ROOT / "nbgrader.log")
# A lab's cells finish in seconds; a hanging one is stopped after this many.
c.ExecutePreprocessor.timeout = 60
# The formgrader's Autograde button and `nbgrader autograde` do what `dojo course grade` does: at once, in a sandbox.
c.Autograde.exporter_class = "grader.nbgrader_app.GraderExporter"
# Students' feedback is one page each, on which hidden tests stay hidden.
c.GenerateFeedback.exporter_class = "grader.feedback_exporter.PageExporter"
c.GenerateFeedback.preprocessors = []
# A lab from elsewhere whose tests must run in the student's own process, as nbgrader runs them:
# c.Grader.examiner = {{"ps1": "kernel"}}
'''
_MADE = ".dojo-made.json"


def new_course(folder: Path, exchange: Path | None = None) -> Path:
    """Make a course folder; one that is not empty, or inside the clone, is refused.

    `exchange` is a folder that the class shares; without one it is `exchange/` in the course folder.
    """
    folder = full_path(folder)
    root = catalog.course_root()
    if folder == root or root in folder.resolve().parents:
        raise UsageError(
            f"{folder} is inside the clone, where students' work could be committed; choose a folder outside {root}."
        )
    if set(str(folder)) & set("[]*?"):
        raise UsageError(f"{folder} holds one of [ ] * ?, which nbgrader takes for a pattern; choose another name.")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise DojoError(f"{folder} is there already and not empty; nothing was changed. Choose a new folder.")
    course_id = re.sub(r"[^A-Za-z0-9_-]+", "-", folder.name).strip("-") or "course"
    try:
        for name in ("source", "exchange")[: 1 if exchange else 2]:
            (folder / name).mkdir(parents=True)
    except OSError as error:
        raise DojoError(f"{folder} could not be made ({error.strerror}).") from None
    shared = repr(str(full_path(exchange))) if exchange else 'str(ROOT / "exchange")'
    write_whole(folder / "nbgrader_config.py", _CONFIG.format(course_id=course_id, exchange=shared))
    return folder


def find_course(start: Path) -> Path:
    """The course folder that `start` is or is in."""
    start = full_path(start)
    for folder in (start, *start.parents):
        if (folder / "nbgrader_config.py").exists() and (folder / "source").is_dir():
            return folder
    raise UsageError(
        f"{start} is in no course folder; make one with `dojo course new DIR`, or name it with --course DIR."
    )


def release_lab(course: Path, lab: Lab) -> Iterator[str]:
    """Put the lab into `source/`, make its release, put that into the exchange; says each step in a line."""
    if catalog.released_only():
        raise DojoError(
            "This copy of the kit has the labs as students get them, so it can't release them; use a clone."
        )
    yield _put_source(course, lab)
    _nbgrader(course, "generate_assignment", lab.name, "--force", "--create")
    note_release(course, lab.name)
    yield f"release/{lab.name} is what students get: no solutions, no hidden tests."
    if sys.platform == "win32":
        yield "nbgrader's exchange does not run on Windows; give students the release folder as it is."
        return
    _nbgrader(course, "release_assignment", lab.name, "--force")
    yield "It is in the exchange: students find it in JupyterLab's Assignment List."


def _put_source(course: Path, lab: Lab) -> str:
    """Write the instructor's notebook, unless the instructor has changed it there."""
    folder = course / "source" / lab.name
    target = folder / f"{lab.name}.ipynb"
    made_file = course / _MADE
    made = _made(made_file)
    if target.exists() and made.get(lab.name) != _digest(target):
        return (
            f"source/{lab.name} has changes of yours; they are used and kept. (Move it away to get the kit's version.)"
        )
    notebook.build(catalog.read(lab), target)
    copy_data(lab, folder)
    write_whole(made_file, json.dumps({**made, lab.name: _digest(target)}, indent=1) + "\n")
    return f"source/{lab.name} holds the lab with its solutions; keep it to yourself."


def _made(file: Path) -> dict[str, str]:
    """The digests of the notebooks that we put into `source/`, by lab."""
    try:
        found = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    except ValueError:
        found = {}
    # Without our note, whatever stands in source/ counts as the instructor's and is kept.
    return found if isinstance(found, dict) else {}


def _nbgrader(course: Path, *words: str) -> None:
    """Run one of nbgrader's commands in the course folder; its last error line becomes a `DojoError`."""
    done = subprocess.run(
        # -P: a random.py that lies in the course folder must not stand in for Python's own.
        [sys.executable, "-P", "-m", "nbgrader", *words],
        cwd=course,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        raised = re.findall(r"^\s*((?:\w+\.)*\w*(?:Error|Exception)\b.*)$", done.stderr, re.M)
        said = re.findall(r"\| ERROR\] (?!There was|Please see|Traceback)(.+)$", done.stderr, re.M)
        reason = (said or raised or ["it gave no reason"])[-1].rstrip(".")
        raise DojoError(f"nbgrader {words[0]} stopped: {reason} (the whole story is in {course / 'nbgrader.log'}).")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
